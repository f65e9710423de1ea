import type { Change } from '../../model/change.ts';
import { plannedRoots } from '../../model/coverage.ts';
import type { RootFact } from '../../model/facts.ts';
import type { Inventory } from '../../model/inventory.ts';
import { sortedDistinct } from '../../model/order.ts';
import { touchedRoots } from './touched.ts';

/**
 * Roots that were looked at and whose states nobody was asked for, unless a plan says what becomes of all that is in them:
 * those that a change touches, where there is one. That is no gap, and no rule can say what happens to their keys.
 */
export function uncomparedRoots(
  { facts, coverage }: Pick<Inventory, 'facts' | 'coverage'>,
  change: Change | undefined,
): readonly string[] {
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  const looked = new Set(
    coverage.flatMap(({ source, locator }) => (source === 'configuration' ? (locator ?? []) : [])),
  );
  const asked = new Set(coverage.flatMap(({ source, locator }) => (source === 'state' ? (locator ?? []) : [])));
  const planned = plannedRoots(coverage);
  const isUncompared = ({ root, states, elsewhere }: RootFact): boolean =>
    elsewhere === true &&
    looked.has(root) &&
    !planned.has(root) &&
    (states === null || states.some((locator) => !asked.has(locator)));
  const found = roots.filter(isUncompared);
  if (change === undefined || found.length === 0) return sortedDistinct(found.map(({ root }) => root));
  const touched = touchedRoots(roots, change);
  return sortedDistinct(found.flatMap(({ root }) => (touched.has(root) ? [root] : [])));
}
