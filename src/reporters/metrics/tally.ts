import type { Report } from '../../model/report.ts';
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
 * Labels of an account and Region: those that were scanned by name, all others as `other`, none as ''. An account
 * without a Region, or a Region without an account, is named where any scanned realm has it.
 */
export function placeLabels({ scan }: Report): (place: Place) => { account: string; region: string } {
  const realms = new Set(scan.scope.map(({ account, region }) => `${account} ${region}`));
  const accounts = new Set(scan.scope.map(({ account }) => account));
  const regions = new Set(scan.scope.map(({ region }) => region));
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
