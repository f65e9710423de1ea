import type { Report } from '../../model/report.ts';
import { askedText, gapGroups, isUnanswered, placeText, whyText } from '../gap-groups.ts';
import type { TestCase } from './test-case.ts';

/** A case for all that was asked: what was not answered in full is an error, and skipped where somebody answers for it. */
export function* coverageCases(report: Report): Iterable<TestCase> {
  for (const gap of gapGroups(report)) {
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
      name: () => [placeText(entry), ...(entry.locator === undefined ? [] : [`of ${entry.locator}`])].join(' '),
    };
  }
}
