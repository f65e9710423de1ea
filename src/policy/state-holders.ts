import type { Coverage } from '../model/coverage.ts';
import type { RootFact, StateFact } from '../model/facts.ts';

/** Names of the roots that have the state of an instance, each once. */
export type HoldersOf = (instance: Pick<StateFact, 'source' | 'lineage'>) => readonly string[];

/** The roots that have a state; of one that none has, those that have another copy of it: of one lineage. */
export function stateHolders(roots: readonly RootFact[], coverage: readonly Coverage[]): HoldersOf {
  const lineages = new Map(
    coverage.flatMap(({ source, locator, state }) =>
      source === 'state' && locator !== undefined && state !== undefined ? [[locator, state.lineage] as const] : [],
    ),
  );
  const holders = new Map<string, Set<string>>();
  for (const { root, states } of roots) {
    for (const locator of states ?? []) {
      for (const name of [locator, lineages.get(locator)]) {
        if (name) holders.set(name, (holders.get(name) ?? new Set()).add(root));
      }
    }
  }
  return ({ source, lineage }) => [...(holders.get(source) ?? holders.get(lineage) ?? [])];
}

/** Whose states are: the roots of one, and those of which nobody knows which states they have. */
export interface Pairing {
  readonly holdersOf: HoldersOf;
  readonly unpaired: readonly string[];
}

/** Where nobody says of any state whose it is. */
export const UNPAIRED: Pairing = { holdersOf: () => [], unpaired: [] };

/** The pairing that root facts tell. */
export const pairingOf = (roots: readonly RootFact[], coverage: readonly Coverage[]): Pairing => ({
  holdersOf: stateHolders(roots, coverage),
  unpaired: roots.flatMap(({ root, states }) => (states === null ? [root] : [])),
});
