import { totalOf } from '../../model/counting.ts';
import { gapsOf, isOutsideGap, isUnanswered } from '../../model/gaps.ts';
import type { Report } from '../../model/report.ts';
import { SEVERITIES } from '../../model/rule.ts';
import { flow, wrap } from '../cells.ts';
import { codeShareOf } from '../code-share.ts';
import { plainText } from '../plain-text.ts';
import { STANDING_ORDER } from '../standing-order.ts';
import { count, digits } from '../words.ts';
import { beside, INDENT } from './layout.ts';
import { expectedRows } from './not-judged.ts';
import type { Page } from './page.ts';
import { planTexts } from './planned.ts';
import { stateTexts } from './states.ts';
import { unseenOf, unseenText } from './unseen.ts';

const LABEL_WIDTH = 12;

/** The answer at a glance: findings, keys, share in code, coverage, and what that rests on. */
export function summaryLines(report: Report, page: Page): string[] {
  return [
    ...summaryRows(report, page).flatMap(([label, parts]) => labelled(label, parts, page)),
    ...quietRow('states', stateTexts(report, roomOf(page), page.limit), page),
    ...quietRow('plans', planTexts(report, roomOf(page)), page),
    ...expectedRows(report).flatMap(([label, text]) => quietRow(label, wrap(text, roomOf(page)), page)),
  ];
}

/** The answer itself, as labels and parts. */
export const summaryRows = (report: Report, page: Page): (readonly [label: string, parts: readonly string[]])[] => [
  ['findings', findingCounts(report, page)],
  ['keys', keyCounts(report)],
  ['', notLookedAt(report, page)],
  ['in code', codeShare(report)],
  ['coverage', coverageText(report, page)],
];

const roomOf = ({ width }: Page): number => width - LABEL_WIDTH - INDENT.length;

function labelled(label: string, parts: readonly string[], page: Page): string[] {
  return beside(label, LABEL_WIDTH, flow(parts, ' · ', roomOf(page)), page);
}

const quietRow = (label: string, lines: readonly string[], page: Page): string[] =>
  beside(label, LABEL_WIDTH, lines.map(page.quiet), page);

function notLookedAt(report: Report, page: Page): string[] {
  const unseen = unseenOf(report);
  return unseen === undefined ? [] : wrap(unseenText(unseen), roomOf(page)).map(page.loud);
}

function findingCounts({ summary }: Report, page: Page): string[] {
  const outside = totalOf(summary.outsideChange);
  const open = SEVERITIES.flatMap((severity) => {
    const number = summary.findings[severity];
    return number === 0 ? [] : [page.severity[severity](`${digits(number)} ${severity}`)];
  });
  const elsewhere = outside === 0 ? [] : [page.quiet(`${digits(outside)} outside the change`)];
  const silenced = (['baselined', 'suppressed'] as const).flatMap((status) => {
    const number = summary[status];
    return number === undefined ? [] : [page.quiet(`${digits(number)} ${status}`)];
  });
  const hint = silenced.length === 0 || page.showSuppressed ? [] : [page.quiet('--show-suppressed lists them')];
  return [...(open.length === 0 ? ['none'] : open), ...elsewhere, ...silenced, ...hint];
}

function keyCounts({ summary, scan }: Report): string[] {
  // Without KMS next to nothing can be said of how a key stands, and nobody asked.
  const told = scan.requested.includes('kms')
    ? STANDING_ORDER
    : STANDING_ORDER.filter((each) => each !== 'undetermined');
  const standings = told.filter((standing) => summary.standings[standing] > 0);
  const counts = standings.map((standing) => `${digits(summary.standings[standing])} ${standing}`);
  const weak =
    summary.weaklyOwned === undefined ? [] : [`${digits(summary.weaklyOwned)} claimed by tag or alias alone`];
  return summary.keys === 0 ? ['none'] : [`${digits(summary.keys)} in all`, ...counts, ...notOurs(summary), ...weak];
}

function notOurs({ notOurs: left }: Report['summary']): string[] {
  if (left === undefined) return [];
  const words = [
    ...(left.place === 0 ? [] : [`${digits(left.place)} by account or Region`]),
    ...(left.owner === 0 ? [] : [`${digits(left.owner)} by whose they are`]),
  ];
  return [`left out by ownership: ${words.join(', ')}`];
}

function codeShare(report: Report): string[] {
  const { managed, unmanaged, unclaimed } = report.summary.standings;
  if (managed + unmanaged + unclaimed === 0) return [];
  const { percent, says } = codeShareOf(report);
  return [percent === null ? says : `${percent} (${says})`];
}

function coverageText(report: Report, page: Page): string[] {
  const asked = `asked: ${plainText(report.scan.requested.join(', ')) || 'nothing'}`;
  const groups = gapsOf(report);
  const gaps = groups.filter(isUnanswered).length;
  const outside = groups.filter(isOutsideGap).length;
  const accepted = groups.length - gaps - outside;
  const uncounted = [
    ...(outside === 0 ? [] : [`${count(outside, 'gap')} outside the change: see NOT COVERED`]),
    ...(accepted === 0 ? [] : [`${count(accepted, 'accepted gap')}: see ACCEPTED GAPS`]),
  ];
  if (!report.scan.complete)
    return [page.loud(`INCOMPLETE, ${count(gaps, 'gap')}: see NOT COVERED`), ...uncounted, asked];
  if (uncounted.length === 0) return [page.good('complete'), asked];
  return [accepted === 0 ? 'complete for the change' : 'complete but for what is accepted', ...uncounted, asked];
}
