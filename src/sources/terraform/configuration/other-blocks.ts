import { join } from 'node:path';
import { isJson } from '../file-names.ts';
import { type Block, cutBlocks } from './blocks.ts';
import { cutJsonBlocks } from './json/blocks.ts';
import type { ModuleReader, ModuleSource } from './module-reader.ts';

/** Every resource and data source of a module, whatever its type: keys may follow from any of them. */
export interface OtherBlocks {
  /** By `aws_instance.x` or `data.aws_instance.x`; those of override files too. */
  readonly named: (name: string) => readonly Block[];
  /** All of their addresses. */
  readonly addresses: readonly string[];
  /** What the module's JSON files say as a whole: of data sources there nothing else is read. */
  readonly json: readonly string[];
}

/** Where nothing else of a module is known. */
export const NO_OTHERS: OtherBlocks = { named: () => [], addresses: [], json: [] };

/** Reads all blocks of directories, each once. What cannot be read, or is no HCL, says nothing. */
export function createOtherBlockReader({
  text,
}: Pick<ModuleReader, 'text'>): (source: ModuleSource) => Promise<OtherBlocks> {
  const known = new Map<string, Promise<OtherBlocks>>();
  return (source) => {
    const read = known.get(source.dir) ?? readOthers(source, text);
    known.set(source.dir, read);
    return read;
  };
}

async function readOthers({ dir, files }: ModuleSource, read: ModuleReader['text']): Promise<OtherBlocks> {
  const found = new Map<string, Block[]>();
  const json: string[] = [];
  for (const { name } of files) {
    const text = await read(join(dir, name));
    if (typeof text !== 'string') continue;
    if (isJson(name)) json.push(text);
    const cut = isJson(name) ? cutJsonBlocks(text) : cutBlocks(text);
    for (const block of cut.ok ? cut.value : []) {
      const address = addressOf(block);
      if (address === undefined) continue;
      const same = found.get(address);
      if (same === undefined) found.set(address, [block]);
      else same.push(block);
    }
  }
  return { named: (name) => found.get(name) ?? [], addresses: [...found.keys()], json };
}

function addressOf({ type, labels: [resourceType, name] }: Block): string | undefined {
  if (resourceType === undefined || name === undefined) return undefined;
  if (type === 'data') return `data.${resourceType}.${name}`;
  return type === 'resource' ? `${resourceType}.${name}` : undefined;
}
