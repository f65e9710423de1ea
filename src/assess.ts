import { type Acceptances, NOTHING_ACCEPTED } from './model/acceptance.ts';
import type { Change, Unjudged } from './model/change.ts';
import type { Coverage, Diagnostic } from './model/coverage.ts';
import type { Estate, Inventory } from './model/inventory.ts';
import type { KeyRecord } from './model/key-record.ts';
import type { Report, ReportKey } from './model/report.ts';
import type { Instant } from './model/time.ts';
import { type Covered, coveredBy } from './policy/acceptance/gaps.ts';
import { findingMarking } from './policy/acceptance/marking.ts';
import { alterations, commentAlterations } from './policy/change/alterations.ts';
import { formerStatesTold } from './policy/change/former-states.ts';
import { ledElsewhereCoverage } from './policy/change/led-elsewhere.ts';
import { markOutsideChange } from './policy/change/outside.ts';
import { gapsMarkedOutside } from './policy/change/outside-gaps.ts';
import { overlookedNotes } from './policy/change/overlooked.ts';
import { overtakenStates } from './policy/change/overtaken.ts';
import { removedCoverage } from './policy/change/removed.ts';
import { endedInShared } from './policy/change/shared-states.ts';
import { strayStates, uncomparedRoots } from './policy/change/uncompared.ts';
import { alteredKeys } from './policy/change/undecided.ts';
import { unjudgedKeys } from './policy/change/unjudged.ts';
import type { CompiledRule } from './policy/compile.ts';
import { type Disagreements, disagreements } from './policy/disagreeing-plans.ts';
import { judge } from './policy/evaluate.ts';
import { ownershipNotes } from './policy/ownership-notes.ts';
import { buildReport } from './policy/report.ts';
import { reportKey } from './policy/report-key.ts';
import { toldByPlans } from './policy/told-by-plans.ts';
import { unseenEnds } from './policy/unseen-ends.ts';
import { reconcile } from './reconcile/reconcile.ts';

