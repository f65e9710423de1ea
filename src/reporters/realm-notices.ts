import { grouped } from '../model/grouped.ts';
import type { Realm } from '../model/key-arn.ts';
import { plural } from '../model/plural.ts';
import type { Report, ReportCoverage } from '../model/report.ts';

/** How far an account and Region was covered: formats that list findings alone would read as clean without. */
export interface RealmNotice {
  readonly realm: Realm;
  /** Nothing is missing there, or somebody answers for it. */
  readonly complete: boolean;
  /** Of what is missing there, or of the scan as a whole, the first few. */
  readonly gaps: readonly ReportCoverage[];
  /** All of them. */
  readonly count: number;
}

/** A Region can lack thousands of keys, and a scan thousands of states, which each Region lacks again. */
const SHOWN = 20;

/** One for each account and Region that was scanned, in the report's order. */
export function* realmNotices({ scan, coverage }: Report): Iterable<RealmNotice> {
  const missing = scan.complete
    ? []
    : coverage.filter(
        ({ source, status, accepted }) =>
          status !== 'complete' && accepted === undefined && scan.requested.includes(source),
      );
  const gaps = grouped(missing, placeOf);
  for (const realm of scan.scope) {
    const { account, region } = realm;
    const here = [{ account, region }, { account }, { region }, {}].map((place) => gaps.get(placeOf(place)) ?? []);
    const count = here.reduce((sum, { length }) => sum + length, 0);
    const complete = scan.complete || (count === 0 && missing.length > 0);
    yield { realm, complete, gaps: here.flatMap((some) => some.slice(0, SHOWN)).slice(0, SHOWN), count };
  }
}

/** What is missing, in a sentence; not plain text. */
export function noticeText({ complete, gaps, count }: RealmNotice): string {
  if (complete) return 'All that was asked of this account and Region was answered.';
  if (count === 0) return 'The scan is incomplete, and the report does not say where.';
  const more = count > gaps.length ? `; and ${count - gaps.length} more` : '';
  return `${plural(count, 'gap')}: ${gaps.map(gapText).join('; ')}${more}`;
}

const placeOf = ({ account = '*', region = '*' }: Pick<ReportCoverage, 'account' | 'region'>): string =>
  `${account} ${region}`;

/** `kms DescribeKey of LOCATOR: why (needs kms:DescribeKey)`. */
function gapText({ source, operation, locator, status, reason, permission }: ReportCoverage): string {
  const what = [source, operation, ...(locator === undefined ? [] : [`of ${locator}`])].filter(
    (part) => part !== undefined,
  );
  const needs = permission === undefined ? '' : ` (needs ${permission})`;
  return `${what.join(' ')}: ${reason ?? status}${needs}`;
}
