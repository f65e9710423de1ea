import type { Change } from '../model/change.ts';
import { counts } from '../model/counting.ts';
import { type Diagnostic, diagnosticSchema, SOURCES } from '../model/coverage.ts';
import { isOutside } from '../model/finding-status.ts';
import { gapsOf, isOutsideGap } from '../model/gaps.ts';
import type { Inventory, InventoryHeader } from '../model/inventory.ts';
import { realmKey } from '../model/key-arn.ts';
import { NOT_OURS_BY, STANDINGS } from '../model/key-record.ts';
import { by, sortedDistinct } from '../model/order.ts';
import {
  type Finding,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCoverage,
  type ReportKey,
  type RuleResult,
  reportCoverageSchema,
} from '../model/report.ts';
import { SEVERITIES, type Severity } from '../model/rule.ts';
import type { Covered } from './acceptance/gaps.ts';
import { type Judgement, mostFrequentFirst, worstFirst } from './evaluate.ts';
import { inOrder } from './in-order.ts';

/** Everything that a report is made from. */
export interface ReportInput {
  readonly inventory: Inventory;
  /** As reportKey tells them. */
  readonly keys: readonly ReportKey[];
  readonly judgement: Judgement;
  /** What came up after the inventory was made; the inventory's own are added. */
  readonly diagnostics: readonly Diagnostic[];
  readonly covered: Covered;
  readonly baseline?: Report['baseline'];
  /** The change that the gate is about. */
  readonly change?: Change;
  /** Roots of which nothing tells what is to become of their keys. */
  readonly uncompared?: readonly string[];
  readonly tool: Report['tool'];
}

/** The report of a scan. Sorted throughout: facts in any order give the same bytes. */
export function buildReport({
  inventory,
  keys,
  judgement,
  diagnostics,
  covered,
  baseline,
  change,
  uncompared = [],
  tool,
}: ReportInput): Report {
  const { header } = inventory;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    scan: {
      startedAt: header.startedAt,
      finishedAt: header.finishedAt,
      asOf: header.asOf,
      window: header.window && { start: header.window.start, end: header.window.end },
      estate: header.estate,
      complete: covered.isComplete,
      scope: [...header.scope].sort(by(realmKey)),
      requested: SOURCES.filter((source) => header.requested.includes(source)),
      ...(change && { change: { since: change.since, base: change.base, files: change.count } }),
      ...(uncompared.length === 0 ? {} : { uncompared: [...uncompared] }),
    },
    summary: summarise(keys, judgement, { ...covered, scan: header }),
    coverage: sortedDistinct(covered.coverage.map((entry) => inOrder(COVERAGE_FIELDS, entry))),
    rules: judgement.rules.map(sortedReasons).sort(by(({ id }) => id)),
    keys: [...keys].sort(by(({ id }) => id)),
    findings: [...judgement.findings].sort(worstFirst),
    ...(baseline === undefined ? {} : { baseline }),
    diagnostics: sortedDistinct(
      [...inventory.diagnostics, ...covered.diagnostics, ...diagnostics].map((entry) =>
        inOrder(DIAGNOSTIC_FIELDS, entry),
      ),
    ),
  };
}

const COVERAGE_FIELDS = Object.keys(reportCoverageSchema.shape) as (keyof ReportCoverage)[];
const DIAGNOSTIC_FIELDS = Object.keys(diagnosticSchema.shape) as (keyof Diagnostic)[];

const sortedReasons = (rule: RuleResult): RuleResult => ({
  ...rule,
  reasons: [...rule.reasons].sort(mostFrequentFirst),
});

function summarise(
  keys: readonly ReportKey[],
  judgement: ReportInput['judgement'],
  covered: Covered & { readonly scan: Pick<InventoryHeader, 'requested'> },
) {
  const standings = tally(
    STANDINGS,
    keys.map(({ standing }) => standing),
  );
  const { findings } = judgement;
  const outside = findings.filter(isOutside);
  const gaps = gapsOf(covered);
  return {
    keys: keys.length,
    standings,
    findings: bySeverity(findings.filter(counts)),
    ...some('baselined', findings.filter(({ status }) => status === 'baselined').length),
    ...some('suppressed', findings.filter(({ status }) => status === 'suppressed').length),
    ...some('acceptedGaps', gaps.filter(({ accepted }) => accepted !== undefined).length),
    ...some('outsideGaps', gaps.filter(isOutsideGap).length),
    ...(outside.length === 0 ? {} : { outsideChange: bySeverity(outside) }),
    iacCoverage: covered.isWhole ? iacCoverage(standings) : null,
    notJudged: judgement.notJudged,
    ...weaklyOwned(keys),
    ...notOurs(keys),
  };
}

const bySeverity = (findings: readonly Finding[]): Record<Severity, number> =>
  tally(
    SEVERITIES,
    findings.map(({ severity }) => severity),
  );

/** A count that is left out where there are none. */
const some = <N extends string>(name: N, count: number): { readonly [M in N]?: number } =>
  count === 0 ? {} : ({ [name]: count } as { readonly [M in N]?: number });

function weaklyOwned(keys: readonly ReportKey[]): { readonly weaklyOwned?: number } {
  const claimed = keys.filter(
    ({ standing, owners }) =>
      (standing === 'unmanaged' || standing === 'unclaimed') && owners?.some(({ strength }) => strength === 'weak'),
  );
  return claimed.length === 0 ? {} : { weaklyOwned: claimed.length };
}

function notOurs(keys: readonly ReportKey[]): Pick<Report['summary'], 'notOurs'> {
  const why = keys.flatMap((key) => key.notOurs ?? []);
  return why.length === 0 ? {} : { notOurs: tally(NOT_OURS_BY, why) };
}

/** managed / (managed + unmanaged + unclaimed); null when there is nothing to divide. */
function iacCoverage(standings: Report['summary']['standings']): number | null {
  const all = standings.managed + standings.unmanaged + standings.unclaimed;
  return all === 0 ? null : standings.managed / all;
}

function tally<T extends string>(names: readonly T[], values: readonly T[]): Record<T, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<T, number>;
  for (const value of values) counts[value] += 1;
  return counts;
}
