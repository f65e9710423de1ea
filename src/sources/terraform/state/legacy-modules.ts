import { type Entry, resourceIn } from './entries.ts';
import type { JsonWalk } from './json-walk.ts';
import { OUR_TYPES } from './our-types.ts';
import { Words } from './words.ts';

/** One element of `modules` in a version 3 state (hashicorp/terraform v0.11, terraform/state.go, ModuleState). */
export interface LegacyModule {
  /** From the root: `["root", "network"]`, if it has the form that Terraform writes. */
  readonly path: unknown;
  /** By the key that names the resource; undefined when it has no object of resources. */
  readonly resources: ReadonlyMap<string, Entry> | undefined;
}

/** What a key of a version 3 state's resources says: `data.aws_kms_key.orders`, `aws_kms_key.orders.0`. */
export interface LegacyKey {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index: number | undefined;
}

const MEMBERS = new Words(['path', 'resources']);
const KEY = /^(data\.)?([^.]+)\.([^.]+)(?:\.(\d{1,9}))?$/s;

/** The modules in the list that the walk stands at. */
export function legacyModulesIn(walk: JsonWalk): readonly LegacyModule[] {
  const modules: LegacyModule[] = [];
  walk.elements(() => void modules.push(moduleIn(walk)));
  return modules;
}

function moduleIn(walk: JsonWalk): LegacyModule {
  let path: unknown;
  let resources: LegacyModule['resources'];
  walk.members(() => {
    const name = walk.name(MEMBERS);
    if (name === 'path') path = walk.parse(walk.take());
    if (name === 'resources') resources = walk.kind() === 'object' ? resourcesIn(walk) : undefined;
  });
  return { path, resources };
}

function resourcesIn(walk: JsonWalk): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = 0;
  walk.members(() => {
    const key = walk.anyName() ?? '';
    const { hasType, isOurs, read } = resourceIn(walk);
    entries.delete(key);
    if (isOurs || !hasType || isOurKey(key)) entries.set(key, { at, hasType, read });
    at += 1;
  });
  return entries;
}

const isOurKey = (key: string): boolean => OUR_TYPES.has(legacyKey(key)?.type ?? '');

/** The parts of a key; undefined when Terraform would not have written it. */
export function legacyKey(key: string): LegacyKey | undefined {
  const [, data, type, name, index] = KEY.exec(key) ?? [];
  if (type === undefined || name === undefined) return undefined;
  return { mode: data ? 'data' : 'managed', type, name, index: index === undefined ? undefined : Number(index) };
}
