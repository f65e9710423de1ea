/** Something to be timed: the promise it gives is waited for. */
export type Work = () => unknown;

export interface Rounds {
  readonly rounds: number;
  /** Run each once before it counts. Not for what warms itself up, or starts a process each time. */
  readonly warmUp: boolean;
}

/**
 * Median wall-clock milliseconds of things that are run by turns, so that what else the machine does meets all alike;
 * the order turns round by round.
 */
export async function inTurns<Name extends string>(
  { rounds, warmUp }: Rounds,
  works: Readonly<Record<Name, Work>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  if (warmUp) for (const name of names) await works[name]();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) times.get(name)?.push(await timed(works[name]));
  }
  return Object.fromEntries([...times].map(([name, taken]) => [name, median(taken)])) as Record<Name, number>;
}

/** Milliseconds that one run takes, on a heap without the leavings of those before. */
export async function timed(work: Work): Promise<number> {
  globalThis.gc?.();
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The middle one, or the mean of the middle two. Throws RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}
