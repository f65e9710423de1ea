import { inPieces } from '../model/pieces.ts';
import type { Finding, Report } from '../model/report.ts';
import { setAside } from './acceptance-words.ts';
import { findingDetails, holderOf, shortNameOf } from './detailed-finding.ts';
import { fitted } from './fitted.ts';
import { annotated } from './github/annotations.ts';
import { annotationCommand, END_OF_GROUP, groupCommand } from './github/command.ts';
import { headline } from './markdown/head.ts';
import { placeInTree } from './place.ts';
import { uncommanding } from './plain-text.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { notJudgedCount } from './table/not-judged.ts';
import { count, digits } from './words.ts';

/** A log of a step that people can still open. */
const MOST_LINES = 1000;
const LINE_BYTES = 400;

/**
 * The log of a step: annotations beside the files, ten of each level, the worst first; all other open findings as lines
 * in a fold; one line that sums up. Baselined and suppressed findings are counted there.
 */
export const github: Reporter = (report, options) => inPieces(lines(report, options));

function* lines(report: Report, options: ReporterOptions): Iterable<string> {
  const { annotations, rest } = annotated(report, options);
  for (const annotation of annotations) yield `${annotationCommand(annotation)}\n`;
  if (rest.length > 0) {
    yield `${groupCommand(`keydrift: ${count(rest.length, 'more open finding')}`)}\n`;
    yield* restLines(report, rest, options);
    yield `${END_OF_GROUP}\n`;
  }
  yield `${summaryLine(report)}\n`;
}

function* restLines(report: Report, rest: readonly Finding[], options: ReporterOptions): Iterable<string> {
  const detailsOf = findingDetails(report);
  for (const finding of rest.slice(0, MOST_LINES)) {
    const { path, line } = placeInTree(finding.location, options);
    const aside = setAside(finding);
    const detailed = detailsOf(finding);
    const holder = holderOf(detailed);
    const told = [
      `${finding.severity} ${finding.rule}: ${shortNameOf(detailed)}: ${finding.message.trim()}`,
      ...(holder === undefined ? [] : [`(${holder})`]),
      ...(aside === undefined ? [] : [`(${aside})`]),
      `${path}:${line}`,
    ];
    yield `${uncommanding(fitted(told.join(' '), LINE_BYTES))}\n`;
  }
  if (rest.length > MOST_LINES) yield `and ${digits(rest.length - MOST_LINES)} more: -o json and -o html have all\n`;
}

function summaryLine(report: Report): string {
  const { summary } = report;
  const aside = (['baselined', 'suppressed'] as const).flatMap((status) => {
    const number = summary[status] ?? 0;
    return number === 0 ? [] : [`${digits(number)} ${status}`];
  });
  const unjudged = summary.notJudged === 0 ? [] : [`not every rule could judge ${notJudgedCount(report)}`];
  const keys = unjudged.length === 0 ? [count(summary.keys, 'key')] : unjudged;
  return `keydrift: ${[headline(report), ...aside, ...keys].join('; ')}`;
}
