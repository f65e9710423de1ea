import { gapsOf, isUnanswered } from '../../model/gaps.ts';
import type { Report } from '../../model/report.ts';
import { askedText, questionText, whyText } from '../gap-words.ts';
import type { TestCase } from './test-case.ts';

/** A case for all that was asked: what was not answered in full is an error, and skipped where somebody answers for it. */
export function* coverageCases(report: Report): Iterable<TestCase> {
  for (const gap of gapsOf(report)) {
    yield {
      outcome: isUnanswered(gap) ? 'error' : 'skipped',
      classname: `keydrift.coverage.${gap.entry.source}`,
      name: () => askedText(gap),
      message: () => whyText(gap),
    };
  }
  for (const entry of report.coverage) {
    if (entry.status !== 'complete') continue;
    yield {
      outcome: 'passed',
      classname: `keydrift.coverage.${entry.source}`,
      name: () => [questionText(entry), ...(entry.locator === undefined ? [] : [`of ${entry.locator}`])].join(' '),
    };
  }
}
