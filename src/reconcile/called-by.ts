import type { KeyRecord } from '../model/key-record.ts';
import { sortedDistinct } from '../model/order.ts';
import type { AliasTargets } from './alias-drift.ts';
import type { DeclaredAliases } from './declared-aliases.ts';
import type { Gathered } from './gather.ts';

/** All that says which alias a key is best called by. */
export interface Named {
  readonly gathered: Pick<Gathered, 'key' | 'aliases' | 'aliasBlocks' | 'configuration' | 'state'>;
  readonly live: Gathered['live'];
  /** All names that anybody has for it. */
  readonly aliases: readonly string[];
  readonly declared: DeclaredAliases;
  readonly root: KeyRecord['root'];
  readonly targets: AliasTargets;
}

/**
 * The alias that a key is called by: first one that its own root declares and KMS has there, then its own root's, another
 * root's likewise, and what KMS alone has last, each by the alphabet. Never one that a state binds to another key and
 * none to this: whoever repointed it would have two keys go by one name, and the wrong one read as the victim.
 */
export function aliasToCallBy({ gathered, live, aliases, declared, root, targets }: Named): string | null {
  const own = ownAliases(gathered, root);
  const rankOf = (name: string): number => {
    const agreed = live?.aliases?.includes(name) ? 0 : 1;
    if (own.has(name)) return agreed;
    return declared.names.includes(name) ? 2 + agreed : 4;
  };
  const names = sortedDistinct([...aliases, ...declared.names]).filter((name) => !isOfAnother(name, gathered, targets));
  const [best] = names.map((name) => ({ name, rank: rankOf(name) })).sort((a, b) => a.rank - b.rank);
  return best?.name ?? null;
}

/** Those that the state or the root which has the key binds to it too. */
function ownAliases(
  { aliases, aliasBlocks, configuration, state }: Named['gathered'],
  root: KeyRecord['root'],
): ReadonlySet<string> {
  const sources = new Set(state.map(({ source }) => source));
  const roots = new Set<string | null>([root, ...configuration.map((block) => block.root)]);
  return new Set([
    ...aliases.flatMap(({ mode, source, name }) => (mode === 'managed' && sources.has(source) ? [name] : [])),
    ...aliasBlocks.flatMap((block) => (roots.has(block.root) && block.name !== null ? [block.name] : [])),
    ...configuration.flatMap((block) => block.aliases ?? []),
  ]);
}

const isOfAnother = (name: string, { key, aliases }: Named['gathered'], targets: AliasTargets): boolean =>
  !aliases.some((alias) => alias.mode === 'managed' && alias.name === name) && targets.isBoundElsewhere(key, name);
