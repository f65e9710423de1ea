import type { Severity } from '../../model/rule.ts';
import { pad } from '../cells.ts';
import type { Page } from './page.ts';

/** What stands below a line of the first column. */
export const INDENT = '  ';
/** What stands below that. */
export const DEEPER = '    ';

/** Cells of the column in which findings and rules begin with their severity. */
export const SEVERITY_WIDTH = 10;

/** A severity, filled to its column. */
export const severityCell = (severity: Severity, page: Page): string =>
  pad(page.severity[severity](severity.toUpperCase()), SEVERITY_WIDTH);

/** Indented lines beside a quiet label of so many cells, which stands before the first alone. */
export const beside = (label: string, width: number, lines: readonly string[], page: Page): string[] =>
  lines.map((line, at) => `${INDENT}${page.quiet(pad(at === 0 ? label : '', width))}${line}`);
