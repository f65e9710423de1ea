import type { ConfigurationFact } from '../model/facts.ts';
import { sortedDistinct } from '../model/order.ts';
import type { Gathered } from './gather.ts';

/** Aliases that a state or a configuration binds to a key, or why it may be more than these. */
export interface DeclaredAliases {
  readonly names: readonly string[];
  readonly gap?: string;
}

const NOTHING: DeclaredAliases = Object.freeze({ names: Object.freeze([]) });

/** What declares aliases of one key; a data source in a state reads what KMS has, and declares nothing. */
export function declaredAliasesOf({
  aliases,
  configuration,
}: Pick<Gathered, 'aliases' | 'configuration'>): DeclaredAliases {
  const byBlocks = blockAliases(configuration);
  if (aliases.length === 0) return byBlocks;
  const held = aliases.flatMap(({ mode, name }) => (mode === 'managed' ? [name] : []));
  return { ...byBlocks, names: sortedDistinct([...held, ...byBlocks.names]) };
}

/** The aliases that blocks of the same module bind to the key of these blocks. Only those that are clear are told. */
export function blockAliases(
  configuration: readonly Pick<ConfigurationFact, 'aliases' | 'address'>[],
): DeclaredAliases {
  const silent = configuration.find(({ aliases }) => aliases === undefined);
  if (configuration.length === 0) return NOTHING;
  const names = sortedDistinct(configuration.flatMap(({ aliases = [] }) => aliases));
  return silent === undefined ? { names } : { names, gap: `no alias block is clearly of ${silent.address}` };
}
