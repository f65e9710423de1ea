import { countedAs } from '../../../model/finding-status.ts';
import type { Finding } from '../../../model/report.ts';
import { type Child, type Element, h } from '../node.ts';

/** The severity in words, its weight in the label's look. */
export const severityLabel = (severity: string): Element => h('span', { class: `severity ${severity}` }, severity);

/** How a finding counts where it does not simply count. */
export interface Counting {
  /** As the gate takes it. */
  readonly status: string;
  /** Somebody answered for it, and no longer does. */
  readonly isLapsed: boolean;
}

export const countingOf = (finding: Finding): Counting => ({
  status: countedAs(finding),
  isLapsed: finding.lapsed !== undefined,
});

/** What else is to be said of how a finding counts, nothing of one that is open and no more. */
export const labels = ({ status, isLapsed }: Counting): Child[] => [
  status === 'open'
    ? null
    : [' ', h('span', { class: 'status' }, status === 'outside-change' ? 'outside the change' : status)],
  isLapsed ? [' ', h('span', { class: 'status lapsed' }, 'no longer accepted')] : null,
];
