import { describe, expect, it } from '@jest/globals';
import { createPacer } from '../../../src/sources/aws/pacer.ts';
import { type LookupAsk, lookUpEvents } from '../../../src/sources/cloudtrail/lookup-events.ts';
import fc from '../../support/fast-check.ts';
import { virtualClock } from '../../support/virtual-clock.ts';
import { type Meddle, named, type PlainEvent, plainTrail } from './plain-trail.ts';

const DAY = 86_400;
const END = 90 * DAY;

interface Scene {
  readonly events: readonly PlainEvent[];
  /** How long an answer takes, in virtual milliseconds; by the call's number. */
  readonly latency?: (call: number) => number;
  readonly meddle?: Meddle;
  readonly ask?: Partial<LookupAsk>;
}

async function lookUp({ events, latency = () => 200, meddle = (_call, _query, answer) => answer(), ask = {} }: Scene) {
  const clock = virtualClock();
  const trail = plainTrail(events, async (call, query, answer, signal) => {
    await clock.sleep(latency(call), signal);
    return meddle(call, query, answer, signal);
  });
  const lookup = await lookUpEvents({
    askPage: trail.askPage,
    pacer: createPacer({ perSecond: 2, ...clock }),
    operation: 'CreateKey',
    start: 0,
    end: END,
    signal: new AbortController().signal,
    now: () => '2026-11-23T06:00:00.000Z',
    sleep: clock.sleep,
    ...ask,
  });
  return { ...lookup, ids: lookup.events.map(({ eventId }) => eventId).sort(), asked: trail.asked, clock };
}

const spread = (count: number, at: (index: number) => number): PlainEvent[] =>
  Array.from({ length: count }, (_, index) => ({ eventId: `event-${index}`, at: Math.floor(at(index)) }));
const evenly = (count: number): PlainEvent[] => spread(count, (index) => (index / count) * END);
const idsOf = (events: readonly PlainEvent[]): string[] => events.map(({ eventId }) => eventId).sort();

const SLOW = () => 2_000;
const VERY_SLOW = () => 4_000;

describe('calls that a look-up makes', () => {
  it('an account without events costs one call, and a few when answers are slow', async () => {
    expect((await lookUp({ events: [] })).asked).toHaveLength(1);
    expect((await lookUp({ events: [], latency: VERY_SLOW })).asked.length).toBeLessThanOrEqual(4);
  });

  it('quick answers are paged down one chain, without a call too many', async () => {
    const { asked, ids } = await lookUp({ events: evenly(2_000) });
    expect(ids).toHaveLength(2_000);
    expect(asked).toHaveLength(40);
  });

  it.each<[string, PlainEvent[]]>([
    ['evenly spread', evenly(2_000)],
    ['all in one day', spread(2_000, (index) => 30 * DAY + index * 43)],
    ['all in the newest hour', spread(2_000, (index) => END - index)],
    ['all in the oldest hour', spread(2_000, (index) => index)],
    ['on workday mornings', spread(2_000, (index) => (index % 13) * 7 * DAY + index * 5)],
  ])('slow answers are asked for side by side: events %s', async (_text, events) => {
    const { asked, ids, clock } = await lookUp({ events, latency: SLOW });
    expect(ids).toEqual(idsOf(events));
    expect(asked.length).toBeLessThanOrEqual(60);
    // One token chain would need 40 answers of 2 s one after the other.
    expect(clock.now()).toBeLessThanOrEqual(32_000);
  });

  it('2,000 records with answers of 2 s come within a quarter of what two calls a second allow', async () => {
    const { clock } = await lookUp({ events: evenly(2_000), latency: SLOW });
    expect(clock.now()).toBeLessThanOrEqual(1.25 * (2_000 / 50 / 2) * 1_000);
  });

  it('waits for no answer that another slice has made needless', async () => {
    const { ids, clock } = await lookUp({ events: evenly(30), latency: (call) => (call === 1 ? 2_000 : 60_000) });
    expect(ids).toHaveLength(30);
    expect(clock.now()).toBe(2_000);
  });
});

