import { counts, totalOf } from '../../model/counting.ts';
import { type Gap, gapsOf, isOutsideGap, isUnanswered } from '../../model/gaps.ts';
import type { Report } from '../../model/report.ts';
import { SEVERITIES } from '../../model/rule.ts';
import { fitted } from '../fitted.ts';
import { askedText, whyText } from '../gap-words.ts';
import { expectedRows, notJudgedCount, notJudgedTexts } from '../table/not-judged.ts';
import { pageFor } from '../table/page.ts';
import { summaryRows } from '../table/summary.ts';
import { verdictLines } from '../table/verdict.ts';
import { count, digits, minute } from '../words.ts';
import { cellCode, prose } from './escape.ts';
import { tableOf } from './tables.ts';

/** One line each; what does not fit is counted. */
const MOST_GAPS = 10;
const MOST_RULES = 30;
const MOST_NOTES = 5;
const CELL_BYTES = 300;

/** Words without a line's end or colour, to be set in Markdown. */
const PAGE = pageFor({ width: Number.MAX_SAFE_INTEGER, color: false, limit: 5 });

/** `3 critical, 4 high`: the findings that count, how many are open outside of the change, and whether there may be others. Plain text. */
export function headline({ summary, scan }: Report): string {
  const open = SEVERITIES.filter((severity) => summary.findings[severity] > 0).map(
    (severity) => `${digits(summary.findings[severity])} ${severity}`,
  );
  const outside = totalOf(summary.outsideChange);
  const none = outside === 0 ? 'no open finding' : 'no open finding of the change';
  const elsewhere = outside === 0 ? '' : `; ${digits(outside)} outside the change`;
  const found = (open.length === 0 ? none : open.join(', ')) + elsewhere;
  return scan.complete ? found : `${found}; the scan is incomplete`;
}

/** The answer: what was found, what that rests on, where nobody could look. All of it is short. */
export function* headBlocks(report: Report): Iterable<string> {
  yield `### keydrift: ${headline(report)}`;
  const verdict = [...verdictLines(report, PAGE)].map((line) => line.trim()).filter((line) => line !== '');
  yield* verdict.map((line) => prose(line));
  const rows = summaryRows(report, PAGE).filter(([, parts]) => parts.length > 0);
  const unasked = expectedRows(report);
  yield tableOf([
    ['', ''],
    ...rows.map(([label, parts]) => [label, prose(parts.join(' · '))]),
    ...unasked.map(([label, text]) => [label, prose(text)]),
  ]);
  yield* rulesTable(report);
  yield* gapsTables(report);
  yield* notJudgedList(report);
  yield* notesList(report);
}

function* rulesTable({ findings }: Report): Iterable<string> {
  const found = new Map<string, { readonly severity: string; readonly rule: string; number: number }>();
  for (const { severity, rule } of findings.filter(counts)) {
    const entry = found.get(`${severity} ${rule}`);
    if (entry === undefined) found.set(`${severity} ${rule}`, { severity, rule, number: 1 });
    else entry.number += 1;
  }
  const rows = SEVERITIES.flatMap((wanted) => [...found.values()].filter(({ severity }) => severity === wanted));
  if (rows.length === 0) return;
  const shown = rows.slice(0, MOST_RULES);
  const more = rows.length - shown.length;
  yield tableOf([
    ['severity', 'rule', 'findings'],
    ...shown.map(({ severity, rule, number }) => [severity, cellCode(fitted(rule, CELL_BYTES)), digits(number)]),
    ...(more === 0 ? [] : [['', `and ${count(more, 'more rule')}`, '']]),
  ]);
}

function* gapsTables(report: Report): Iterable<string> {
  const groups = gapsOf(report);
  yield* gapsTable('**Not covered**: what these would have said is unknown, not clean.', groups.filter(isUnanswered));
  yield* gapsTable(
    '**Not covered, outside the change**: the change touches none of these roots.',
    groups.filter(isOutsideGap),
  );
  yield* gapsTable(
    '**Accepted gaps**: what these would have said is unknown, and somebody answers for that.',
    groups.filter(({ accepted }) => accepted !== undefined),
  );
}

function* gapsTable(title: string, groups: readonly Gap[]): Iterable<string> {
  if (groups.length === 0) return;
  yield title;
  const rows = groups
    .slice(0, MOST_GAPS)
    .map((group) => [
      group.entry.status,
      ...[askedText(group), whyText(group)].map((text) => prose(fitted(text, CELL_BYTES))),
    ]);
  const more = groups.length - rows.length;
  yield tableOf([
    ['', 'asked', 'why not'],
    ...rows,
    ...(more === 0 ? [] : [['', `and ${count(more, 'more gap')}`, '']]),
  ]);
}

/** Nothing found by a rule that could not judge is not the same as nothing there. */
function* notJudgedList(report: Report): Iterable<string> {
  if (report.summary.notJudged === 0) return;
  const { told, more } = notJudgedTexts(report);
  yield `**Not judged by every rule**: ${notJudgedCount(report)}.`;
  yield [
    ...told.map((text) => `- ${prose(fitted(text, CELL_BYTES))}`),
    ...(more > 0 ? [`- and ${count(more, 'more reason')}`] : []),
  ].join('\n');
}

function* notesList({ diagnostics }: Report): Iterable<string> {
  const notes = diagnostics.filter(({ level }) => level !== 'info');
  if (notes.length === 0) return;
  const more = notes.length - MOST_NOTES;
  yield [
    ...notes
      .slice(0, MOST_NOTES)
      .map((note) => `- ${note.level}: ${prose(fitted(`${note.source}: ${note.message}`, CELL_BYTES))}`),
    ...(more > 0 ? [`- and ${count(more, 'more note')}`] : []),
  ].join('\n');
}

/** Who looked, and when. */
export const footBlock = ({ tool, scan }: Report): string => {
  const looked = `looked ${minute(scan.finishedAt)}`;
  const parts = scan.requested.includes('kms') ? [looked, `estate ${scan.estate}`] : ['without AWS', looked];
  return `<sub>${prose([`${tool.name} ${tool.version}`, ...parts].join(' · '))}</sub>`;
};
