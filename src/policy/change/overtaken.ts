import type { Change, FormerState } from '../../model/change.ts';
import { REPLACING } from '../../model/comparisons.ts';
import { type Coverage, plannedRoots } from '../../model/coverage.ts';
import type { Fact, StateFact } from '../../model/facts.ts';
import { grouped } from '../../model/grouped.ts';
import { plural } from '../../model/plural.ts';

/** What was read. */
interface Read {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
}

interface ReadState {
  readonly locator: string;
  readonly lineage: string;
  readonly serial: number;
  /** The roots that have it. */
  readonly roots: readonly string[];
}

/**
 * Gaps for states that a change brings or alters and that from then on count in place of another copy, which holds keys
 * otherwise: a change does not choose which of the keys that there are it is judged by. A state that the change alters
 * where it is takes the place of none, and neither does one that counted before.
 */
export function overtakenStates({ facts, coverage }: Read, { files, states = [] }: Change): readonly Coverage[] {
  const read = readStates({ facts, coverage });
  const changed = new Set(files);
  if (!read.some(({ locator }) => changed.has(locator))) return [];
  const before = new Map(states.map(({ path, is }) => [path, is]));
  const planned = plannedRoots(coverage);
  const held = grouped(
    facts.flatMap((fact) => (fact.kind === 'state' && fact.mode === 'managed' && !fact.errored ? [fact] : [])),
    ({ source }) => source,
  );
  return [...grouped(read, ({ lineage }) => lineage).values()].flatMap((copies) =>
    copies.flatMap((old) => {
      if (old.roots.length > 0 && old.roots.every((root) => planned.has(root))) return [];
      const others = copies.filter((other) => counts(other, old, copies));
      const [by] = others.filter(({ locator }) => changed.has(locator));
      if (by === undefined || others.some((other) => counted(other, old, before, changed))) return [];
      const lost = lostFrom(held.get(old.locator) ?? [], others, old, { held, read });
      return lost === 0 ? [] : [overtaken(old, by, lost)];
    }),
  );
}

function readStates({ facts, coverage }: Read): readonly ReadState[] {
  const pairs = facts.flatMap((fact) =>
    fact.kind === 'root' ? (fact.states ?? []).map((locator) => ({ locator, root: fact.root })) : [],
  );
  const rootsOf = grouped(pairs, ({ locator }) => locator);
  return coverage.flatMap(({ source, locator, state }) => {
    if (source !== 'state' || locator === undefined || state === undefined || state.errored || state.lineage === '')
      return [];
    const { lineage, serial } = state;
    const roots = [...new Set((rootsOf.get(locator) ?? []).map(({ root }) => root))];
    return [{ locator, lineage, serial, roots }];
  });
}

/** Whether one copy counts in place of another (reconcile/states.ts): each of several roots has its own. */
function counts(by: ReadState, old: ReadState, copies: readonly ReadState[]): boolean {
  if (by.serial <= old.serial) return false;
  const roots = new Set(copies.flatMap((copy) => copy.roots));
  return roots.size < 2 || old.roots.length === 0 || by.roots.some((root) => old.roots.includes(root));
}

/** Whether it did before the change, too. */
function counted(
  by: ReadState,
  old: ReadState,
  before: ReadonlyMap<string, FormerState['is']>,
  changed: ReadonlySet<string>,
): boolean {
  const formerly = ({ locator, lineage, serial }: ReadState): number => {
    if (!changed.has(locator)) return serial;
    const was = before.get(locator);
    return was?.lineage === lineage ? was.serial : NEVER;
  };
  const was = formerly(by);
  return was !== NEVER && was > formerly(old);
}

const NEVER = -1;

/** How many instances the copies that count do not hold just so, and no other state holds at all. */
function lostFrom(
  instances: readonly StateFact[],
  by: readonly ReadState[],
  { lineage }: ReadState,
  { held, read }: { readonly held: ReadonlyMap<string, readonly StateFact[]>; readonly read: readonly ReadState[] },
): number {
  const so = new Set(by.flatMap(({ locator }) => held.get(locator) ?? []).map(asHeld));
  const others = read.filter((state) => state.lineage !== lineage);
  const elsewhere = new Set(others.flatMap(({ locator }) => held.get(locator) ?? []).map(({ arn }) => arn));
  return instances.filter((each) => !so.has(asHeld(each)) && (each.arn === null || !elsewhere.has(each.arn))).length;
}

/** All by which it is judged what comes of it. */
const asHeld = ({ address, arn, keyId, status, region, resourceType, attributes }: StateFact): string =>
  JSON.stringify([
    address,
    arn ?? keyId,
    status,
    region,
    (REPLACING[resourceType] ?? []).map((name) => attributes[name] ?? null),
  ]);

const overtaken = (old: ReadState, by: ReadState, lost: number): Coverage => ({
  source: 'state',
  operation: 'change',
  locator: by.locator,
  status: 'partial',
  reason: `the change has it count in place of ${old.locator}, which is of the same lineage (serial ${old.serial} before ${by.serial}) and holds ${plural(lost, 'key')} otherwise, so that what becomes of ${lost === 1 ? 'it' : 'them'} there is not known: give the plan of its root with --plan, or say with --state or in keydrift.yaml (roots) which state it has`,
});
