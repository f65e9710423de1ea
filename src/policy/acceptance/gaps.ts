import { type AcceptedGap, farOffWords, isExpired, isFarOff } from '../../model/acceptance.ts';
import type { Coverage, Diagnostic } from '../../model/coverage.ts';
import { isUnanswered } from '../../model/gaps.ts';
import { fitsGlob } from '../../model/glob.ts';
import { parseKeyArn } from '../../model/key-arn.ts';
import { plural } from '../../model/plural.ts';
import type { ReportCoverage } from '../../model/report.ts';
import type { Instant } from '../../model/time.ts';
import { isComplete, type RequestedScope, withSilences } from '../completeness.ts';
import { acceptanceInOrder } from './suppressions.ts';

/** The coverage of a scan, with who answers for what of it is missing. */
export interface Covered {
  readonly coverage: readonly ReportCoverage[];
  /** Every requested source was covered, or somebody answers for what was not. */
  readonly isComplete: boolean;
  /** Every requested source was covered. Nothing that somebody accepts changes what may be claimed. */
  readonly isWhole: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays accepted gaps beside the coverage, silences included: a gap that somebody answers for is shown, and does not count. */
export function coveredBy(
  header: RequestedScope,
  found: readonly ReportCoverage[],
  gaps: readonly AcceptedGap[],
  asOf: Instant,
): Covered {
  const whole = withSilences(header, found);
  const held = gaps.map((gap) => ({
    gap,
    isEnded: isExpired(gap.acceptance, asOf),
    isFarOff: isFarOff(gap.acceptance, asOf),
    fitted: 0,
    placed: 0,
    open: 0,
  }));
  const coverage: readonly ReportCoverage[] = held.length === 0 ? whole : whole.map((entry) => settled(entry, held));
  return {
    coverage,
    isComplete: isComplete(header, coverage.filter(isUnanswered)),
    isWhole: isComplete(header, whole),
    diagnostics: held.flatMap((one) => notesOn(one, header, whole)),
  };
}

interface HeldGap {
  readonly gap: AcceptedGap;
  readonly isEnded: boolean;
  readonly isFarOff: boolean;
  fitted: number;
  /** Those of them that could be named: a source that gave nothing at all has no place. */
  placed: number;
  /** Gaps that it would be for if it had not ended, and that nobody else answers for. */
  open: number;
}

function settled(entry: Coverage, held: readonly HeldGap[]): ReportCoverage {
  if (entry.status === 'complete') return entry;
  const placed = placedAt(entry);
  const fitting = held.filter(({ gap }) => isOf(gap, placed));
  for (const one of fitting) {
    one.fitted += 1;
    if ([placed.locator, placed.account, placed.region].some((said) => said !== undefined)) one.placed += 1;
  }
  const by = fitting.find(({ isEnded }) => !isEnded);
  if (by !== undefined) return { ...entry, accepted: acceptanceInOrder(by.gap.acceptance) };
  for (const one of fitting) one.open += 1;
  const [ended] = fitting;
  if (ended === undefined) return entry;
  const acceptance = acceptanceInOrder(ended.gap.acceptance);
  return { ...entry, lapsed: { ...acceptance, because: `it ended on ${acceptance.expires}` } };
}

/** An entry with the account and Region that it, or the key that it is about, lies in. */
interface Placed extends Pick<Coverage, 'source' | 'locator'> {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

function placedAt({ source, locator, account, region }: Coverage): Placed {
  const key = locator === undefined ? undefined : parseKeyArn(locator);
  return { source, locator, account: account ?? key?.account, region: region ?? key?.region };
}

/** What an entry does not say, a gap that names it does not fit: it would be for more than it says. */
function isOf({ source, account, region, arn, locator }: AcceptedGap, entry: Placed): boolean {
  return (
    source === entry.source &&
    (account === undefined || account === entry.account) &&
    (region === undefined || region === entry.region) &&
    (arn === undefined || arn === entry.locator) &&
    (locator === undefined || (entry.locator !== undefined && fitsGlob(locator, entry.locator)))
  );
}

function notesOn(
  { gap, isEnded, isFarOff, fitted, placed, open }: HeldGap,
  header: RequestedScope,
  coverage: readonly Coverage[],
): readonly Diagnostic[] {
  const { place, expires } = gap.acceptance;
  const note = (level: Diagnostic['level'], text: string): Diagnostic => ({
    level,
    source: 'accepted-gaps',
    message: `${place.path}:${place.line}: the accepted gap of ${gap.source} ${text}`,
  });
  if (open > 0) return [note('warning', `ended on ${expires}: ${plural(open, 'gap')} counted again`)];
  if (fitted > 0) {
    return [
      ...(isFarOff ? [note('warning', farOffWords(gap.acceptance))] : []),
      ...(isOfAll(gap) && placed > 0 && !isEnded ? [note('warning', OF_ALL)] : []),
    ];
  }
  if (wasCovered(gap, header, coverage)) return [note('info', 'is for nothing: what it names was read; delete it')];
  return isEnded ? [note('info', `ended on ${expires}`)] : [];
}

/** Whether a gap names none: what a later change takes away is then accepted before anybody knows of it. */
const isOfAll = ({ account, region, arn, locator }: AcceptedGap): boolean =>
  [account, region, arn].every((said) => said === undefined) && /^\**$/.test(locator ?? '');

const OF_ALL =
  'is for every gap of that source, those to come included: name the one that is meant by account, region, arn or locator';

/** Whether that was asked for which a gap is about: then it is proved that there is none. */
function wasCovered(gap: AcceptedGap, { requested, scope }: RequestedScope, coverage: readonly Coverage[]): boolean {
  const key = gap.arn === undefined ? undefined : parseKeyArn(gap.arn);
  const account = gap.account ?? key?.account;
  const region = gap.region ?? key?.region;
  const isInScope =
    (account === undefined && region === undefined) ||
    scope.some((realm) => (account ?? realm.account) === realm.account && (region ?? realm.region) === realm.region);
  const isNamed = gap.locator === undefined || coverage.some((entry) => isOf(gap, placedAt(entry)));
  return requested.includes(gap.source) && isInScope && isNamed;
}
