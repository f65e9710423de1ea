import { type Gap, gapsOf, isUnanswered } from '../../model/gaps.ts';
import { grouped } from '../../model/grouped.ts';
import type { Report } from '../../model/report.ts';
import { flow, wrap } from '../cells.ts';
import { answeredTexts, needsText } from '../gap-words.ts';
import { plainText } from '../plain-text.ts';
import { count, digits } from '../words.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';

/** NOT COVERED: where nobody looked, or nobody answered. Then the same of what somebody answers for. */
export function* gapLines(report: Report, page: Page): Iterable<string> {
  const groups = gapsOf(report);
  const accepted = groups.filter((group) => !isUnanswered(group));
  yield* section('NOT COVERED', groups.filter(isUnanswered), page);
  yield* section('ACCEPTED GAPS', accepted, page);
}

function* section(title: string, gaps: readonly Gap[], page: Page): Iterable<string> {
  if (gaps.length === 0) return;
  yield '';
  yield `${page.strong(title)}  what these would have said is unknown, not clean`;
  for (const gap of gaps.slice(0, page.limit)) yield* oneGap(gap, page);
  if (gaps.length > page.limit) yield `${INDENT}… and ${count(gaps.length - page.limit, 'more gap')} (--all)`;
}

function* oneGap({ entry, locators, reasons, ...answered }: Gap, page: Page): Iterable<string> {
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
  const told = [folded(reasons).join('; ') + needsText(entry), ...answeredTexts(answered)];
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
