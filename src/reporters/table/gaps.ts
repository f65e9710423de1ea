import type { Coverage } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import type { Report } from '../../model/report.ts';
import { flow, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { count } from './words.ts';

/** Coverage entries that lack the same thing, told once. */
export interface Gap {
  readonly entry: Coverage;
  readonly locators: readonly string[];
  /** Why, in one line each. */
  readonly reasons: readonly string[];
}

/**
 * What was asked and not answered in full, in the order of the report. Of single keys or places those that lack it for
 * the same reason are one; what was asked of a whole account and Region is one, whatever the reasons.
 */
export function gapsOf({ coverage }: Pick<Report, 'coverage'>): Gap[] {
  const incomplete = coverage.filter(({ status }) => status !== 'complete');
  const alike = grouped(incomplete, (entry) => {
    const { source, operation, account, region, permission, locator } = entry;
    return JSON.stringify([
      source,
      operation,
      account,
      region,
      permission,
      ...(locator === undefined ? [] : [reasonOf(entry)]),
    ]);
  });
  return [...alike.values()].map((entries) => ({
    entry: entries[0],
    locators: entries.map(({ locator }) => locator).filter((locator) => locator !== undefined),
    reasons: [...new Set(entries.map(reasonOf))],
  }));
}

const reasonOf = ({ reason, status }: Coverage): string =>
  reason ?? (status === 'failed' ? 'no answer' : 'answered in part');

/** NOT COVERED: where nobody looked, or nobody answered. */
export function* gapLines(report: Report, page: Page): Iterable<string> {
  const gaps = gapsOf(report);
  if (gaps.length === 0) return;
  yield '';
  yield `${page.strong('NOT COVERED')}  what these would have said is unknown, not clean`;
  for (const gap of gaps.slice(0, page.limit)) yield* oneGap(gap, page);
  if (gaps.length > page.limit) yield `${INDENT}… and ${count(gaps.length - page.limit, 'more gap')} (--all)`;
}

function* oneGap({ entry, locators, reasons }: Gap, page: Page): Iterable<string> {
  const first = locators[0];
  const realm = first?.startsWith('arn:') === true ? [] : [entry.account, entry.region];
  const where = [entry.source, entry.operation, ...realm].filter((part) => part !== undefined);
  const what =
    first === undefined ? [] : locators.length === 1 ? [first] : [`${locators.length} times, the first: ${first}`];
  yield* flow([...where, ...what].map(plainText), '  ', page.width - INDENT.length).map((line) => INDENT + line);
  const permission = entry.permission === undefined ? '' : ` (needs ${entry.permission})`;
  yield* wrap(plainText(folded(reasons).join('; ') + permission), page.width - DEEPER.length).map((line) =>
    page.quiet(DEEPER + line),
  );
}

const COUNTED = /^(.*) \((\d+ of \d+ keys)\)$/;

/** Reasons that differ by how many keys they are of, once each: `denied (4 of 4 keys, 1 of 1 keys)`. */
function folded(reasons: readonly string[]): string[] {
  const told = grouped(reasons, (reason) => COUNTED.exec(reason)?.[1] ?? reason);
  return [...told].map(([why, alike]) => {
    const counts = alike.flatMap((reason) => COUNTED.exec(reason)?.[2] ?? []);
    return counts.length === 0 ? why : `${why} (${counts.join(', ')})`;
  });
}

/** NOTES: diagnostics that may change what the reader does. */
export function* noteLines(report: Report, page: Page): Iterable<string> {
  const notes = report.diagnostics.filter(({ level }) => level !== 'info');
  if (notes.length === 0) return;
  yield '';
  yield page.strong('NOTES');
  for (const { level, source, message } of notes.slice(0, page.limit)) {
    const [first = '', ...rest] = wrap(plainText(`${level}  ${source}: ${message}`), page.width - DEEPER.length);
    yield INDENT + first;
    yield* rest.map((line) => DEEPER + line);
  }
  if (notes.length > page.limit) yield `${INDENT}… and ${count(notes.length - page.limit, 'more note')} (--all)`;
}
