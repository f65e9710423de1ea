import { gapsOf, isUnanswered } from '../../model/gaps.ts';
import type { Report } from '../../model/report.ts';
import { askedText, questionText, whyText } from '../gap-words.ts';
import type { TestCase } from './test-case.ts';

/**
 * A case for all that was asked: what was not answered in full is an error where the gate fails for it, and skipped where
 * somebody answers for it or gaps are allowed.
 */
export function* coverageCases(report: Report, allowPartial: boolean): Iterable<TestCase> {
  for (const gap of gapsOf(report)) {
    yield {
      outcome: isUnanswered(gap) && !allowPartial ? 'error' : 'skipped',
      classname: `keydrift.coverage.${gap.entry.source}`,
      name: () => askedText(gap),
      message: () =>
        isUnanswered(gap) && allowPartial ? `${whyText(gap)}. --allow-partial accepts that` : whyText(gap),
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
