import { grouped } from '../../model/grouped.ts';
import type { Finding } from '../../model/report.ts';
import { lapsedTexts } from '../acceptance-words.ts';
import { cut, pad, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { nameOf } from '../words.ts';
import { type AskedOfWitnesses, factRows, labelledRow } from './facts.ts';
import { type Group, isBrief } from './groups.ts';
import { INDENT, severityCell } from './layout.ts';
import type { Page } from './page.ts';
import { remediationLines } from './remediation.ts';
import { witnessTable } from './witness-table.ts';

/** Messages end here; the JSON report has them whole. */
export const MESSAGE_CELLS = 600;

/** What all cards of a report share. */
export interface CardContext {
  readonly asked: AskedOfWitnesses;
  /** Cells that the longest rule id takes. */
  readonly ruleWidth: number;
  /** Rules whose remedy stands in full on an earlier card. */
  readonly told: Set<string>;
}

/** All that is said of one key: its findings, the witnesses side by side, whose key it is, what to do. */
export function* card(group: Group, context: CardContext, page: Page): Iterable<string> {
  const { key, lead, findings } = group;
  for (const finding of findings) {
    const name = finding === lead ? page.strong(nameOf(key)) : page.quiet('same key');
    const place = finding === lead && key.region !== null ? `  ${page.quiet(plainText(key.region))}` : '';
    yield `${severityCell(finding.severity, page)}${pad(plainText(finding.rule), context.ruleWidth)}  ${name}${place}`;
    const message = cut(plainText(finding.message.trim()), MESSAGE_CELLS);
    yield* wrap(message, page.width - INDENT.length).map((line) => INDENT + line);
    yield* lapsedLines(finding, page);
  }
  const table = [...witnessTable(key, page)];
  if (table.length > 0) yield* ['', ...table, ''];
  yield* factRows(key, lead, context.asked, page);
  yield* remedies(group, context, page);
}

/** That somebody answered for it, and why that no longer counts. */
export function* lapsedLines(finding: Finding, page: Page): Iterable<string> {
  const [lapsed] = lapsedTexts(finding);
  if (lapsed === undefined) return;
  const text = cut(plainText(lapsed), MESSAGE_CELLS);
  yield* wrap(text, page.width - INDENT.length).map((line) => INDENT + page.strong(line));
}

/** Each remedy once, with its rule where there are several; what stands on an earlier card is only pointed to. */
function* remedies({ lead, findings }: Group, { told }: CardContext, page: Page): Iterable<string> {
  const worth = findings.filter((finding) => finding === lead || !isBrief(finding, page.limit));
  const isTold = ({ rule, severity }: Finding): boolean =>
    severity !== 'critical' && told.has(rule) && Number.isFinite(page.limit);
  const remedied = grouped(
    worth.filter((finding) => !isTold(finding)),
    ({ remediation }) => remediation,
  );
  const shown = new Set<string>();
  for (const [remediation, alike] of remedied) {
    const rules = [...new Set(alike.map(({ rule }) => rule))].join(', ');
    yield* remediationLines('fix', worth.length > 1 ? `${rules}: ${remediation}` : remediation, page, shown);
  }
  const above = worth.filter(isTold).map(({ rule }) => plainText(rule));
  if (above.length > 0) yield* labelledRow('fix', [`as for ${[...new Set(above)].join(', ')} above`], page);
  for (const { rule } of worth) told.add(rule);
}
