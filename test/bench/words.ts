import type { Row } from './benchmark.ts';

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits });

/** `1,234`. */
export const count = (value: number): string => number(value, 0);

/** Three digits that mean something: `0.0231`, `1.25`, `14.1`, `310`. */
export const figures = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 3, maximumFractionDigits: 20 });

/** Milliseconds as `3.21 ms` or `1.25 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${figures(ms)} ms` : `${figures(ms / 1000)} s`);

/** Bytes (or Latin characters) and milliseconds as `12.3 MB/s`. */
export const throughput = (bytes: number, ms: number): string => `${figures(bytes / 1e6 / (ms / 1000))} MB/s`;

export const megabytes = (bytes: number): string => `${figures(bytes / 1e6)} MB`;

const HEAD = ['what', 'ours', 'baseline', 'ratio', 'note'];

/** Rows as a Markdown table whose columns line up as plain text too. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = [
    HEAD,
    ...rows.map(({ what, ours, baseline, ratio, note }) => [what, ours, baseline, figures(ratio), note]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${[head, rule, ...body].map(text).join('\n')}\n`;
}
