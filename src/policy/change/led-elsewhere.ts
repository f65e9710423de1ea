import type { Change, FormerRoot } from '../../model/change.ts';
import { type Coverage, plannedRoots } from '../../model/coverage.ts';
import type { Fact, RootFact, StateFact } from '../../model/facts.ts';
import type { Inventory } from '../../model/inventory.ts';

/**
 * Gaps for roots with keys whose backend blocks lead to another state than before a change. Where that holds nothing, the
 * next apply makes every key anew, and nobody has the old ones. A state that was read there and holds keys shows that it
 * does, or a plan made there that knows some; a snapshot that settings name may be of the former place.
 */
export function ledElsewhereCoverage(
  { former, base }: Pick<Change, 'former' | 'base'>,
  { facts, coverage }: Pick<Inventory, 'facts' | 'coverage'>,
): readonly Coverage[] {
  const led = (former?.roots ?? []).flatMap(({ ledTo, ...root }) => (ledTo === undefined ? [] : [{ ...root, ledTo }]));
  if (led.length === 0) return [];
  const roots = facts.filter((fact): fact is RootFact => fact.kind === 'root');
  const planned = plansWithKeys(facts, coverage);
  return led.flatMap(({ dir, hasKeys, ledTo }): readonly Coverage[] => {
    const own = roots.filter(({ root }) => root === dir || root.startsWith(`${dir}@`));
    const isShown = ({ root, states }: RootFact): boolean =>
      planned.has(root) || (states ?? []).some((locator) => isKeptAt(locator, ledTo, facts));
    if (own.length === 0 || own.every(isShown)) return [];
    return hasKeys === true || own.some((root) => mayHaveKeys(root, facts, coverage)) ? [gapOf(dir, ledTo, base)] : [];
  });
}

type LedTo = NonNullable<FormerRoot['ledTo']>;

/** Roots of which a plan was read that is not only of keys to be made. */
function plansWithKeys(facts: readonly Fact[], coverage: readonly Coverage[]): ReadonlySet<string> {
  const knowing = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'planned' && fact.arn !== null && fact.action !== 'import' ? [fact.plan] : [],
    ),
  );
  return new Set([...plannedRoots(coverage)].flatMap(([root, plan]) => (knowing.has(plan) ? [root] : [])));
}

/** A state that was read where the backend keeps it now, and that has keys. */
const isKeptAt = (locator: string, { places }: LedTo, facts: readonly Fact[]): boolean =>
  places.some((place) => withoutQuery(place) === withoutQuery(locator)) &&
  facts.some((fact) => isManaged(fact) && fact.source === locator);

const withoutQuery = (where: string): string => where.replace(/\?[^?]*$/, '');

const isManaged = (fact: Fact): fact is StateFact => fact.kind === 'state' && fact.mode === 'managed';

/** Its blocks declare keys, its state holds some, or not all of it was read. */
function mayHaveKeys({ root, states }: RootFact, facts: readonly Fact[], coverage: readonly Coverage[]): boolean {
  const isDeclaring = facts.some(
    (fact) => fact.kind === 'configuration' && fact.root === root && fact.instances !== 'none',
  );
  const isHolding = facts.some((fact) => isManaged(fact) && states?.includes(fact.source) === true);
  const isUnread = coverage.some(
    ({ source, status, locator = '' }) =>
      source === 'configuration' && status !== 'complete' && (locator === root || locator.startsWith(`${root}#`)),
  );
  return isDeclaring || isHolding || isUnread;
}

const gapOf = (dir: string, { what, type }: LedTo, base: string): Coverage => ({
  source: 'state',
  operation: 'change',
  locator: dir,
  status: 'failed',
  reason: `the change leads it to another state (${what.join(', ')} of its ${type} backend) than at ${base.slice(0, 12)}, and nothing shows that its keys are there: an apply would make all of them anew, and leave those that there are; move the state (terraform init -migrate-state), and give a plan made with it (--plan)`,
});
