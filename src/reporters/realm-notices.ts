import { type Gap, gapsOf, isUnanswered } from '../model/gaps.ts';
import { grouped } from '../model/grouped.ts';
import type { Realm } from '../model/key-arn.ts';
import type { Report, ReportCoverage } from '../model/report.ts';
import { gapText } from './gap-words.ts';
import { count, digits } from './words.ts';

/**
 * How far an account and Region was covered: formats that list findings alone would read as clean without. `accepted` is
 * complete for somebody answers for what is missing, and no more known than `incomplete`.
 */
export interface RealmNotice {
  readonly realm: Realm;
  readonly covered: 'complete' | 'accepted' | 'incomplete';
  /** Of what is missing there, or of the scan as a whole, the first few; those that nobody answers for before others. */
  readonly gaps: readonly Gap[];
  /** All that nobody answers for. */
  readonly open: number;
  /** All that somebody answers for. */
  readonly accepted: number;
}

/** A Region can lack thousands of keys, and a scan thousands of states, which each Region lacks again. */
const SHOWN = 20;

/** One for each account and Region that was scanned, in the report's order. */
export function* realmNotices(report: Report): Iterable<RealmNotice> {
  const { scan } = report;
  const gaps = gapsOf(report);
  const anyOpen = gaps.some(isUnanswered);
  const byPlace = grouped(gaps, ({ entry }) => placeOf(entry));
  for (const realm of scan.scope) {
    const { account, region } = realm;
    const lists = [{ account, region }, { account }, { region }, {}].map((place) => byPlace.get(placeOf(place)) ?? []);
    const open = lists.reduce((sum, list) => sum + list.filter(isUnanswered).length, 0);
    const accepted = lists.reduce((sum, list) => sum + list.length, 0) - open;
    const isComplete = scan.complete || (open === 0 && anyOpen);
    yield {
      realm,
      covered: isComplete ? (accepted > 0 ? 'accepted' : 'complete') : 'incomplete',
      gaps: worstOf(lists),
      open,
      accepted,
    };
  }
}

function worstOf(lists: readonly (readonly Gap[])[]): readonly Gap[] {
  const first = lists.flatMap((list) => list.slice(0, SHOWN));
  return [...first.filter(isUnanswered), ...first.filter((gap) => !isUnanswered(gap))].slice(0, SHOWN);
}

/** How far it was covered, in a sentence; not plain text. */
export function noticeText({ covered, gaps, open, accepted }: RealmNotice): string {
  const [all, most] = ['All that was asked of this account and Region was answered', count(accepted, 'accepted gap')];
  if (covered === 'complete') return `${all}.`;
  const hidden = open + accepted - gaps.length;
  const told = [...gaps.map(gapText), ...(hidden > 0 ? [`and ${digits(hidden)} more`] : [])].join('; ');
  if (covered === 'accepted') return `${all} but ${most}, of which nothing is known: ${told}`;
  if (open === 0) return 'The scan is incomplete, and the report does not say where.';
  return `${count(open, 'gap')}${accepted === 0 ? '' : ` and ${most}`}: ${told}`;
}

const placeOf = ({ account = '*', region = '*' }: Pick<ReportCoverage, 'account' | 'region'>): string =>
  `${account} ${region}`;
