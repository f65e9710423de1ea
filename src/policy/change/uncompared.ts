import type { Change } from '../../model/change.ts';
import { type Coverage, plannedRoots } from '../../model/coverage.ts';
import type { RootFact } from '../../model/facts.ts';
import type { Inventory } from '../../model/inventory.ts';
import { sortedDistinct } from '../../model/order.ts';
import { touchedRoots } from './touched.ts';

type Told = Pick<Inventory, 'facts' | 'coverage'>;

/**
 * Roots that were looked at and whose states nobody was asked for, unless a plan says what becomes of all that is in them:
 * those that a change touches, where there is one. That is no gap, and no rule can say what happens to their keys.
 */
export const uncomparedRoots = (told: Told, change: Change | undefined): readonly string[] =>
  namesOf(withoutStates(told, change).filter(({ elsewhere }) => elsewhere === true));

/**
 * Gaps for roots that a change touches and that nothing was laid beside, where a state was read that is of no root: it may
 * be theirs, and whoever gave it meant it for something.
 */
export function strayStates(told: Told, change: Change): readonly Coverage[] {
  const [first, ...others] = ofNoRoot(told);
  if (first === undefined) return [];
  const strays = others.length === 0 ? first : `${first} and ${others.length} more`;
  return namesOf(withoutStates(told, change)).map((root) => ({
    source: 'state',
    operation: 'change',
    locator: root,
    status: 'failed',
    reason: `the change touches this root, and none of the states is known to be its own, though ${strays} may be: save its own in ${root} and give that, or pair them in keydrift.yaml (roots)`,
  }));
}

/** States that were read and are of no root; a copy is of that which another of its lineage is of. */
function ofNoRoot(told: Told): readonly string[] {
  const paired = new Set(rootsIn(told).flatMap(({ states }) => states ?? []));
  const read = told.coverage.flatMap(({ source, locator, state }) =>
    source === 'state' && locator !== undefined && state !== undefined && !state.errored
      ? [{ locator, lineage: state.lineage }]
      : [],
  );
  const known = new Set(read.flatMap(({ locator, lineage }) => (paired.has(locator) ? [lineage] : [])));
  return read.flatMap(({ locator, lineage }) =>
    paired.has(locator) || (lineage !== '' && known.has(lineage)) ? [] : [locator],
  );
}

const rootsIn = ({ facts }: Told): readonly RootFact[] =>
  facts.filter((fact): fact is RootFact => fact.kind === 'root');

const namesOf = (roots: readonly RootFact[]): readonly string[] => sortedDistinct(roots.map(({ root }) => root));

/** Roots that configuration was read of, and neither all of their states nor a plan. */
function withoutStates(told: Told, change: Change | undefined): readonly RootFact[] {
  const { coverage } = told;
  const locatorsOf = (of: Coverage['source']): ReadonlySet<string> =>
    new Set(coverage.flatMap(({ source, locator }) => (source === of ? (locator ?? []) : [])));
  const looked = locatorsOf('configuration');
  const asked = locatorsOf('state');
  const planned = plannedRoots(coverage);
  const roots = rootsIn(told);
  const found = roots.filter(
    ({ root, states }) =>
      looked.has(root) && !planned.has(root) && (states === null || states.some((locator) => !asked.has(locator))),
  );
  if (change === undefined || found.length === 0) return found;
  const touched = touchedRoots(roots, change);
  return found.filter(({ root }) => touched.has(root));
}
