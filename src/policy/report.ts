import { type Coverage, coverageSchema, type Diagnostic, diagnosticSchema, SOURCES } from '../model/coverage.ts';
import type { Inventory } from '../model/inventory.ts';
import { realmKey } from '../model/key-arn.ts';
import { STANDINGS } from '../model/key-record.ts';
import { by, sortedDistinct } from '../model/order.ts';
import { REPORT_SCHEMA_VERSION, type Report, type ReportKey, type RuleResult } from '../model/report.ts';
import { SEVERITIES } from '../model/rule.ts';
import { isComplete, withSilences } from './completeness.ts';
import { type Judgement, mostFrequentFirst, worstFirst } from './evaluate.ts';
import { inOrder } from './in-order.ts';
import { unseenEnds } from './unseen-ends.ts';

/** Everything that a report is made from. */
export interface ReportInput {
  readonly inventory: Inventory;
  /** As reportKey tells them. */
  readonly keys: readonly ReportKey[];
  readonly judgement: Judgement;
  /** What came up after the inventory was made; the inventory's own are added. */
  readonly diagnostics: readonly Diagnostic[];
  readonly tool: Report['tool'];
}

/** The report of a scan. Sorted throughout: facts in any order give the same bytes. */
export function buildReport({ inventory, keys, judgement, diagnostics, tool }: ReportInput): Report {
  const { header } = inventory;
  const coverage = [...withSilences(header, inventory.coverage), ...unseenEnds(keys)];
  const complete = isComplete(header, coverage);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    scan: {
      startedAt: header.startedAt,
      finishedAt: header.finishedAt,
      asOf: header.asOf,
      window: header.window && { start: header.window.start, end: header.window.end },
      estate: header.estate,
      complete,
      scope: [...header.scope].sort(by(realmKey)),
      requested: SOURCES.filter((source) => header.requested.includes(source)),
    },
    summary: summarise(keys, judgement, complete),
    coverage: sortedDistinct(coverage.map((entry) => inOrder(COVERAGE_FIELDS, entry))),
    rules: judgement.rules.map(sortedReasons).sort(by(({ id }) => id)),
    keys: [...keys].sort(by(({ id }) => id)),
    findings: [...judgement.findings].sort(worstFirst),
    diagnostics: sortedDistinct(
      [...inventory.diagnostics, ...diagnostics].map((entry) => inOrder(DIAGNOSTIC_FIELDS, entry)),
    ),
  };
}

const COVERAGE_FIELDS = Object.keys(coverageSchema.shape) as (keyof Coverage)[];
const DIAGNOSTIC_FIELDS = Object.keys(diagnosticSchema.shape) as (keyof Diagnostic)[];

const sortedReasons = (rule: RuleResult): RuleResult => ({
  ...rule,
  reasons: [...rule.reasons].sort(mostFrequentFirst),
});

function summarise(keys: readonly ReportKey[], judgement: ReportInput['judgement'], complete: boolean) {
  const standings = tally(
    STANDINGS,
    keys.map(({ standing }) => standing),
  );
  const open = judgement.findings.filter(({ status }) => status === 'open');
  return {
    keys: keys.length,
    standings,
    findings: tally(
      SEVERITIES,
      open.map(({ severity }) => severity),
    ),
    iacCoverage: complete ? iacCoverage(standings) : null,
    notJudged: judgement.notJudged,
    ...weaklyOwned(keys),
  };
}

function weaklyOwned(keys: readonly ReportKey[]): { readonly weaklyOwned?: number } {
  const claimed = keys.filter(
    ({ standing, owners }) =>
      (standing === 'unmanaged' || standing === 'unclaimed') && owners?.some(({ strength }) => strength === 'weak'),
  );
  return claimed.length === 0 ? {} : { weaklyOwned: claimed.length };
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
