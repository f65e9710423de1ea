import { NOT_ASKED } from '../model/not-asked.ts';
import type { Report } from '../model/report.ts';
import { count, digits } from './words.ts';

/** How many of the keys are in code: `75 %`, or null where nobody can say, with what it is of or why not. */
export interface CodeShare {
  readonly percent: string | null;
  readonly says: string;
}

/** Rounded down: 100 % is said only of all. */
export function codeShareOf({ summary, scan }: Pick<Report, 'summary' | 'scan'>): CodeShare {
  const { managed, unmanaged, unclaimed } = summary.standings;
  const all = managed + unmanaged + unclaimed;
  if (summary.iacCoverage !== null) {
    return {
      percent: `${Math.floor(summary.iacCoverage * 100)} %`,
      says: `${digits(managed)} of ${count(all, 'key')}`,
    };
  }
  const unknown = (why: string): CodeShare => ({ percent: null, says: `unknown: ${why}` });
  if (!scan.requested.includes('kms')) return unknown(NOT_ASKED.kms);
  if (!scan.complete) return unknown('the scan is incomplete');
  if (summary.acceptedGaps !== undefined) return unknown('not everything was covered, which is accepted');
  return all === 0 ? { percent: null, says: 'there is no key to be in code' } : unknown('not everything was covered');
}
