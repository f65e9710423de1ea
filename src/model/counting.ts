import { countedAs } from './finding-status.ts';
import type { Finding } from './report.ts';
import { type FailOn, SEVERITIES, type Severity, severityRank } from './rule.ts';

/** Whether the gate counts a finding: nobody answers for it, and it is part of the change where the gate is about one. */
export const counts = (finding: Pick<Finding, 'status' | 'outsideChange'>): boolean => countedAs(finding) === 'open';

/** Whether a finding of this severity fails the gate, where it counts. */
export const failsAt = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== 'never' && severityRank(severity) <= severityRank(failOn);

/** Of all severities; 0 where the report leaves the count out. */
export const totalOf = (counted: Readonly<Record<Severity, number>> | undefined): number =>
  counted === undefined ? 0 : SEVERITIES.reduce((sum, severity) => sum + counted[severity], 0);
