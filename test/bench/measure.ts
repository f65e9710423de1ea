/** Something to be timed: the promise it gives is waited for. */
export type Work = () => unknown;

/** Median wall-clock milliseconds of two things that were run by turns. */
export interface Pair {
  readonly ours: number;
  readonly baseline: number;
}

/**
 * Times two things by turns, so that what else the machine does meets both alike; who goes first changes each round.
 * One round before those that count warms both up: programs that run once are measured as child processes.
 */
export async function inTurns(rounds: number, ours: Work, baseline: Work): Promise<Pair> {
  const times = { ours: [] as number[], baseline: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const both = [
      { work: ours, into: times.ours },
      { work: baseline, into: times.baseline },
    ];
    for (const { work, into } of round % 2 === 0 ? both : both.reverse()) {
      const ms = await timed(work);
      if (round > 0) into.push(ms);
    }
  }
  return { ours: median(times.ours), baseline: median(times.baseline) };
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
