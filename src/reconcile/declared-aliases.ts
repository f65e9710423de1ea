import type { ConfigurationFact } from '../model/facts.ts';
import type { KeyArn } from '../model/key-arn.ts';
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
  aliasBlocks,
  configuration,
}: Pick<Gathered, 'aliases' | 'aliasBlocks' | 'configuration'>): DeclaredAliases {
  const byBlocks = blockAliases(configuration);
  if (aliases.length === 0 && aliasBlocks.length === 0) return byBlocks;
  const held = aliases.filter(({ mode }) => mode === 'managed').map(({ name }) => name);
  const given = aliasBlocks.flatMap(({ instances, name }) => (instances === 'one' && name !== null ? [name] : []));
  const names = sortedDistinct([...held, ...given, ...byBlocks.names]);
  const gap = byBlocks.gap ?? aliasBlocks.map(gapOf).find((reason) => reason !== undefined);
  return { names, ...(gap === undefined ? {} : { gap }) };
}

/** All names of a key. One that blocks alone declare is still another key's where KMS has it there, by `targetOf`. */
export function namesOf(
  { key, aliases }: Pick<Gathered, 'key' | 'aliases'>,
  live: Gathered['live'],
  declared: DeclaredAliases,
  targetOf: (name: string) => KeyArn | undefined,
): readonly string[] {
  const waiting = declared.names.filter((name) => (targetOf(name) ?? key.arn) === key.arn);
  return [...new Set([...(live?.aliases ?? []), ...aliases.map(({ name }) => name), ...waiting])].sort();
}

/** The aliases that blocks of the same root bind to the key of these blocks. */
export function blockAliases(configuration: readonly ConfigurationFact[]): DeclaredAliases {
  if (configuration.every(({ aliases, unknownAliases }) => aliases === undefined && unknownAliases === undefined)) {
    return NOTHING;
  }
  const names = sortedDistinct(configuration.flatMap(({ aliases = [] }) => aliases));
  const gap = configuration.find(({ unknownAliases }) => unknownAliases !== undefined)?.unknownAliases;
  return { names, ...(gap === undefined ? {} : { gap }) };
}

const gapOf = ({ address, open, unknownName }: Gathered['aliasBlocks'][number]): string | undefined =>
  open === undefined && unknownName === undefined ? undefined : `${address}: ${open ?? unknownName}`;
