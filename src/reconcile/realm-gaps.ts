import type { Coverage, Source } from '../model/coverage.ts';
import { type Realm, realmKey } from '../model/key-arn.ts';

/** Why a call to an account and Region as a whole was not answered in full; undefined when it was. */
export type RealmGap = (realm: Realm) => string | undefined;

/** How many keys it is of: of no interest to one of them. */
const COUNTED = / \(\d+ of \d+ keys\)$/;

/**
 * What coverage leaves open of one operation, by account and Region. Entries about single keys or places are not
 * counted; a Region without an entry was not asked.
 */
export function realmGaps(
  coverage: readonly Coverage[],
  source: Source,
  operation: string,
  notAsked?: string,
): RealmGap {
  const gaps = new Map<string, string | undefined>();
  for (const entry of coverage) {
    if (entry.source !== source || entry.operation !== operation || entry.locator !== undefined) continue;
    const { partition = '', account = '', region = '', status, reason } = entry;
    const realm = realmKey({ partition, account, region });
    const gap = status === 'complete' ? undefined : (reason?.replace(COUNTED, '') ?? `${operation} ${status}`);
    gaps.set(realm, gaps.get(realm) ?? gap);
  }
  return (realm) => {
    const key = realmKey(realm);
    return gaps.has(key) ? gaps.get(key) : (notAsked ?? `${operation} was not asked in ${realm.region}`);
  };
}
