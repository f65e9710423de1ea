import type { ReportKey } from '../../model/report.ts';
import { cells, cut, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { digits, identityOf, nameOf } from '../words.ts';
import { lapsedLines, MESSAGE_CELLS } from './card.ts';
import type { Batch, Group } from './groups.ts';
import { INDENT, SEVERITY_WIDTH, severityCell } from './layout.ts';
import type { Page } from './page.ts';

const NAME_CELLS = 28;

interface Widths {
  readonly rule: number;
  readonly name: number;
  readonly identity: number;
}

/** Low and info findings, a line each: which key, where, and what of it; a message that does not fit stands below. */
export function* briefLines(batches: readonly Batch[], page: Page): Iterable<string> {
  const groups = batches.flatMap(({ shown }) => shown);
  if (groups.length === 0) return;
  const widths = {
    rule: widest(groups.flatMap(({ findings }) => findings.map(({ rule }) => cells(plainText(rule))))),
    name: Math.min(NAME_CELLS, widest(groups.map(({ key }) => cells(nameOf(key))))),
    identity: widest(groups.map(({ key }) => cells(identityText(key)))),
  };
  for (const { lead, shown, hidden } of batches) {
    for (const group of shown) yield* brief(group, widths, page);
    if (hidden > 0) yield `${' '.repeat(SEVERITY_WIDTH)}… and ${digits(hidden)} more ${plainText(lead.rule)} (--all)`;
  }
  yield INDENT + page.quiet('low and info findings in full, with ARN and what to do: --all');
}

const identityText = (key: ReportKey): string => identityOf(key).join('  ');

function* brief({ key, findings }: Group, widths: Widths, page: Page): Iterable<string> {
  for (const finding of findings) {
    const severity = severityCell(finding.severity, page);
    const start = [
      pad(plainText(finding.rule), widths.rule),
      pad(cut(nameOf(key), widths.name), widths.name),
      `${pad(identityText(key), widths.identity)}  `,
    ].join('  ');
    const message = withoutName(finding.message, key);
    if (SEVERITY_WIDTH + cells(start) + cells(message) <= page.width) yield `${severity}${start}${page.quiet(message)}`;
    else yield* [`${severity}${start.trimEnd()}`, ...below(message, page)];
    yield* lapsedLines(finding, page);
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
