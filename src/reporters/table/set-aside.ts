import type { Finding, Report, ReportKey } from '../../model/report.ts';
import { setAside } from '../acceptance-words.ts';
import { cells, pad, widest, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, identityOf, nameOf } from '../words.ts';
import { INDENT, severityCell } from './layout.ts';
import type { Page } from './page.ts';

/** ANSWERED FOR: findings that are suppressed or baselined, where they are asked for. */
export function* setAsideLines(report: Report, page: Page): Iterable<string> {
  if (!page.showSuppressed) return;
  const aside = report.findings.filter(({ status }) => status !== 'open');
  if (aside.length === 0) return;
  const keys = new Map(report.keys.map((key) => [key.id, key]));
  const shown = aside.slice(0, page.limit);
  const ruleWidth = widest(shown.map(({ rule }) => cells(plainText(rule))));
  yield '';
  yield `${page.strong('ANSWERED FOR')}  found, and not counted`;
  for (const finding of shown) yield* oneFinding(finding, keys.get(finding.key), ruleWidth, page);
  if (aside.length > shown.length) yield `${INDENT}… and ${count(aside.length - shown.length, 'more finding')} (--all)`;
}

function* oneFinding(finding: Finding, key: ReportKey | undefined, ruleWidth: number, page: Page): Iterable<string> {
  const which = key === undefined ? [plainText(finding.key)] : [nameOf(key), ...identityOf(key)];
  yield `${severityCell(finding.severity, page)}${[pad(plainText(finding.rule), ruleWidth), ...which].join('  ')}`;
  const why = plainText(setAside(finding) ?? finding.status);
  yield* wrap(why, page.width - INDENT.length).map((line) => INDENT + page.quiet(line));
}
