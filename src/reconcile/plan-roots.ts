import { type Coverage, isWholePlan } from '../model/coverage.ts';
import type { Fact, PlannedFact, RootFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import { ofKind } from './blocks.ts';
import { againstCode, isKept, mismatch, type Seen, seenOf } from './stray-plans.ts';

/**
 * Gives plans of which nobody said whose they are to the root that they are of, where only one can be: the one in whose
 * directory the plan lies, whose states hold its keys, or that alone declares its addresses. What is read of that root must
 * not speak against it. Where plans of a root do not know every key which it holds, they are not all of that root's: another
 * workspace has the others.
 */
export function withPlanRoots(inventory: Inventory): Inventory {
  const { facts, coverage } = inventory;
  if (!coverage.some(({ plan }) => plan !== undefined)) return inventory;
  const seen = seenOf(inventory);
  const planned = grouped(ofKind(facts, 'planned'), ({ plan }) => plan);
  const owners = ownersOf(coverage, { roots: ofKind(facts, 'root'), planned, seen });
  const owned = coverage.map((entry): Coverage => {
    const { plan, locator = '' } = entry;
    if (plan === undefined) return entry;
    const root = plan.root ?? owners.get(locator) ?? null;
    const isStray = root !== null && mismatch(root, planned.get(locator) ?? [], seen) !== undefined;
    return { ...entry, plan: { ...plan, root, whole: plan.whole && !isStray } };
  });
  const rooted = facts.map((fact) => {
    if ((fact.kind !== 'planned' && fact.kind !== 'plan-drift') || fact.root !== null) return fact;
    const root = owners.get(fact.plan);
    return root === undefined ? fact : { ...fact, root };
  });
  const partial = rootsWithOthers(rooted, owned, seen);
  return {
    ...inventory,
    facts: rooted,
    coverage: owned.map((entry) =>
      entry.plan?.root != null && partial.has(entry.plan.root)
        ? { ...entry, plan: { ...entry.plan, partial: true } }
        : entry,
    ),
  };
}

/** Roots of whole plans that hold keys which none of these knows. */
function rootsWithOthers(facts: readonly Fact[], coverage: readonly Coverage[], { heldBy }: Seen): ReadonlySet<string> {
  const whole = coverage.filter(isWholePlan);
  const plans = new Set(whole.map(({ locator, plan }) => `${locator}#${plan?.root}`));
  const known = new Set(
    facts.flatMap((fact) =>
      (fact.kind === 'planned' || fact.kind === 'plan-drift') && plans.has(`${fact.plan}#${fact.root}`)
        ? [`${fact.root}#${fact.arn}`]
        : [],
    ),
  );
  const roots = new Set(whole.flatMap(({ plan }) => plan?.root ?? []));
  const isKnown = (root: string, { arn }: StateFact): boolean => arn === null || known.has(`${root}#${arn}`);
  return new Set([...roots].filter((root) => !(heldBy(root)?.own ?? []).every((instance) => isKnown(root, instance))));
}

/** What plans are laid beside to see whose they are. */
interface Sight {
  readonly roots: readonly RootFact[];
  readonly planned: ReadonlyMap<string, readonly PlannedFact[]>;
  readonly seen: Seen;
}

function ownersOf(coverage: readonly Coverage[], { roots, planned, seen }: Sight): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const matched: { readonly plan: string; readonly root: string }[] = [];
  for (const { plan: of, locator: plan } of coverage) {
    if (of?.root !== null || plan === undefined) continue;
    const changes = planned.get(plan) ?? [];
    const certain = rootBeside(plan, roots) ?? rootHolding(changes, seen);
    const root = certain ?? rootDeclaring(changes, roots, seen);
    if (root === undefined) continue;
    if (mismatch(root, changes, seen) !== undefined) {
      if (isOutdated(root, changes, seen)) owners.set(plan, root);
      continue;
    }
    if (certain === undefined) matched.push({ plan, root });
    else owners.set(plan, root);
  }
  const taken = new Set([...owners.values(), ...coverage.flatMap(({ plan }) => plan?.root ?? [])]);
  // Of several plans that only their addresses tell whose they are, all but one are another root's.
  for (const [first, ...others] of grouped(matched, ({ root }) => root).values()) {
    if (others.length === 0 && !taken.has(first.root)) owners.set(first.plan, first.root);
  }
  return owners;
}

/** The states of one root alone hold what a plan knows, and its code no longer declares all that the plan keeps. */
const isOutdated = (root: string, changes: readonly PlannedFact[], seen: Seen): boolean =>
  rootHolding(changes, seen) === root && seen.isRead(root) && againstCode(root, changes, seen) !== undefined;

/** The root of the directory that a plan lies in; none where other roots are below, for plans of those may lie there, too. */
function rootBeside(plan: string, roots: readonly RootFact[]): string | undefined {
  const end = plan.lastIndexOf('/');
  const dir = end < 0 ? '.' : plan.slice(0, end);
  const isBelow = ({ root }: RootFact): boolean =>
    root !== dir && (dir === '.' ? !root.startsWith('../') : root.startsWith(`${dir}/`) || root.startsWith(`${dir}@`));
  return roots.some(({ root }) => root === dir) && !roots.some(isBelow) ? dir : undefined;
}

/** The root whose states hold every key that a plan knows. */
function rootHolding(changes: readonly PlannedFact[], { rootsWith }: Seen): string | undefined {
  const known = changes.flatMap(({ arn, action }) => (arn === null || action === 'import' ? [] : [arn]));
  const [root, ...others] = new Set(known.flatMap((arn) => rootsWith(arn)));
  return root != null && others.length === 0 && known.every((arn) => rootsWith(arn).length > 0) ? root : undefined;
}

/** The root that alone declares what a plan keeps, where all others were read in full. */
function rootDeclaring(
  changes: readonly PlannedFact[],
  roots: readonly RootFact[],
  { blocks, roots: { configurationGap } }: Seen,
): string | undefined {
  const kept = changes.filter(isKept);
  if (kept.length === 0) return undefined;
  const isDeclaring = (root: string): boolean =>
    kept.every(({ address }) => (blocks.get(root)?.beside(address) ?? []).length > 0);
  const mayDeclare = (root: string): boolean =>
    isDeclaring(root) || kept.some(({ address }) => configurationGap(root, address) !== undefined);
  const [only, ...others] = [...new Set(roots.map(({ root }) => root))].filter(mayDeclare);
  return only !== undefined && others.length === 0 && isDeclaring(only) ? only : undefined;
}
