import { z } from 'zod';
import { type Block, cutBody } from '../configuration/blocks.ts';
import { literalText } from './literal.ts';

/**
 * Which backend holds a root's states, and the few settings that say where. Backend settings may hold credentials: what
 * is not on the list below is never read out.
 */
export interface Backend {
  /** `local`, `s3`, `http`, `remote`, `cloud`; other types have no settings here. */
  readonly type: string;
  readonly settings: ReadonlyMap<string, Setting>;
}

/** `given` is enough of a setting whose value does not matter; what would have to be evaluated is an expression. */
export type Setting =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression' }
  | { readonly kind: 'given' };

/** Terraform documentation, "Backend Type" of each, and "HCP Terraform Settings". */
const READ: Readonly<Record<string, readonly string[]>> = {
  local: ['path', 'workspace_dir'],
  s3: ['bucket', 'key', 'region', 'workspace_key_prefix', 'kms_key_id', 'endpoint', 'endpoints'],
  http: ['address'],
  remote: ['hostname', 'organization', 'workspaces.name', 'workspaces.prefix'],
  cloud: ['hostname', 'organization', 'workspaces.name', 'workspaces.tags'],
};

/** Settings whose values are not looked at. */
const PRESENT_ONLY: ReadonlySet<string> = new Set(['workspaces.tags', 'endpoint', 'endpoints']);

/** What a root without a backend or cloud block has. */
export const LOCAL: Backend = { type: 'local', settings: new Map() };

/** A type as reports may quote it; names of backends are short words. */
const TYPE = /^[a-z][a-z0-9_-]{0,31}$/;

/** A `backend` or `cloud` block as written; undefined when it cannot be cut, or is of no type. */
export function backendOfBlock(block: Block): Backend | undefined {
  const type = block.type === 'cloud' ? 'cloud' : block.labels[0];
  if (type === undefined || !TYPE.test(type)) return undefined;
  const given = writtenSettings(block);
  if (given === undefined) return undefined;
  return backendOf(type, (name) => {
    const text = given.get(name);
    if (text === undefined || text === 'null') return undefined;
    const value = literalText(text);
    return value === undefined ? { kind: 'expression' } : { kind: 'text', text: value };
  });
}

/** The text of each argument by its name, those of nested blocks behind the block's; undefined where it cannot be cut. */
export function writtenSettings(block: Block): ReadonlyMap<string, string> | undefined {
  const settings = new Map<string, string>();
  return collect(block, '', settings) ? settings : undefined;
}

function collect(block: Block, prefix: string, into: Map<string, string>): boolean {
  const body = cutBody(block);
  if (!body.ok) return false;
  for (const { name, text } of body.value.arguments) into.set(prefix + name, text);
  return body.value.blocks.every((inner) => collect(inner, `${prefix}${inner.type}.`, into));
}

const resolvedSchema = z.object({
  backend: z.object({ type: z.string().regex(TYPE), config: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

/** What `.terraform/terraform.tfstate` holds after `terraform init`; null when it names no backend, undefined when it is no such file. */
export function backendOfInit(text: string): Backend | null | undefined {
  const resolved = resolvedSchema.safeParse(jsonIn(text)).data;
  if (resolved === undefined) return undefined;
  if (resolved.backend == null) return null;
  const { type, config } = resolved.backend;
  return backendOf(type, (name) => {
    const value = name.split('.').reduce<unknown>(step, config);
    if (value == null) return undefined;
    return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'expression' };
  });
}

/** A nested block is an object, or was a list of one (Terraform before 1.1). */
function step(value: unknown, name: string): unknown {
  const [only]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return z.record(z.string(), z.unknown()).safeParse(only).data?.[name];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the schema refuses it.
    return undefined;
  }
}

function backendOf(type: string, read: (name: string) => Setting | undefined): Backend {
  const settings = new Map<string, Setting>();
  for (const name of READ[type] ?? []) {
    const setting = read(name);
    if (setting !== undefined) settings.set(name, PRESENT_ONLY.has(name) ? { kind: 'given' } : setting);
  }
  return { type, settings };
}
