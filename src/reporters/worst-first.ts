import { counts } from '../model/counting.ts';
import { inTurn } from '../model/order.ts';
import type { Finding } from '../model/report.ts';
import { severityRank } from '../model/rule.ts';

/**
 * Open findings of the change, then open ones outside of it, then those that somebody answers for; the worst of each
 * first. Where a format has a limit, what counts least is left out.
 */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    inTurn(
      (a, b) => concern(a) - concern(b),
      (a, b) => severityRank(a.severity) - severityRank(b.severity),
    ),
  );

/** 0 concerns most. */
const concern = (finding: Finding): number => (counts(finding) ? 0 : isOpen(finding) ? 1 : 2);

export const isOpen = ({ status }: Pick<Finding, 'status'>): boolean => status === 'open';