describe('answers that take a minute', () => {
  it('leave a bounded number of calls under way', async () => {
    let underWay = 0;
    let most = 0;
    const latency = (call: number): number => {
      underWay += 1;
      most = Math.max(most, underWay);
      return call === 1 ? 100 : 60_000;
    };
    const meddle: Meddle = (_call, _query, answer) => {
      underWay -= 1;
      return answer();
    };
    const { ids } = await lookUp({ events: evenly(4_000), latency, meddle });
    expect(ids).toHaveLength(4_000);
    expect(most).toBe(24);
  });
});

describe('what a look-up reads', () => {
  it('finds an event on either end of the window', async () => {
    const events = [0, END].map((at) => ({ eventId: `at-${at}`, at }));
    expect((await lookUp({ events })).ids).toEqual(idsOf(events));
  });

  it('any slicing of any window gives each event once', async () => {
    const times = fc.array(
      fc.oneof(
        fc.integer({ min: 0, max: END }),
        fc.integer({ min: 5_000, max: 5_040 }),
        fc.double({ min: 7_000, max: 7_010, noNaN: true }),
      ),
      { maxLength: 400 },
    );
    const latencies = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(times, latencies, async (ats, latency) => {
        const events = ats.map((at, index) => ({ eventId: `event-${index}`, at }));
        const found = await lookUp({ events, latency: (call) => latency[call % latency.length] ?? 1 });
        expect(found.failure).toBeUndefined();
        expect(found.ids).toEqual(idsOf(events));
        expect(joined(found.read)).toEqual([{ after: -1, until: END }]);
      }),
      { numRuns: 60 },
    );
  });

  it('whatever passing failures come in whatever order', async () => {
    const failure = fc.constantFrom(
      'ThrottlingException',
      'ECONNRESET',
      'InternalFailure',
      undefined,
      undefined,
      undefined,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(failure, { minLength: 3, maxLength: 40 }),
        fc.constantFrom(1, 500, 2_000),
        async (script, ms) => {
          const events = evenly(400);
          const meddle: Meddle = (call, { token }, answer) => {
            if (token !== undefined && call % 11 === 0) throw named('InvalidNextTokenException');
            const name = script[call];
            if (name !== undefined) throw named(name);
            return answer();
          };
          const { ids, failure: ended } = await lookUp({ events, meddle, latency: () => ms });
          if (ended === undefined) expect(ids).toEqual(idsOf(events));
          else expect(ended.reason).toMatch(/after 8 tries/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts a duplicate once', async () => {
    const twice: Meddle = (_call, _query, answer) => {
      const { events, token } = answer();
      return { events: events.flatMap((event) => [event, event]), token };
    };
    const events = evenly(120);
    expect((await lookUp({ events, meddle: twice })).ids).toEqual(idsOf(events));
  });

  it('reads on behind an empty page with a token', async () => {
    const events = evenly(120);
    const meddle: Meddle = (call, query, answer) =>
      call % 2 === 1
        ? { events: [], token: `CreateKey ${query.start} ${query.end} ${query.token?.split(' ')[3] ?? 0}` }
        : answer();
    expect((await lookUp({ events, meddle })).ids).toEqual(idsOf(events));
  });

  it('gives up on empty pages without end', async () => {
    const meddle: Meddle = (_call, { start, end }) => ({ events: [], token: `CreateKey ${start} ${end} 0` });
    const { failure, read } = await lookUp({ events: [], meddle });
    expect(failure).toEqual({ kind: 'unreadable', reason: 'CloudTrail answers empty pages without end' });
    expect(read).toEqual([]);
  });
});

describe('tokens that expire', () => {
  it.each([
    ['once', (call: number) => call === 3],
    ['every time', () => true],
  ])('%s: the slice goes on from where it was', async (_text, expires) => {
    const events = evenly(300);
    const meddle: Meddle = (call, { token }, answer) => {
      if (token !== undefined && expires(call)) throw named('InvalidNextTokenException');
      return answer();
    };
    const { ids, failure } = await lookUp({ events, meddle });
    expect(failure).toBeUndefined();
    expect(ids).toEqual(idsOf(events));
  });

  it('a second with more than a page, and tokens that never hold, end the look-up with a reason', async () => {
    const events = spread(200, () => 5_000);
    const meddle: Meddle = (_call, { token }, answer) => {
      if (token !== undefined) throw named('InvalidNextTokenException');
      return answer();
    };
    const { failure, asked } = await lookUp({ events, meddle });
    expect(failure).toEqual({ kind: 'unreadable', reason: 'CloudTrail takes none of its own tokens' });
    expect(asked.length).toBeLessThan(20);
  });
});

describe('calls that fail', () => {
  it.each([
    ['throttled', 'ThrottlingException', 400],
    ['refused for the moment', 'ServiceUnavailableException', 503],
    ['cut off', 'ECONNRESET', 0],
  ])('%s: tried again until they pass', async (_text, name, status) => {
    const events = evenly(200);
    const meddle: Meddle = (call, _query, answer) => {
      if (call % 3 !== 0) throw named(name, status);
      return answer();
    };
    const { ids, failure } = await lookUp({ events, meddle, latency: SLOW });
    expect(failure).toBeUndefined();
    expect(ids).toEqual(idsOf(events));
  });

  it.each([
    ['ThrottlingException', 400],
    ['InternalFailure', 500],
  ])('%s for good: eight tries of a page, then a reason', async (name, status) => {
    const { failure, read, asked } = await lookUp({
      events: evenly(200),
      meddle: () => {
        throw named(name, status);
      },
    });
    expect(failure?.reason).toBe(`the service said ${name} (after 8 tries)`);
    expect(read).toEqual([]);
    expect(asked).toHaveLength(8);
  });

  it('a denial ends the look-up at once and names the permission', async () => {
    const { failure, asked, events } = await lookUp({
      events: evenly(200),
      meddle: () => {
        throw named('AccessDeniedException');
      },
    });
    expect(failure).toMatchObject({ kind: 'denied', permission: 'cloudtrail:LookupEvents' });
    expect([asked.length, events.length]).toEqual([1, 0]);
  });

  it('a failure midway keeps what was read, and says which part that is', async () => {
    const meddle: Meddle = (call, _query, answer) => {
      if (call > 2) throw named('AccessDeniedException');
      return answer();
    };
    const { failure, read, ids } = await lookUp({ events: evenly(200), meddle });
    expect(failure?.kind).toBe('denied');
    expect(ids).toHaveLength(100);
    expect(joined(read)).toEqual([{ after: 45 * DAY, until: END }]);
  });

  it('nothing but the error itself comes of a fault in the program', async () => {
    const broken = { turn: () => Promise.reject(new RangeError('a bug')) };
    await expect(lookUp({ events: [], ask: { pacer: broken } })).rejects.toThrow('a bug');
  });
});

describe('an interrupted look-up', () => {
  it.each([1, 2, 5])('throws the reason, after call %d, and asks no more', async (last) => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    let calls = 0;
    const meddle: Meddle = (call, _query, answer) => {
      calls = call;
      if (call === last) stop.abort(reason);
      return answer();
    };
    const ask = { signal: stop.signal };
    await expect(lookUp({ events: evenly(2_000), meddle, latency: SLOW, ask })).rejects.toBe(reason);
    expect(calls).toBe(last);
  });

  it('asks nothing when it was interrupted before', async () => {
    const reason = new Error('interrupted');
    await expect(lookUp({ events: [], ask: { signal: AbortSignal.abort(reason) } })).rejects.toBe(reason);
  });
});

/** Spans that meet, as one. */
function joined(read: readonly { readonly after: number; readonly until: number }[]) {
  const spans: { after: number; until: number }[] = [];
  for (const { after, until } of read) {
    const last = spans.at(-1);
    if (last === undefined || after > last.until) spans.push({ after, until });
    else last.until = Math.max(last.until, until);
  }
  return spans;
}
