import type { Acceptance, Lapsed } from '../model/acceptance.ts';
import { grouped } from '../model/grouped.ts';
import type { Report, ReportCoverage } from '../model/report.ts';
import { acceptanceText } from './subjects.ts';
import { type Gap, gapsOf } from './table/gaps.ts';
import { digits } from './table/words.ts';

/** Coverage entries that lack the same thing and that the same person answers for, if any. */
export interface GapGroup extends Gap {
  readonly accepted: Acceptance | undefined;
  readonly lapsed: Lapsed | undefined;
}

/** What was asked and not answered in full: first what nobody answers for. */
export function gapGroups({ coverage }: Pick<Report, 'coverage'>): readonly GapGroup[] {
  const incomplete = coverage.filter(({ status }) => status !== 'complete');
  const alike = grouped(incomplete, ({ accepted, lapsed }) => JSON.stringify([accepted ?? null, lapsed ?? null]));
  const groups = [...alike.values()].flatMap((entries) => {
    const { accepted, lapsed } = entries[0];
    return gapsOf({ coverage: entries }).map((gap) => ({ ...gap, accepted, lapsed }));
  });
  return [...groups.filter(isUnanswered), ...groups.filter((group) => !isUnanswered(group))];
}

/** Whether nobody answers for it: the scan is incomplete for it. */
export const isUnanswered = ({ accepted }: Pick<GapGroup, 'accepted'>): boolean => accepted === undefined;

/** A group can have a reason for each key of a Region. */
const REASONS = 3;

/** What was asked: `kms DescribeKey 111122223333 eu-west-1, 12 times, the first of LOCATOR`. Not plain text. */
export function askedText({ entry, locators }: Pick<GapGroup, 'entry' | 'locators'>): string {
  const what = placeText(entry);
  const [first] = locators;
  if (first === undefined) return what;
  return locators.length === 1
    ? `${what} of ${first}`
    : `${what}, ${digits(locators.length)} times, the first of ${first}`;
}

/** Source, operation, account and Region of a coverage entry. Not plain text. */
export const placeText = ({ source, operation, account, region }: ReportCoverage): string =>
  [source, operation, account, region].filter((part) => part !== undefined).join(' ');

/** Why it was not answered, what permission is missing, and who answers for that. Not plain text. */
export function whyText({ entry, reasons, accepted, lapsed }: GapGroup): string {
  const more = reasons.length > REASONS ? [`and ${digits(reasons.length - REASONS)} more reasons`] : [];
  return [
    [...reasons.slice(0, REASONS), ...more].join('; ') +
      (entry.permission === undefined ? '' : ` (needs ${entry.permission})`),
    ...(accepted === undefined ? [] : [`accepted: ${acceptanceText(accepted)}`]),
    ...(lapsed === undefined ? [] : [`no longer accepted, ${lapsed.because}: ${acceptanceText(lapsed)}`]),
  ].join('. ');
}
