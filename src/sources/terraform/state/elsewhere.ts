import pLimit from 'p-limit';
import { by } from '../../../model/order.ts';
import type { RemotePlace, Stores } from '../backends/resolve.ts';
import type { Gap, Resolved, StateSource } from '../backends/source.ts';

/** What the places that are not on this machine lead to. */
export interface Elsewhere {
  /** Sorted, each locator once. */
  readonly sources: readonly StateSource[];
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
  /** Each WHERE with a locator that it led to. */
  readonly led: readonly (readonly [where: string, locator: string])[];
}

/** States elsewhere are waited for side by side; so many at once are in memory. */
export const AT_ONCE = 4;

/** Asks every store what its places lead to now. */
export async function resolveAll(
  places: readonly RemotePlace[],
  stores: Stores,
  signal: AbortSignal,
): Promise<Elsewhere> {
  const limit = pLimit(AT_ONCE);
  const all = await Promise.all(
    places.map(({ given, where }) =>
      limit(async () => ({ where: given.where, resolved: await stores.resolve({ given, where }, signal) })),
    ),
  );
  const resolved = all.map((each) => each.resolved);
  return {
    sources: distinct(resolved.flatMap(({ sources }) => sources)),
    gaps: distinct(resolved.flatMap(({ gaps }) => gaps)),
    notes: resolved.flatMap(({ notes }) => notes),
    led: all.flatMap(({ where, resolved: own }) => locatorsIn(own).map((locator) => [where, locator] as const)),
  };
}

const locatorsIn = ({ sources, gaps }: Resolved): readonly string[] =>
  [...sources, ...gaps].map(({ locator }) => locator);

/** Of what has one locator, what somebody named counts before what a pattern found. */
function distinct<T extends { readonly locator: string; readonly named?: boolean }>(all: readonly T[]): readonly T[] {
  const byLocator = new Map<string, T>();
  for (const each of all) {
    const before = byLocator.get(each.locator);
    if (before === undefined || (before.named === false && each.named === true)) byLocator.set(each.locator, each);
  }
  return [...byLocator.values()].sort(by(({ locator }) => locator));
}
