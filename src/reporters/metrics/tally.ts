import { type Realm, realmKey } from '../../model/key-arn.ts';
import { NEVER_JUDGED } from '../../model/key-record.ts';
import type { Report } from '../../model/report.ts';
import { realmOf } from '../detailed-finding.ts';
import type { Sample } from './family.ts';

/** Counts by labels, in the order in which the labels first came. */
export class Tally {
  readonly #samples = new Map<string, { readonly labels: Sample['labels']; value: number }>();

  /** Adds to the count of these labels; 0 makes it a sample. Labels are given in one order. */
  add(labels: Sample['labels'], value = 1): void {
    const key = JSON.stringify(Object.values(labels));
    const sample = this.#samples.get(key);
    if (sample === undefined) this.#samples.set(key, { labels, value });
    else sample.value += value;
  }

  samples(): Iterable<Sample> {
    return this.#samples.values();
  }
}

interface Place {
  readonly account?: string | null | undefined;
  readonly region?: string | null | undefined;
}

const OTHER = 'other';

/**
 * Labels of an account and Region: those that were scanned, or judged by a check, by name, all others as `other`, none as
 * ''. An account without a Region, or a Region without an account, is named where any of those realms has it.
 */
export function placeLabels(report: Report): (place: Place) => { account: string; region: string } {
  const named = namedRealms(report);
  const realms = new Set(named.map(({ account, region }) => `${account} ${region}`));
  const accounts = new Set(named.map(({ account }) => account));
  const regions = new Set(named.map(({ region }) => region));
  return ({ account, region }) => {
    const scanned =
      account && region
        ? realms.has(`${account} ${region}`)
        : (!account || accounts.has(account)) && (!region || regions.has(region));
    return scanned
      ? { account: account ?? '', region: region ?? '' }
      : { account: account ? OTHER : '', region: region ? OTHER : '' };
  };
}

/** Far above what one repository's states are of, and few enough to be labels: a state can name any number. */
const MOST = 100;

/** A check scans none, and judges keys by states and plans. */
function namedRealms({ scan, keys }: Report): readonly Realm[] {
  if (scan.scope.length > 0) return scan.scope;
  const judged = keys.flatMap((key) => (NEVER_JUDGED.has(key.standing) ? [] : (realmOf(key) ?? [])));
  const distinct = new Map(judged.map((realm) => [realmKey(realm), realm]));
  return [...distinct]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([, realm]) => realm);
}
