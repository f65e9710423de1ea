import { resolve } from 'node:path';
import { type Block, cutBody } from '../configuration/blocks.ts';
import { isKeyResource } from '../configuration/kept-blocks.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import { DATA_DIR } from '../file-names.ts';
import { literalText } from './literal.ts';

/** What tells of a directory whether it is a root module, a called one, or neither. */
export interface Marks {
  readonly hasConfiguration: boolean;
  /** A `backend` or `cloud` block, or what `terraform init` leaves behind: only roots have those. */
  readonly isCertain: boolean;
  /** Modules meant for others may have one too, from before Terraform 0.13. */
  readonly hasProvider: boolean;
  readonly hasKeys: boolean;
  /** Wherever they come from. */
  readonly callsModules: boolean;
  /** Some of them from elsewhere: `terraform init` fetches those. */
  readonly callsRemote: boolean;
  /** Absolute directories of the local modules that it calls. */
  readonly calls: readonly string[];
}

/** Reads the marks from blocks alone; nothing is evaluated. */
export function marksOf(source: ModuleSource): Marks {
  const blocks = source.files.flatMap(({ blocks: cut }) => (cut.ok ? cut.value : []));
  return {
    hasConfiguration: source.files.length > 0,
    isCertain: [...source.directories, ...source.links].includes(DATA_DIR) || blocks.some(isBackedTerraform),
    hasProvider: blocks.some(({ type }) => type === 'provider'),
    hasKeys: blocks.some(({ type, labels }) => type === 'resource' && isKeyResource(labels[0])),
    callsModules: blocks.some(({ type }) => type === 'module'),
    callsRemote: blocks.some(isRemoteCall),
    calls: blocks.flatMap((block) => localModule(block, source.dir)),
  };
}

const isBackedTerraform = (block: Block): boolean => block.type === 'terraform' && backendsIn(block).length > 0;

/** The `backend` and `cloud` blocks of a `terraform` block; none of one that cannot be cut, which its coverage tells. */
export function backendsIn(block: Block): readonly Block[] {
  const body = cutBody(block);
  return body.ok ? body.value.blocks.filter(({ type }) => type === 'backend' || type === 'cloud') : [];
}

/** A source is local when it begins with `./` or `../` (Terraform language, "Module Sources: Local Paths"). */
function localModule(block: Block, dir: string): readonly string[] {
  const path = sourceOf(block);
  return path !== undefined && isLocal(path) ? [resolve(dir, path)] : [];
}

function isRemoteCall(block: Block): boolean {
  const path = sourceOf(block);
  return path !== undefined && !isLocal(path);
}

const isLocal = (source: string): boolean => /^\.{1,2}\//.test(source);

/** What a module block calls; undefined where that is an expression. */
function sourceOf(block: Block): string | undefined {
  if (block.type !== 'module') return undefined;
  const body = cutBody(block);
  const source = body.ok ? body.value.arguments.find(({ name }) => name === 'source') : undefined;
  return source === undefined ? undefined : literalText(source.text);
}
