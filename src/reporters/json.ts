import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { plainText } from './plain-text.ts';
import type { Reporter } from './reporter.ts';

/**
 * The report as JSON, each list one element a line, so that `grep` and `diff` can read it. Without its newlines it is
 * JSON.stringify's own text; characters that a terminal would obey or hide are `\u` escapes.
 */
export const json: Reporter = (report) => inPieces(lines(report));

function* lines(report: Report): Iterable<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(report)) {
    yield `${before}${JSON.stringify(name)}:`;
    yield* Array.isArray(value) ? list(value) : [text(value)];
    before = ',\n';
  }
  yield '\n}\n';
}

function* list(values: readonly unknown[]): Iterable<string> {
  let before = '[\n';
  for (const value of values) {
    yield `${before}${text(value)}`;
    before = ',\n';
  }
  yield values.length === 0 ? '[]' : '\n]';
}

const text = (value: unknown): string => plainText(JSON.stringify(value));
