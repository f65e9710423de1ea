import type { BaselineEntry } from '../../model/baseline.ts';
import type { Finding, Report } from '../../model/report.ts';

/** What a command makes of a baseline. */
export interface BaselineChange {
  readonly entries: readonly BaselineEntry[];
  readonly added: readonly BaselineEntry[];
  readonly removed: readonly BaselineEntry[];
  /** Entries as they are now, of findings that have another severity than when they were taken in. */
  readonly renewed: readonly BaselineEntry[];
}

/** Which findings are taken in, and why. */
export interface TakenIn {
  /** Ids; empty for all. */
  readonly rules: readonly string[];
  readonly reason: string | undefined;
}

/**
 * The entries with every finding of the report that nobody suppresses: those that are there keep their day and reason,
 * and get the severity that they have now. Nothing is taken out.
 */
export function taken(before: readonly BaselineEntry[], report: Report, { rules, reason }: TakenIn): BaselineChange {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const found = report.findings.filter(
    ({ status, rule }) => status !== 'suppressed' && (rules.length === 0 || rules.includes(rule)),
  );
  const severities = new Map(found.map(({ fingerprint, severity }) => [fingerprint, severity]));
  const since = report.scan.asOf.slice(0, 10);
  const added = found
    .filter(({ fingerprint }) => !known.has(fingerprint))
    .map((finding) => entryOf(finding, since, reason));
  const kept = before.map((entry) => ({ ...entry, severity: severities.get(entry.fingerprint) ?? entry.severity }));
  const renewed = kept.filter(({ severity }, at) => severity !== before[at]?.severity);
  return { entries: [...kept, ...added], added, removed: [], renewed };
}

const entryOf = (
  { rule, key, attribute, severity, fingerprint }: Finding,
  since: string,
  reason: string | undefined,
): BaselineEntry => ({
  rule,
  key,
  ...(attribute === undefined ? {} : { attribute }),
  severity,
  since,
  ...(reason === undefined ? {} : { reason }),
  fingerprint,
});

/** The entries without those whose findings the report proves to be gone. */
export function pruned(
  before: readonly BaselineEntry[],
  { stale }: Pick<NonNullable<Report['baseline']>, 'stale'>,
): BaselineChange {
  const gone = new Set(stale.map(({ fingerprint }) => fingerprint));
  const removed = before.filter(({ fingerprint }) => gone.has(fingerprint));
  return {
    entries: before.filter(({ fingerprint }) => !gone.has(fingerprint)),
    added: [],
    removed,
    renewed: [],
  };
}
