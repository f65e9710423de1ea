import type { Report } from '../../model/report.ts';
import { daysBetween, type Instant } from '../../model/time.ts';
import { flow } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, day, minute } from '../words.ts';
import type { Page } from './page.ts';

/** More than these are counted instead of named. */
const NAMED_ACCOUNTS = 2;
const NAMED_REGIONS = 4;

/** Who looked, where, over which time, by which claim and when: one line, or as many as it takes. */
export function headerLines(report: Report, page: Page): string[] {
  const { scan, tool } = report;
  const parts = [
    plainText(`${tool.name} ${tool.version}`),
    ...named(
      scan.scope.map(({ account }) => account),
      NAMED_ACCOUNTS,
      'accounts',
    ),
    ...named(
      scan.scope.map(({ region }) => region),
      NAMED_REGIONS,
      'Regions',
    ),
    ...(scan.requested.includes('kms') ? askedOfAws(report) : ['without AWS', `read ${minute(scan.finishedAt)}`]),
    ...changeOf(scan),
  ];
  return flow(parts, '  ', page.width).map((line, at) => (at === 0 ? page.strong(line) : line));
}

const askedOfAws = (report: Report): readonly string[] => {
  const { scan } = report;
  return [
    scan.window === null ? 'no records asked for' : `records ${day(recordsBegin(report))} … ${day(scan.window.end)}`,
    `estate ${scan.estate}`,
    lookedAt(scan),
  ];
};

/** What the gate is about, where that is a change. */
const changeOf = ({ change }: Report['scan']): readonly string[] =>
  change === undefined ? [] : [`change since ${plainText(change.since)}: ${count(change.files, 'file')}`];

/** When KMS was looked at, and how old that is where it is judged a day or more later. */
function lookedAt({ finishedAt, asOf }: Report['scan']): string {
  const age = daysBetween(finishedAt, asOf);
  return age < 1 ? `looked ${minute(finishedAt)}` : `looked ${minute(finishedAt)}, ${count(age, 'day')} ago`;
}

/** Where reading began: CloudTrail keeps 90 days, whatever window is asked for. */
function recordsBegin({ scan, coverage }: Report): Instant {
  const begins = coverage.flatMap(({ operation, window }) =>
    operation === 'CreateKey' && window ? [window.start] : [],
  );
  return begins.sort()[0] ?? scan.window?.start ?? scan.startedAt;
}

function named(values: readonly string[], most: number, noun: string): string[] {
  const distinct = [...new Set(values)].sort();
  if (distinct.length === 0) return [];
  return [distinct.length > most ? `${distinct.length} ${noun}` : plainText(distinct.join(' '))];
}
