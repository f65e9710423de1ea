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
const concern = ({ status, outsideChange }: Finding): number => (status !== 'open' ? 2 : outsideChange ? 1 : 0);

export const isOpen = ({ status }: Pick<Finding, 'status'>): boolean => status === 'open';
