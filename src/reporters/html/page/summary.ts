import { totalOf } from '../../../model/counting.ts';
import type { CountedAs } from '../../../model/finding-status.ts';
import type { Report } from '../../../model/report.ts';
import { SEVERITIES } from '../../../model/rule.ts';
import { count, digits } from '../../table/words.ts';
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

/** Rounded down: 100 % is said only of all. */
function codeShare({ summary, scan }: Report): Element {
  const { managed, unmanaged, unclaimed } = summary.standings;
  const all = managed + unmanaged + unclaimed;
  const share = summary.iacCoverage;
  const [number, says] =
    share === null
      ? ['–', scan.complete || all === 0 ? 'there is no key to be in code' : 'unknown: the scan is incomplete']
      : [`${Math.floor(share * 100)} %`, `${digits(managed)} of ${count(all, 'key')}`];
  return h(
    'figure',
    { class: 'share' },
    h('figcaption', {}, 'In code'),
    h('p', { class: 'number' }, number),
    h('p', { class: 'says' }, says),
  );
}
