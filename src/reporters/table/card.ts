import { grouped } from '../../model/grouped.ts';
import { cut, pad, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { type Asked, factRows } from './facts.ts';
import { type Group, isBrief } from './groups.ts';
import type { Page } from './page.ts';
import { remediationLines } from './remediation.ts';
import { witnessTable } from './witness-table.ts';
import { nameOf } from './words.ts';

const INDENT = '  ';
export const SEVERITY_WIDTH = 10;
/** Messages end here; the JSON report has them whole. */
const MESSAGE_CELLS = 600;

/** All that is said of one key: its findings, the witnesses side by side, whose key it is, what to do. */
export function* card(group: Group, asked: Asked, ruleWidth: number, page: Page): Iterable<string> {
  const { key, lead, findings } = group;
  for (const finding of findings) {
    const name = finding === lead ? page.strong(nameOf(key)) : page.quiet('same key');
    const place = finding === lead && key.region !== null ? `  ${page.quiet(plainText(key.region))}` : '';
    const severity = page.severity[finding.severity](finding.severity.toUpperCase());
    yield `${pad(severity, SEVERITY_WIDTH)}${pad(plainText(finding.rule), ruleWidth)}  ${name}${place}`;
    const message = cut(plainText(finding.message.trim()), MESSAGE_CELLS);
    yield* wrap(message, page.width - INDENT.length).map((line) => INDENT + line);
  }
  const table = [...witnessTable(key, page)];
  if (table.length > 0) yield* ['', ...table, ''];
  yield* factRows(key, lead, asked, page);
  yield* remedies(group, page);
}

/** Each remedy once; where there are several, with the rule whose finding it mends. */
function* remedies({ lead, findings }: Group, page: Page): Iterable<string> {
  const remedied = grouped(
    findings.filter((finding) => finding === lead || !isBrief(finding)),
    ({ remediation }) => remediation,
  );
  for (const [remediation, [{ rule }]] of remedied) {
    yield* remediationLines('fix', remedied.size > 1 ? `${rule}: ${remediation}` : remediation, page);
  }
}
