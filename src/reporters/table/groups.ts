import { counts } from '../../model/counting.ts';
import { grouped } from '../../model/grouped.ts';
import type { Finding, Report, ReportKey } from '../../model/report.ts';
import { severityRank } from '../../model/rule.ts';

/** The open findings on one key, worst first. */
export interface Group {
  readonly key: ReportKey;
  readonly lead: Finding;
  readonly findings: readonly Finding[];
}

/** Groups whose worst finding is of one rule and severity, as many as are shown, and how many are not. */
export interface Batch {
  readonly lead: Pick<Finding, 'rule' | 'severity'>;
  readonly shown: readonly Group[];
  readonly hidden: number;
}

/** Findings below medium are told in one line each, unless all is wanted. */
export const isBrief = ({ severity }: Pick<Finding, 'severity'>, limit: number): boolean =>
  Number.isFinite(limit) && severityRank(severity) > severityRank('medium');

/** Open findings by key, the worst key first, cut into batches of one rule and severity; of a change what is part of it. */
export function batchesOf(report: Report, limit: number): Batch[] {
  const open = report.findings.filter(counts);
  const byKey = grouped(open, ({ key }) => key);
  const keys = new Map(report.keys.filter(({ id }) => byKey.has(id)).map((key) => [key.id, key]));
  const batches = new Map<string, { lead: Finding; shown: Group[]; hidden: number }>();
  for (const [id, [lead, ...others]] of byKey) {
    const key = keys.get(id);
    if (key === undefined)
      throw new Error(`a finding of ${lead.rule} names a key that the report does not hold: ${id}`);
    const name = `${lead.severity} ${lead.rule}`;
    const batch = batches.get(name) ?? { lead, shown: [], hidden: 0 };
    if (batch.shown.length < limit) batch.shown.push({ key, lead, findings: [lead, ...others] });
    else batch.hidden += 1;
    batches.set(name, batch);
  }
  return [...batches.values()];
}
