/** A table of cells that are Markdown already; the first row is its head. */
export const tableOf = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [rowOf(head), rowOf(head.map(() => '---')), ...rows.map(rowOf)].join('\n');

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
