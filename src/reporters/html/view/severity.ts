import { type Child, type Element, h } from '../node.ts';

/** The severity in words, its weight in the label's look. */
export const severityLabel = (severity: string): Element => h('span', { class: `severity ${severity}` }, severity);

/** How a finding counts where it does not simply count. */
export interface Counting {
  readonly status: string;
  readonly lapsed?: unknown;
  readonly outsideChange?: boolean | undefined;
}

/** What else is to be said of how a finding counts, nothing of one that is open and no more. */
export const labels = ({ status, lapsed, outsideChange }: Counting): Child[] => [
  status === 'open' ? null : h('span', { class: 'status' }, status),
  lapsed === undefined ? null : h('span', { class: 'status lapsed' }, 'acceptance ended'),
  outsideChange === true ? h('span', { class: 'status' }, 'outside the change') : null,
];
