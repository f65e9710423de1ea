/** The same numbers in every run: a benchmark must not depend on luck. */
export interface Chance {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** So many hexadecimal digits. */
  readonly hex: (digits: number) => string;
}

const STEP = 0x9e3779b9;
const RANGE = 2 ** 32;

/** A stream of numbers from a seed (a Weyl sequence through a 32-bit mixer). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + STEP) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / RANGE;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    hex: (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join(''),
  };
}