/** Who looks and judges: told in inventories and reports. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** How to judge; durations in milliseconds. */
export interface AssessOptions {
  readonly estate: Estate;
  readonly graceMs: number;
  readonly asOf: Instant;
  readonly tool: Tool;
  /** What somebody answers for, beside the comments that the inventory's configuration carries. */
  readonly acceptances?: Acceptances;
  /** Ids of all rules that there are, those that are switched off too; without it those that judge. */
  readonly knownRules?: readonly string[];
  /** The change that the gate is about; without it it is about everything. */
  readonly change?: Change;
  /** What the report is to say of how it was judged, beside all that comes up. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Judges an inventory: pure, so that a saved one gives the same bytes again. */
export function assess(inventory: Inventory, rules: readonly CompiledRule[], options: AssessOptions): Report {
  const { estate, graceMs, asOf, tool, acceptances = NOTHING_ACCEPTED, change } = options;
  const { keys, diagnostics } = reconcile(inventory, { estate, graceMs, secondLook: 'required' });
  const shown: ReportKey[] = [];
  const gone = change === undefined ? [] : removedCoverage(change, inventory.facts, inventory.coverage);
  const lost = new Set(gone.map(({ locator = '' }) => locator));
  const formerly = change === undefined ? undefined : formerStatesTold({ ...change, ...inventory, gone: lost });
  const strays = change === undefined ? [] : strayStates(inventory, change);
  const ledAway = change === undefined ? [] : ledElsewhereCoverage(change, inventory);
  const overtaken = change === undefined ? [] : overtakenStates(inventory, change);
  const removed = [...gone, ...strays, ...ledAway, ...overtaken, ...(formerly?.coverage ?? [])];
  const requested = [...new Set([...inventory.header.requested, ...removed.map(({ source }) => source)])];
  const header = { ...inventory.header, estate, graceMs, asOf, requested };
  const { facts } = inventory;
  const planned = toldByPlans(inventory.coverage);
  const told = change === undefined ? planned : gapsMarkedOutside(planned, change, facts);
  const coverageOf = (unseen: readonly Coverage[]): Covered =>
    coveredBy(header, [...told, ...removed, ...unseen], acceptances.gaps, asOf);
  const covered = coverageOf([]);
  const known = new Set(options.knownRules ?? rules.map(({ rule }) => rule.id));
  const judging = rules.map(({ rule }) => rule);
  const byAcceptance = findingMarking(acceptances, { header, facts, covered, rules: judging, known, asOf });
  const marking =
    change === undefined ? byAcceptance : markOutsideChange(byAcceptance, change, { ...inventory, rules: judging });
  const disagreeing = disagreements();
  const judgement = judge(rules, eachShown(keys, shown, disagreeing), { asOf, estate }, marking);
  const marked = byAcceptance.result();
  // Known only now, that all keys are shown.
  const unseen = unseenEnds(shown);
  return buildReport({
    inventory: { ...inventory, header },
    keys: shown,
    judgement,
    covered: unseen.length === 0 ? covered : coverageOf(unseen),
    ...marked,
    ...(change === undefined ? {} : { change }),
    uncompared: uncomparedRoots(inventory, change),
    diagnostics: [
      ...(options.diagnostics ?? []),
      ...(change === undefined
        ? []
        : [
            ...alterations(change),
            ...commentAlterations(change, facts, judgement.findings),
            ...overlookedNotes(change, facts),
          ]),
      ...(formerly?.diagnostics ?? []),
      ...ownershipNotes(header.ownership, shown),
      ...diagnostics,
      ...disagreeing.notes(),
      ...marked.diagnostics,
    ],
    tool,
  });
}

/** What is laid beside each other to tell what a change does. */
interface Compared {
  readonly now: Inventory;
  readonly before: Inventory;
  /** Files that were not there before, those that are not any more, and what is another kind of thing now. */
  readonly appeared: ReadonlySet<string>;
}

/**
 * Keys in states of which a change has it that nobody can tell what it does to them, and those of which it alters what decides that, in
 * the order of their records.
 * `before` is the same inventory with what was declared before the change.
 */
export function unjudgedBy(
  change: Change,
  { now, before, appeared }: Compared,
  rules: readonly CompiledRule[],
  { estate, graceMs, asOf }: Pick<AssessOptions, 'estate' | 'graceMs' | 'asOf'>,
): readonly Unjudged[] {
  const keysOf = (inventory: Inventory, touching: { readonly change?: Change }): ReadonlyMap<string, Unjudged> => {
    const { keys } = reconcile(inventory, { estate, graceMs, secondLook: 'required' });
    return unjudgedKeys(rules, keys, { asOf, estate }, { ...inventory, ...touching });
  };
  const then = { ...before, header: now.header };
  const was = keysOf(then, {});
  const unjudged = [...keysOf(now, { change }).values()].filter(({ key }) => !was.has(key));
  const known = new Set(unjudged.map(({ key }) => key));
  const recordsOf = (inventory: Inventory): Iterable<KeyRecord> =>
    reconcile(inventory, { estate, graceMs, secondLook: 'required' }).keys;
  const altered = alteredKeys(
    change,
    { now: { keys: recordsOf(now), ...now }, before: { keys: recordsOf(then), ...before } },
    appeared,
  );
  const ended = endedInShared(change, { now, before: then }, recordsOf);
  return [...unjudged, ...altered.filter(({ key }) => !known.has(key)), ...ended.filter(({ key }) => !known.has(key))];
}

/** Key by key: each record is shown and judged, then let go, for all of a large estate at once would not fit. */
function* eachShown(keys: Iterable<KeyRecord>, shown: ReportKey[], disagreeing: Disagreements): Generator<KeyRecord> {
  for (const record of keys) {
    disagreeing.add(record);
    shown.push(reportKey(record));
    yield record;
  }
}
