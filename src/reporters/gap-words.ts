import type { Coverage } from '../model/coverage.ts';
import type { Gap } from '../model/gaps.ts';
import { acceptedText, lapsedText } from './acceptance-words.ts';
import { count, digits } from './words.ts';

/** A gap can have a reason for each key of a Region. */
const REASONS = 3;

/** What was asked: `kms DescribeKey 111122223333 eu-west-1, 12 times, the first of LOCATOR`. Not plain text. */
export function askedText({ entry, locators }: Pick<Gap, 'entry' | 'locators'>): string {
  const what = questionText(entry);
  const [first] = locators;
  if (first === undefined) return what;
  return locators.length === 1
    ? `${what} of ${first}`
    : `${what}, ${digits(locators.length)} times, the first of ${first}`;
}

/** What was asked, and why it was not answered, in one line. Not plain text. */
export const gapText = (gap: Gap): string => `${askedText(gap)}: ${whyText(gap)}`;

/** Source, operation, account and Region of a coverage entry. Not plain text. */
export const questionText = ({ source, operation, account, region }: Coverage): string =>
  [source, operation, account, region].filter((part) => part !== undefined).join(' ');

/** Why it was not answered, what permission is missing, and who answers for that. Not plain text. */
export function whyText({ entry, reasons, ...answered }: Gap): string {
  const more = reasons.length > REASONS ? [`and ${count(reasons.length - REASONS, 'more reason')}`] : [];
  return [[...reasons.slice(0, REASONS), ...more].join('; ') + needsText(entry), ...answeredTexts(answered)].join('. ');
}

/** ` (needs kms:DescribeKey)`, where that is known. Not plain text. */
export const needsText = ({ permission }: Pick<Coverage, 'permission'>): string =>
  permission === undefined ? '' : ` (needs ${permission})`;

/** Who answers for a gap, or did. Not plain text. */
export const answeredTexts = ({ accepted, lapsed, outsideChange }: Answered): readonly string[] => [
  ...(outsideChange === undefined ? [] : ['It is outside the change, and does not count']),
  ...(accepted === undefined ? [] : [acceptedText(accepted)]),
  ...(lapsed === undefined ? [] : [lapsedText(lapsed)]),
];

type Answered = Pick<Gap, 'accepted' | 'lapsed' | 'outsideChange'>;
