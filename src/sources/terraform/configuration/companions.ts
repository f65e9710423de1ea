import type { Reading } from '../../../model/attributes.ts';
import type { ConfigurationKeyStoreFact, Fact } from '../../../model/facts.ts';
import type { Instant } from '../../../model/time.ts';
import { declaredAlias } from './aliases.ts';
import { bound, type PlacedAlias } from './bound-aliases.ts';
import type { Expansion } from './expansion.ts';
import { type DeclaredPolicy, declaredPolicy, type PlacedKey, withPolicies } from './key-policies.ts';
import { declaredKeyStore } from './key-stores.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import { type Effort, effortOfRoot } from './origin.ts';
import type { ReadBlocks, ResourceBlock } from './read-blocks.ts';

/** What the resources of a root that are no keys say of keys. */
export interface Companions {
  readonly policies: DeclaredPolicy[];
  readonly aliases: PlacedAlias[];
  readonly keyStores: ConfigurationKeyStoreFact[];
  /** For following what their arguments refer to. */
  readonly effort: Effort;
}

/** None so far. */
export const noCompanions = (): Companions => ({ policies: [], aliases: [], keyStores: [], effort: effortOfRoot() });

/** How a root is gone through. */
export interface WalkContext {
  readonly root: string;
  readonly readAt: Instant;
  /** Why it is not known which instances the module has. */
  readonly open: string | undefined;
  readonly instancesOf: (block: MergedBlock) => Expansion;
}

/** Adds the companions that one instance of a module declares. */
export function addCompanions(
  found: Companions,
  blocks: ReadBlocks,
  module: ModuleInstance,
  context: WalkContext,
): void {
  for (const resource of blocks.policies) {
    const { kind, instances } = context.instancesOf(resource.block);
    const isCertain = kind !== 'unknown' && !module.address.includes('[*]');
    for (const instance of instances) {
      found.policies.push(declaredPolicy(resource, module, instance, isCertain));
    }
  }
  for (const resource of blocks.aliases) {
    const { kind, instances } = context.instancesOf(resource.block);
    const isOne = kind !== 'unknown';
    for (const { index, repetition, open } of instances) {
      const alias = declaredAlias(resource, module, { repetition, isOne }, found.effort);
      const fact = placed(resource, module, index, context, open ?? resource.refused);
      found.aliases.push({ alias, fact: { kind: 'configuration-alias', ...fact, ...nameIn(alias.name) } });
    }
  }
  for (const resource of blocks.keyStores) {
    for (const { index, repetition, open } of context.instancesOf(resource.block).instances) {
      const fact = placed(resource, module, index, context, open ?? resource.refused);
      const said = declaredKeyStore(resource.block, module, repetition);
      found.keyStores.push({ kind: 'configuration-key-store', ...fact, ...said });
    }
  }
}

/** A name as facts have it. */
const nameIn = (name: Reading<string>): { name: string | null; unknownName?: string } =>
  name.kind === 'known'
    ? { name: name.value }
    : { name: null, ...(name.kind === 'unknown' ? { unknownName: name.reason } : {}) };

/** Where an instance is, and whether it is one. */
function placed(
  { resourceType, name, block }: ResourceBlock,
  module: ModuleInstance,
  index: string,
  { root, readAt, open: moduleOpen }: WalkContext,
  ownOpen: string | undefined,
): Pick<ConfigurationKeyStoreFact, 'address' | 'root' | 'path' | 'line' | 'instances' | 'open' | 'readAt'> {
  const address = `${module.address === '' ? '' : `${module.address}.`}${resourceType}.${name}${index}`;
  const open = ownOpen ?? moduleOpen;
  const instances = open === undefined ? { instances: 'one' as const } : { instances: 'unknown' as const, open };
  return { address, root, path: block.path, line: block.line, ...instances, readAt };
}

/** The facts of keys as their companions leave them, and those of the companions. */
export function joinedFacts(keys: readonly PlacedKey[], { aliases, policies, keyStores }: Companions): readonly Fact[] {
  const named = bound(keys, aliases);
  return [...withPolicies(named.keys, policies), ...named.facts, ...keyStores];
}
