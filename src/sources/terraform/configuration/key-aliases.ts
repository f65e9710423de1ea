import type { ConfigurationFact } from '../../../model/facts.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Expansion, Repetition } from './expansion.ts';
import { targetOf } from './key-target.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';
import type { ResourceBlock } from './read-blocks.ts';

/** One instance of an `aws_kms_alias` block: the key that it is bound to, by its address from the root module. */
export interface DeclaredAlias {
  readonly address: string;
  readonly name: string;
}

/**
 * The aliases of a module's blocks whose name and key are clear. What may not be there counts for nothing: an alias says
 * whose key it is.
 */
export function aliasesIn(
  blocks: readonly ResourceBlock[],
  module: ModuleInstance,
  instancesOf: (block: MergedBlock) => Expansion,
): readonly DeclaredAlias[] {
  if (module.address.includes('[*]')) return [];
  return blocks.flatMap(({ block, refused }) => {
    const { kind, instances } = instancesOf(block);
    if (kind === 'unknown' || refused !== undefined) return [];
    return instances.flatMap(({ repetition }) => aliasOf(block, module, repetition) ?? []);
  });
}

function aliasOf(block: MergedBlock, module: ModuleInstance, repetition: Repetition): DeclaredAlias | undefined {
  const target = targetOf(block.arguments.get('target_key_id'), module, repetition, true);
  const argument = block.arguments.get('name');
  if (target.kind !== 'key' || argument === undefined) return undefined;
  const name = module.checked(argument, repetition);
  return name.kind === 'string' ? { address: target.address, name: name.value } : undefined;
}

/** The facts with the aliases that blocks bind to their keys. */
export function withAliases(
  facts: readonly ConfigurationFact[],
  aliases: readonly DeclaredAlias[],
): readonly ConfigurationFact[] {
  if (aliases.length === 0) return facts;
  const byKey = grouped(aliases, ({ address }) => address);
  return facts.map((fact) => {
    const bound = byKey.get(fact.address);
    return bound === undefined ? fact : { ...fact, aliases: [...new Set(bound.map(({ name }) => name))].sort() };
  });
}
