import { grouped } from '../model/grouped.ts';
import { inPieces } from '../model/pieces.ts';
import type { Finding, Report, ReportKey } from '../model/report.ts';
import { cell } from './csv/cell.ts';
import { CSV_COLUMNS, type CsvRow } from './csv/columns.ts';
import type { Reporter } from './reporter.ts';

/**
 * A sheet to filter: a row for each key and finding, and one for each key without a finding, in the report's order of
 * keys; csv/columns.ts says what stands in each column. Columns keep their names and places, new ones come last. Text
 * as in RFC 4180, UTF-8 without a byte order mark; a cell that a spreadsheet would take for a formula begins with `'`.
 */
export const csv: Reporter = (report) => inPieces(lines(report));

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

function* lines(report: Report): Iterable<string> {
  yield line(CSV_COLUMNS.map(({ name }) => name));
  for (const row of rows(report)) yield line(CSV_COLUMNS.map(({ value }) => value(row) ?? ''));
}

function* rows({ keys, findings, rules }: Report): Iterable<CsvRow> {
  const byKey = grouped(findings, ({ key }) => key);
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const row = (key: ReportKey | undefined, finding?: Finding): CsvRow => ({
    key,
    finding,
    title: finding === undefined ? undefined : titles.get(finding.rule),
  });
  for (const key of keys) {
    const found = byKey.get(key.id) ?? [];
    if (found.length === 0) yield row(key);
    for (const finding of found) yield row(key, finding);
    byKey.delete(key.id);
  }
  for (const found of byKey.values()) for (const finding of found) yield row(undefined, finding);
}
