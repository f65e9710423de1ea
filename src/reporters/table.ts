import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { cells, widest } from './cells.ts';
import { plainText, uncommanding } from './plain-text.ts';
import type { Reporter } from './reporter.ts';
import { briefLines } from './table/brief.ts';
import { card } from './table/card.ts';
import { askedOfWitnesses } from './table/facts.ts';

import { type Batch, batchesOf, type Group, isBrief } from './table/groups.ts';
import { headerLines } from './table/header.ts';
import { keyListLines } from './table/key-list.ts';
import { leftOpenLines } from './table/left-open.ts';
import { gapLines } from './table/not-covered.ts';
import { notJudgedLines } from './table/not-judged.ts';
import { noteLines } from './table/notes.ts';
import { outsideChangeLines } from './table/outside-change.ts';
import { type Page, pageFor } from './table/page.ts';
import { setAsideLines } from './table/set-aside.ts';
import { summaryLines } from './table/summary.ts';
import { verdictLines } from './table/verdict.ts';
import { count } from './words.ts';

/** The report for people: the answer first, then the worst, then what could not be known. */
export const table: Reporter = (report, options) => inPieces(withNewlines(lines(report, pageFor(options))));

function* lines(report: Report, page: Page): Iterable<string> {
  yield* headerLines(report, page);
  yield '';
  yield* summaryLines(report, page);
  yield* verdictLines(report, page);
  yield* findingLines(report, page);
  yield* outsideChangeLines(report, page);
  yield* setAsideLines(report, page);
  yield* keyListLines(report, page);
  yield* leftOpenLines(report, page);
  yield* gapLines(report, page);
  yield* notJudgedLines(report, page);
  yield* noteLines(report, page);
}

function* findingLines(report: Report, page: Page): Iterable<string> {
  const batches = batchesOf(report, page.limit);
  const cards = batches.filter(({ lead }) => !isBrief(lead, page.limit));
  const ruleWidth = widest(cards.flatMap(({ shown }) => shown.flatMap(ruleWidths)));
  const context = { asked: askedOfWitnesses(report), ruleWidth, told: new Set<string>() };
  for (const batch of cards) {
    for (const group of batch.shown) {
      yield '';
      yield* card(group, context, page);
    }
    if (batch.hidden > 0) yield* ['', more(batch)];
  }
  const brief = batches.filter(({ lead }) => isBrief(lead, page.limit));
  if (brief.length > 0) yield '';
  yield* briefLines(brief, page);
}

const ruleWidths = ({ findings }: Group): number[] => findings.map(({ rule }) => cells(plainText(rule)));

const more = ({ lead, hidden }: Batch): string =>
  `… and ${count(hidden, 'more key')} with ${lead.severity} ${plainText(lead.rule)} (--all)`;

function* withNewlines(texts: Iterable<string>): Iterable<string> {
  for (const text of texts) yield `${uncommanding(text)}\n`;
}
