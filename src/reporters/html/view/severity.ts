import type { Finding } from '../../../model/report.ts';
import { type Child, type Element, h } from '../node.ts';

/** The severity in words, its weight in the label's look. */
export const severityLabel = (severity: string): Element => h('span', { class: `severity ${severity}` }, severity);

/** How a finding counts where it does not simply count. */
export interface Counting {
  readonly status: string;
  /** Somebody answered for it, and no longer does. */
  readonly isLapsed: boolean;
  readonly outsideChange: boolean;
}

export const countingOf = ({ status, lapsed, outsideChange }: Finding): Counting => ({
  status,
  isLapsed: lapsed !== undefined,
  outsideChange: outsideChange === true,
});

/** What else is to be said of how a finding counts, nothing of one that is open and no more. */
export const labels = ({ status, isLapsed, outsideChange }: Counting): Child[] => [
  status === 'open' ? null : [' ', h('span', { class: 'status' }, status)],
  isLapsed ? [' ', h('span', { class: 'status lapsed' }, 'no longer accepted')] : null,
  outsideChange ? [' ', h('span', { class: 'status' }, 'outside the change')] : null,
];
