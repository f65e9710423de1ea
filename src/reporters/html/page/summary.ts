import { totalOf } from '../../../model/counting.ts';
import type { CountedAs } from '../../../model/finding-status.ts';
import type { Report } from '../../../model/report.ts';
import { SEVERITIES } from '../../../model/rule.ts';
import { codeShareOf } from '../../code-share.ts';
import { count, digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import { inLink } from '../rows.ts';
import { standingsFigure } from './standings.ts';
import { timeline } from './timeline.ts';

/** The numbers behind the verdict: findings by severity, keys in code, how keys stand. */
export const summary = (report: Report): Element =>
  h(
    'section',
    { class: 'summary', id: 'summary', 'aria-labelledby': 'summary-title' },
    h('h2', { id: 'summary-title', class: 'unseen', tabindex: -1 }, 'Summary'),
    h(
      'ul',
      { class: 'severities' },
      SEVERITIES.map((severity) => tile(severity, report.summary.findings[severity])),
    ),
    accepted(report),
    h('div', { class: 'figures' }, codeShare(report), standingsFigure(report), timeline(report)),
  );

const tile = (severity: string, number: number): Element =>
  h(
    'li',
    { class: number === 0 ? `${severity} zero` : severity },
    h(
      'a',
      { href: `#view=findings&severity=${severity}` },
      h('span', { class: 'number' }, digits(number)),
      ' ',
      h('span', { class: 'label' }, severity),
    ),
  );

/** What is known and answered for, and what the change that was asked about has no part in. */
function accepted({ summary }: Report): Child {
  const parts: readonly Child[] = [
    statusLink(summary.baselined, 'baselined'),
    statusLink(summary.suppressed, 'suppressed'),
    statusLink(summary.outsideChange && totalOf(summary.outsideChange), 'outside-change', 'outside the change'),
    summary.acceptedGaps === undefined ? null : `${count(summary.acceptedGaps, 'accepted gap')}`,
    summary.outsideGaps === undefined ? null : `${count(summary.outsideGaps, 'gap')} outside the change`,
    summary.weaklyOwned === undefined ? null : `${count(summary.weaklyOwned, 'key')} claimed by tag or alias alone`,
    summary.notJudged === 0 ? null : `${count(summary.notJudged, 'key')} not judged by every rule`,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? null
    : h(
        'ul',
        { class: 'beside' },
        parts.map((part) => h('li', {}, part)),
      );
}

const statusLink = (number: number | undefined, status: CountedAs, words: string = status): Child =>
  number === undefined
    ? null
    : h('a', { href: `#view=findings&status=${inLink(status)}` }, `${digits(number)} ${words}`);

function codeShare(report: Report): Element {
  const { percent, says } = codeShareOf(report);
  return h(
    'figure',
    { class: 'share' },
    h('figcaption', {}, 'In code'),
    h('p', { class: 'number' }, percent ?? '–'),
    h('p', { class: 'says' }, says),
  );
}
