import type { Change, Removed } from '../../model/change.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import { emptiedCoverage, lostCoverage } from './lost.ts';
import { unjudgedCoverage } from './unjudged.ts';

/**
 * What a change takes away that nobody can look at any more, as gaps: a state, unless it is given elsewhere, a directory
 * that has no configuration left and that no root was read from, and a root that is looked at as one no longer; and what
 * it does to keys of which that could be told before.
 */
export function removedCoverage(
  { base, removed = NOTHING, former, unjudged = [] }: Pick<Change, 'base' | 'removed' | 'former' | 'unjudged'>,
  facts: readonly Fact[],
  coverage: readonly Coverage[],
): readonly Coverage[] {
  const read = new Set(coverage.flatMap(({ state }) => (state === undefined ? [] : [state.lineage])));
  const places = new Set(facts.flatMap((fact) => (fact.kind === 'root' ? (fact.places ?? []) : [])));
  const isGiven = ({ lineage }: { readonly lineage: string | null }): boolean => lineage !== null && read.has(lineage);
  const states = removed.states.filter((state) => !isGiven(state));
  // A root whose states are all given tells by them what it leaves behind.
  const told = new Set(removed.states.filter(isGiven).map(({ path }) => dirOf(path)));
  for (const { path } of states) told.delete(dirOf(path));
  const emptied = new Set(removed.dirs);
  const lost = former === undefined ? [] : lostCoverage({ base, former, emptied, told }, facts);
  const known = new Set([...(former?.roots ?? []).map(({ dir }) => dir), ...places, ...told]);
  const dirs = removed.dirs.filter((dir) => !known.has(dir));
  return [
    ...states.map(
      ({ path }): Coverage => ({
        source: 'state',
        locator: path,
        status: 'failed',
        reason: `the change removes it: which keys it held is not known; give it with --state (git show ${base.slice(0, 12)}:${named(path)} > FILE)`,
      }),
    ),
    ...dirs.map(emptiedCoverage),
    ...lost,
    ...unjudgedCoverage(unjudged),
  ];
}

const NOTHING: Removed = { states: [], dirs: [] };

const dirOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '.';

/** For a command to be copied: from the working directory, and no word that a shell takes apart. */
const named = (path: string): string =>
  /^[\w./-]+$/.test(path) ? (path.startsWith('../') ? path : `./${path}`) : 'PATH';
