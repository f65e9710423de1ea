import type { Diagnostic } from '../../model/coverage.ts';
import type { Report } from '../../model/report.ts';
import { wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count } from '../words.ts';
import { DEEPER, INDENT } from './layout.ts';
import type { Page } from './page.ts';

const OF_ACCEPTANCE: ReadonlySet<string> = new Set(['suppressions', 'accepted-gaps', 'baseline', 'rules']);

const isOfAcceptance = ({ source }: Diagnostic): boolean => OF_ACCEPTANCE.has(source);

/** NOTES: diagnostics that may change what the reader does; with suppressed findings, also which suppressions are for nothing. */
export function* noteLines(report: Report, page: Page): Iterable<string> {
  const notes = report.diagnostics.filter(
    (note) => note.level !== 'info' || (page.showSuppressed && isOfAcceptance(note)),
  );
  if (notes.length === 0) return;
  yield '';
  yield page.strong('NOTES');
  for (const { level, source, message } of notes.slice(0, page.limit)) {
    const [first = '', ...rest] = wrap(plainText(`${level}  ${source}: ${message}`), page.width - DEEPER.length);
    yield INDENT + first;
    yield* rest.map((line) => DEEPER + line);
  }
  if (notes.length > page.limit) yield `${INDENT}… and ${count(notes.length - page.limit, 'more note')} (--all)`;
}
