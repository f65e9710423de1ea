import { type Gap, gapsOf, isOutsideGap, isUnanswered } from '../../model/gaps.ts';
import { grouped } from '../../model/grouped.ts';
import type { Report } from '../../model/report.ts';
import { flow, wrap } from '../cells.ts';
import { answeredTexts, needsText } from '../gap-words.ts';
import { plainText } from '../plain-text.ts';
import { count, digits } from '../words.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';

/** NOT COVERED: where nobody looked, or nobody answered. Then the same of what is no part of a change, and of what somebody answers for. */
export function* gapLines(report: Report, page: Page): Iterable<string> {
  const groups = gapsOf(report);
  const accepted = groups.filter((group) => group.accepted !== undefined);
  yield* section('NOT COVERED', UNKNOWN, groups.filter(isUnanswered), page);
  yield* section('NOT COVERED, OUTSIDE THE CHANGE', OUTSIDE, groups.filter(isOutsideGap), page);
  yield* section('ACCEPTED GAPS', UNKNOWN, accepted, page);
}

const UNKNOWN = 'what these would have said is unknown, not clean';
const OUTSIDE = 'the change touches none of these roots';

function* section(title: string, says: string, gaps: readonly Gap[], page: Page): Iterable<string> {
  if (gaps.length === 0) return;
  yield '';
  yield `${page.strong(title)}  ${says}`;
  for (const gap of gaps.slice(0, page.limit)) yield* oneGap(gap, page);
  if (gaps.length > page.limit) yield `${INDENT}… and ${count(gaps.length - page.limit, 'more gap')} (--all)`;
}

function* oneGap({ entry, locators, reasons, accepted, lapsed }: Gap, page: Page): Iterable<string> {
  const first = locators[0];
  const realm = first?.startsWith('arn:') === true ? [] : [entry.account, entry.region];
  const where = [entry.source, entry.operation, ...realm].filter((part) => part !== undefined);
  const what =
    first === undefined
      ? []
      : locators.length === 1
        ? [first]
        : [`${digits(locators.length)} times, the first: ${first}`];
  yield* flow([...where, ...what].map(plainText), '  ', page.width - INDENT.length).map((line) => INDENT + line);
  const told = [folded(reasons).join('; ') + needsText(entry), ...answeredTexts({ accepted, lapsed })];
  for (const text of told) {
    yield* wrap(plainText(text), page.width - DEEPER.length).map((line) => page.quiet(DEEPER + line));
  }
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
