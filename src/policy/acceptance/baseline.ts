import type { Acceptance, HeldBaseline, Lapsed } from '../../model/acceptance.ts';
import type { StaleEntry } from '../../model/baseline.ts';
import type { Diagnostic } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import { plural } from '../../model/plural.ts';
import type { Finding, Report } from '../../model/report.ts';
import { severityRank } from '../../model/rule.ts';
import { type AbsenceProof, isRuledOut, type KeyVerdicts } from './absence.ts';

/** An entry, and what is known of its finding so far. */
interface Known {
  readonly entry: StaleEntry;
  /** `unseen`: nothing was said of its key. `kept`: the finding is there, or nobody could say that it is not. */
  fate: 'unseen' | 'kept' | 'gone';
}

/** A baseline at work. */
export interface KnownFindings {
  readonly path: string;
  readonly byFingerprint: ReadonlyMap<string, Known>;
  readonly byKey: ReadonlyMap<string, readonly Known[]>;
}

export function knownFindings({ path, entries }: HeldBaseline): KnownFindings {
  const known = entries.map((entry): Known => ({ entry, fate: 'unseen' }));
  return {
    path,
    byFingerprint: new Map(known.map((one) => [one.entry.fingerprint, one])),
    byKey: grouped(known, ({ entry }) => entry.key),
  };
}

/** What the baseline makes of a finding: it is known, or was, and has become worse. */
export function baselined(
  { path, byFingerprint }: KnownFindings,
  { fingerprint, severity }: Pick<Finding, 'fingerprint' | 'severity'>,
): { readonly by?: Acceptance; readonly outgrown?: Lapsed } {
  const known = byFingerprint.get(fingerprint);
  if (known === undefined) return {};
  known.fate = 'kept';
  const { entry } = known;
  const reason = entry.reason ?? `known since ${entry.since}`;
  const by: Acceptance = { by: 'baseline', reason, place: { path, line: entry.line } };
  if (severityRank(severity) >= severityRank(entry.severity)) return { by };
  return { outgrown: { ...by, because: `it was ${entry.severity} when it was taken in` } };
}

/** To be told of each key once all rules judged it: entries of it that no finding fits may be gone. */
export function noteJudged(
  known: readonly Known[],
  record: KeyRecord,
  verdicts: KeyVerdicts,
  proof: AbsenceProof,
): void {
  for (const one of known) {
    if (one.fate !== 'unseen') continue;
    one.fate = isRuledOut(one.entry, record, verdicts, proof) ? 'gone' : 'kept';
  }
}

/** The baseline as the report has it: what is left of it that is for nothing. To be asked for once all keys were judged. */
export function baselineResult(
  { path, byFingerprint }: KnownFindings,
  proof: AbsenceProof,
): NonNullable<Report['baseline']> {
  const all = [...byFingerprint.values()];
  const stale = all.filter(({ fate, entry }) => fate === 'gone' || (fate === 'unseen' && proof.isGone(entry)));
  return { path, entries: all.length, stale: stale.map(({ entry }) => entry) };
}

/** One line for all of them: the report lists each. */
export function baselineNotes({ path, entries, stale }: NonNullable<Report['baseline']>): readonly Diagnostic[] {
  if (stale.length === 0) return [];
  const gone = `${stale.length} of ${plural(entries, 'known finding')} ${stale.length === 1 ? 'is' : 'are'} gone`;
  return [
    {
      level: 'warning',
      source: 'baseline',
      message: `${path}: ${gone}: keydrift baseline prune takes them out`,
    },
  ];
}
