import type { Coverage } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import { by, inTurn } from '../../model/order.ts';
import type { Report } from '../../model/report.ts';
import { cut, flow, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';
import { count, digits } from './words.ts';

/** Coverage entries that lack the same thing for the same reason, told once. */
export interface Gap {
  readonly entry: Coverage;
  readonly locators: readonly string[];
}

/** Rules that need a creation record cannot judge older keys: each scan has such reasons, and few read them. */
const NAMED_REASONS = 3;

/** What was asked and not answered in full, equal gaps together; in the order of the report. */
export function gapsOf({ coverage }: Report): Gap[] {
  const incomplete = coverage.filter(({ status }) => status !== 'complete');
  const alike = grouped(incomplete, ({ source, operation, account, region, status, reason, permission }) =>
    JSON.stringify([source, operation, account, region, status, reason, permission]),
  );
  return [...alike.values()].map((entries) => ({
    entry: entries[0],
    locators: entries.map(({ locator }) => locator).filter((locator) => locator !== undefined),
  }));
}

/** NOT COVERED: where nobody looked, or nobody answered. */
export function* gapLines(report: Report, page: Page): Iterable<string> {
  const gaps = gapsOf(report);
  if (gaps.length === 0) return;
  yield '';
  yield `${page.strong('NOT COVERED')}  what these would have said is unknown, not clean`;
  for (const gap of gaps.slice(0, page.limit)) yield* oneGap(gap, page);
  if (gaps.length > page.limit) yield `${INDENT}… and ${count(gaps.length - page.limit, 'more gap')} (--all)`;
}

function* oneGap({ entry, locators }: Gap, page: Page): Iterable<string> {
  const first = locators[0];
  const realm = first?.startsWith('arn:') === true ? [] : [entry.account, entry.region];
  const where = [entry.source, entry.operation, ...realm].filter((part) => part !== undefined);
  const what =
    first === undefined ? [] : locators.length === 1 ? [first] : [`${locators.length} times, the first: ${first}`];
  yield* flow([...where, ...what].map(plainText), '  ', page.width - INDENT.length).map((line) => INDENT + line);
  const reason = entry.reason ?? (entry.status === 'failed' ? 'no answer' : 'answered in part');
  const permission = entry.permission === undefined ? '' : ` (needs ${entry.permission})`;
  yield* wrap(plainText(reason + permission), page.width - DEEPER.length).map((line) => page.quiet(DEEPER + line));
}

/** NOT JUDGED BY EVERY RULE: rules that met an Unknown, by what was unknown. */
export function* notJudgedLines(report: Report, page: Page): Iterable<string> {
  if (report.summary.notJudged === 0) return;
  const reasons = reasonsOf(report);
  const most = Number.isFinite(page.limit) ? NAMED_REASONS : page.limit;
  yield '';
  yield `${page.strong('NOT JUDGED BY EVERY RULE')}  ${judged(report)}`;
  for (const { reason, rules, keys } of reasons.slice(0, most)) {
    const told = `${count(keys, 'key')}, ${count(rules, 'rule')}: ${plainText(reason)}`;
    yield INDENT + cut(told, page.width - INDENT.length);
  }
  if (reasons.length > most) {
    yield `${INDENT}… and ${count(reasons.length - most, 'more reason')} (--all)`;
  }
}

const judged = ({ summary }: Report): string => `${digits(summary.notJudged)} of ${count(summary.keys, 'key')}`;

interface NotJudged {
  readonly reason: string;
  readonly rules: number;
  readonly keys: number;
}

function reasonsOf({ rules }: Report): NotJudged[] {
  const byReason = new Map<string, NotJudged>();
  for (const { reason, keys } of rules.flatMap((rule) => rule.reasons)) {
    const so = byReason.get(reason);
    byReason.set(reason, { reason, rules: (so?.rules ?? 0) + 1, keys: Math.max(so?.keys ?? 0, keys) });
  }
  return [...byReason.values()].sort(
    inTurn(
      (a, b) => b.keys - a.keys,
      by(({ reason }) => reason),
    ),
  );
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
