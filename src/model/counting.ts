import type { Finding } from './report.ts';
import { type FailOn, type Severity, severityRank } from './rule.ts';

/** Whether the gate counts a finding: nobody answers for it, and it is part of the change where the gate is about one. */
export const counts = ({ status, outsideChange }: Pick<Finding, 'status' | 'outsideChange'>): boolean =>
  status === 'open' && outsideChange !== true;

/** Whether a finding of this severity fails the gate, where it counts. */
export const failsAt = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== 'never' && severityRank(severity) <= severityRank(failOn);
