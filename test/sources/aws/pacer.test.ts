import { describe, expect, it } from '@jest/globals';
import { createPacer, type Pacer, type PacerSettings } from '../../../src/sources/aws/pacer.ts';
import fc from '../../support/fast-check.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const NEVER = new AbortController().signal;

function pacedBy(settings: Omit<PacerSettings, 'now' | 'sleep'>) {
  const clock = virtualClock();
  return { clock, pacer: createPacer({ ...settings, ...clock }) };
}

const turnsAt = (pacer: Pacer, now: () => number, count: number): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, () => pacer.turn(NEVER).then(now)));

describe('a pacer', () => {
  it.each([
    ['evenly spaced', { perSecond: 2 }, [0, 500, 1000, 1500]],
    ['a burst first', { perSecond: 2, burst: 3 }, [0, 0, 0, 500]],
    ['another rate', { perSecond: 10 }, [0, 100, 200, 300]],
  ])('grants turns: %s', async (_text, settings, times) => {
    const { clock, pacer } = pacedBy(settings);
    expect(await turnsAt(pacer, clock.now, 4)).toEqual(times);
  });

  it('saves up no more than its burst', async () => {
    const { clock, pacer } = pacedBy({ perSecond: 2, burst: 2 });
    await clock.sleep(60_000);
    expect(await turnsAt(pacer, clock.now, 3)).toEqual([60_000, 60_000, 60_500]);
  });

  it('serves first who asked first', async () => {
    const { pacer } = pacedBy({ perSecond: 2 });
    const served: string[] = [];
    await Promise.all(['a', 'b', 'c'].map((name) => pacer.turn(NEVER).then(() => served.push(name))));
    expect(served).toEqual(['a', 'b', 'c']);
  });

  it('doubles its spacing once for calls that were under way together, and wins it back with answers', async () => {
    const { clock, pacer } = pacedBy({ perSecond: 2 });
    const [first, second] = [await pacer.turn(NEVER), await pacer.turn(NEVER)];
    first?.throttled();
    second?.throttled();
    expect(await turnsAt(pacer, clock.now, 3)).toEqual([1500, 2500, 3500]);
    for (let answers = 0; answers < 7; answers += 1) second?.answered();
    expect(await turnsAt(pacer, clock.now, 2)).toEqual([4500, 5000]);
  });

  it('slows down to a sixteenth and no further', async () => {
    const { clock, pacer } = pacedBy({ perSecond: 2 });
    for (let throttles = 0; throttles < 9; throttles += 1) (await pacer.turn(NEVER)).throttled();
    const before = clock.now();
    await pacer.turn(NEVER);
    expect(clock.now() - before).toBe(8_000);
  });

  it('lets go of who gave up, without taking their turn', async () => {
    const { clock, pacer } = pacedBy({ perSecond: 2 });
    const gaveUp = new AbortController();
    const reason = new Error('enough');
    await pacer.turn(NEVER);
    const waiting = pacer.turn(gaveUp.signal);
    const next = pacer.turn(NEVER).then(clock.now);
    gaveUp.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(await next).toBe(500);
    await expect(pacer.turn(gaveUp.signal)).rejects.toBe(reason);
  });

  it('sleeps no longer when nobody waits, and serves again after that', async () => {
    const { clock, pacer } = pacedBy({ perSecond: 2 });
    const gaveUp = new AbortController();
    await pacer.turn(NEVER);
    const waiting = pacer.turn(gaveUp.signal);
    gaveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(clock.now()).toBe(0);
    expect(await turnsAt(pacer, clock.now, 2)).toEqual([500, 1000]);
  });

  it('never grants more than its rate and burst allow, whoever asks and gives up when', async () => {
    const asking = fc.array(fc.record({ after: fc.nat(2_000), patience: fc.nat(3_000) }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(asking, fc.integer({ min: 1, max: 4 }), async (askers, burst) => {
        const { clock, pacer } = pacedBy({ perSecond: 4, burst });
        const granted: number[] = [];
        await Promise.all(
          askers.map(async ({ after, patience }) => {
            const gaveUp = new AbortController();
            await clock.sleep(after);
            const turn = pacer.turn(gaveUp.signal).then(
              () => granted.push(clock.now()),
              () => undefined,
            );
            await clock.sleep(patience);
            gaveUp.abort();
            await turn;
          }),
        );
        granted.forEach((from, index) => {
          granted.slice(index).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(burst + ((to - from) / 1000) * 4);
          });
        });
      }),
      { numRuns: 50 },
    );
  });
});
