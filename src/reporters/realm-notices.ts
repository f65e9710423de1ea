import { grouped } from '../model/grouped.ts';
import type { Realm } from '../model/key-arn.ts';
import type { Report, ReportCoverage } from '../model/report.ts';

/** How far an account and Region was covered: formats that list findings alone would read as clean without. */
export interface RealmNotice {
  readonly realm: Realm;
  /** What is known to be missing there, and what is missing of the scan as a whole. */
  readonly gaps: readonly ReportCoverage[];
  /** Nothing is missing, or somebody answers for it. */
  readonly complete: boolean;
}

/** One for each account and Region that was scanned, in the report's order. */
export function* realmNotices({ scan, coverage }: Report): Iterable<RealmNotice> {
  const missing = scan.complete
    ? []
    : coverage.filter(({ status, accepted }) => status !== 'complete' && accepted === undefined);
  const gaps = grouped(missing, placeOf);
  for (const realm of scan.scope) {
    const places = [
      placeOf(realm),
      placeOf({ account: realm.account }),
      placeOf({ region: realm.region }),
      placeOf({}),
    ];
    yield { realm, gaps: places.flatMap((place) => gaps.get(place) ?? []), complete: scan.complete };
  }
}

const placeOf = ({ account = '*', region = '*' }: Pick<ReportCoverage, 'account' | 'region'>): string =>
  `${account} ${region}`;

/** `kms DescribeKey of LOCATOR: why (needs kms:DescribeKey)`. Not plain text. */
export function gapText({ source, operation, locator, status, reason, permission }: ReportCoverage): string {
  const what = [source, operation, ...(locator === undefined ? [] : [`of ${locator}`])].filter(
    (part) => part !== undefined,
  );
  const needs = permission === undefined ? '' : ` (needs ${permission})`;
  return `${what.join(' ')}: ${reason ?? status}${needs}`;
}
