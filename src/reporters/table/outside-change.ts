import { isOutside } from '../../model/finding-status.ts';
import type { Finding, Report, ReportKey } from '../../model/report.ts';
import { cells, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, identityOf, nameOf } from '../words.ts';
import { INDENT, severityCell } from './layout.ts';
import type { Page } from './page.ts';

/** OUTSIDE THE CHANGE: open findings that are no part of it, which block nobody's change. */
export function* outsideChangeLines(report: Report, page: Page): Iterable<string> {
  const outside = report.findings.filter(isOutside);
  if (outside.length === 0) return;
  const shown = outside.slice(0, page.limit);
  const keys = new Map(report.keys.map((key) => [key.id, key]));
  const ruleWidth = widest(shown.map(({ rule }) => cells(plainText(rule))));
  yield '';
  yield `${page.strong('OUTSIDE THE CHANGE')}  open, and no cause to fail here`;
  for (const finding of shown) yield* oneFinding(finding, keys.get(finding.key), ruleWidth, page);
  const hidden = outside.length - shown.length;
  if (hidden > 0) yield `${INDENT}… and ${count(hidden, 'more finding')} (--all)`;
}

function* oneFinding(finding: Finding, key: ReportKey | undefined, ruleWidth: number, page: Page): Iterable<string> {
  const which = key === undefined ? [plainText(finding.key)] : [nameOf(key), ...identityOf(key)];
  yield `${severityCell(finding.severity, page)}${[pad(plainText(finding.rule), ruleWidth), ...which].join('  ')}`;
  yield* wrap(plainText(finding.message.trim()), page.width - INDENT.length).map((line) => INDENT + page.quiet(line));
}
