import type { Block } from '../configuration/blocks.ts';
import type { ModuleSource } from '../configuration/module-reader.ts';
import { backendOfBlock, writtenSettings } from './backend.ts';
import { backendBlock } from './backend-of.ts';
import { literalText } from './literal.ts';
import { stateHome } from './state-home.ts';

/** Another state that a change leads a root to. */
export interface LedElsewhere {
  /** Names of the settings that differ, or `type`; values may be secrets. */
  readonly what: readonly string[];
  /** The type of the backend that it has now. */
  readonly type: string;
  /** Where that keeps states, as `--state` takes it; none where it cannot be told. */
  readonly places: readonly string[];
}

/** Settings of each type that decide which state is meant (Terraform documentation, "Backend Type" of each; OpenTofu has the same). */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  azurerm: ['storage_account_name', 'container_name', 'key'],
  cloud: ['hostname', 'organization', 'workspaces.name'],
  consul: ['address', 'path'],
  cos: ['bucket', 'prefix', 'key'],
  gcs: ['bucket', 'prefix'],
  http: ['address'],
  kubernetes: ['namespace', 'secret_suffix'],
  oci: ['bucket', 'namespace', 'key'],
  oss: ['bucket', 'prefix', 'key'],
  pg: ['schema_name'],
  remote: ['hostname', 'organization', 'workspaces.name', 'workspaces.prefix'],
  s3: ['bucket', 'key', 'workspace_key_prefix'],
};

/** What holds where a block that says all else says nothing. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloud: { hostname: 'app.terraform.io' },
  remote: { hostname: 'app.terraform.io' },
  s3: { workspace_key_prefix: 'env:' },
};

/** Without them a block is a part of one only, which `-backend-config` completes. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { s3: ['bucket', 'key'] };

/**
 * Lays what the blocks of a root said before beside what they say now; undefined where that is not certain to be another
 * state. What one side leaves to `-backend-config` is not certain, and of a local backend the files tell (formerly-led.ts).
 */
export async function ledElsewhere(
  was: ModuleSource,
  is: ModuleSource,
  cwd: string,
): Promise<LedElsewhere | undefined> {
  const before = saidIn(was);
  if (before === undefined || before.type === 'local' || is.files.some(({ blocks }) => !blocks.ok)) return undefined;
  const now = saidIn(is) ?? NO_BLOCK;
  const isMoved = kindOf(before.type) !== kindOf(now.type);
  const what = isMoved ? ['type'] : namesIn(before.type, now.type).filter((name) => isOther(before, now, name));
  if (what.length === 0) return undefined;
  return { what, type: now.type, places: await placesOf(now, is, cwd) };
}

/** A backend block by its arguments as they are written. */
interface Said {
  readonly type: string;
  readonly block: Block | undefined;
  readonly settings: ReadonlyMap<string, string>;
}

const NO_BLOCK: Said = { type: 'local', block: undefined, settings: new Map() };

function saidIn(source: ModuleSource): Said | undefined {
  const block = backendBlock(source);
  const type = block && backendOfBlock(block)?.type;
  if (block === undefined || type === undefined) return undefined;
  const settings = writtenSettings(block);
  return settings && { type, block, settings };
}

/** A `cloud` block has the workspaces that a `remote` backend had (Terraform documentation, "Migrate State to HCP Terraform"). */
const kindOf = (type: string): string => (type === 'remote' ? 'cloud' : type);

const namesIn = (before: string, now: string): readonly string[] =>
  (DECIDING[before] ?? []).filter((name) => DECIDING[now]?.includes(name));

function isOther(before: Said, now: Said, name: string): boolean {
  const [was, is] = [before, now].map((said) => saidOf(said, name));
  return was !== undefined && is !== undefined && was !== is;
}

/** A value, or the text of an expression in one form; undefined where the block does not say it. */
function saidOf(said: Said, name: string): string | undefined {
  const { type, settings } = said;
  const text = settings.get(name);
  const value = text === undefined || text === 'null' ? '' : (literalText(text) ?? text.replace(/\s+/g, ' '));
  if (value !== '') return value;
  return (NEEDED[type] ?? []).every((needed) => settings.has(needed)) ? DEFAULTS[type]?.[name] : undefined;
}

async function placesOf({ block }: Said, { dir, path }: ModuleSource, cwd: string): Promise<readonly string[]> {
  const backend = block && backendOfBlock(block);
  if (backend === undefined) return [];
  const ask = { dir, root: path, backend, only: undefined, selected: null, env: {}, within: [cwd] };
  const { states } = await stateHome(ask);
  return states.map(({ where }) => where);
}
