import type { Fact, StateFact } from '../model/facts.ts';
import { byText } from '../model/order.ts';

/** Orders facts by all that they say: what comes of them must not hang on the order in which they came. */
export const byContent = (a: Fact, b: Fact): number => byText(JSON.stringify(a), JSON.stringify(b));

/** Instances by state and address first. Nearly all lists have one element at most. */
export const ordered = (instances: readonly StateFact[]): readonly StateFact[] =>
  instances.length < 2 ? instances : instances.toSorted((a, b) => byText(placeOf(a), placeOf(b)) || byContent(a, b));

const placeOf = ({ source, address }: StateFact): string => `${source}\0${address}`;

/** The later of two facts by one of their times; of two at one time that which comes first by what it says. */
export function later<F extends Fact, T extends keyof F>(known: F | null, fact: F, time: T): F {
  if (known === null || known[time] === fact[time]) return known === null || byContent(known, fact) < 0 ? fact : known;
  return known[time] < fact[time] ? fact : known;
}
