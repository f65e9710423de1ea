import type { ReportKey } from '../../model/report.ts';
import { cells, cut, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { MESSAGE_CELLS } from './card.ts';
import type { Batch, Group } from './groups.ts';
import { INDENT, SEVERITY_WIDTH, severityCell } from './layout.ts';
import type { Page } from './page.ts';
import { digits, nameOf } from './words.ts';

const NAME_CELLS = 28;

/** Low and info findings, a line each; a message that does not fit stands below. */
export function* briefLines(batches: readonly Batch[], page: Page): Iterable<string> {
  const groups = batches.flatMap(({ shown }) => shown);
  const ruleWidth = widest(groups.flatMap(({ findings }) => findings.map(({ rule }) => cells(plainText(rule)))));
  const nameWidth = Math.min(NAME_CELLS, widest(groups.map(({ key }) => cells(nameOf(key)))));
  for (const { lead, shown, hidden } of batches) {
    for (const group of shown) yield* brief(group, ruleWidth, nameWidth, page);
    if (hidden > 0) yield `${' '.repeat(SEVERITY_WIDTH)}… and ${digits(hidden)} more ${plainText(lead.rule)} (--all)`;
  }
}

function* brief({ key, findings }: Group, ruleWidth: number, nameWidth: number, page: Page): Iterable<string> {
  for (const finding of findings) {
    const severity = severityCell(finding.severity, page);
    const start = `${pad(plainText(finding.rule), ruleWidth)}  ${pad(cut(nameOf(key), nameWidth), nameWidth)}  `;
    const message = withoutName(finding.message, key);
    if (SEVERITY_WIDTH + cells(start) + cells(message) <= page.width) yield `${severity}${start}${page.quiet(message)}`;
    else yield* [`${severity}${start.trimEnd()}`, ...below(message, page)];
  }
}

const below = (message: string, page: Page): string[] =>
  wrap(cut(message, MESSAGE_CELLS), page.width - INDENT.length).map((line) => INDENT + page.quiet(line));

/** A message as it goes on behind the key's name, which stands before it. */
function withoutName(message: string, key: ReportKey): string {
  const text = plainText(message.trim());
  const names = [nameOf(key), plainText(key.keyId ?? key.id)];
  const name = names.find((each) => text.startsWith(`${each} `) || text.startsWith(`${each}: `));
  return name === undefined ? text : text.slice(name.length).replace(/^:? /, '');
}
