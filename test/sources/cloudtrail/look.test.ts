import { afterEach, describe, expect, it } from '@jest/globals';
import { coverageSchema } from '../../../src/model/coverage.ts';
import { factSchema } from '../../../src/model/facts.ts';
import { DAY, toInstant } from '../../../src/model/time.ts';
import { createPacer, type Pacer } from '../../../src/sources/aws/pacer.ts';
import type { AwsSession } from '../../../src/sources/aws/session.ts';
import { cloudTrailClient } from '../../../src/sources/cloudtrail/client.ts';
import { lookAtCreations, lookAtDeletions, lookAtReplications } from '../../../src/sources/cloudtrail/look.ts';
import { type Emulator, type Fault, startEmulator, type World } from '../../support/emulator/emulator.ts';

const REALM = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const SESSION: AwsSession = {
  partition: REALM.partition,
  account: REALM.account,
  caller: 'arn:aws:iam::111122223333:user/mary',
  credentials: async () => ({ accessKeyId: 'EXAMPLEKEYID', secretAccessKey: 'example' }),
  defaultRegion: undefined,
};
const open: (() => unknown)[] = [];

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_CLOUDTRAIL'];
  for (const close of open.splice(0)) await close();
});

interface Scene {
  readonly world: World;
  readonly faults?: readonly Fault[];
  readonly days?: number;
  readonly signal?: AbortSignal;
  readonly look?: typeof lookAtCreations;
  readonly pacer?: Pacer;
}

/** Grants each turn when the call before it has been answered: one call at a time. */
function oneByOne(): Pacer {
  let free = Promise.resolve();
  return {
    turn: async (signal) => {
      const before = free;
      let answered = (): void => undefined;
      free = new Promise((resolve) => {
        answered = resolve;
      });
      const givenUp = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      await Promise.race([before, givenUp]);
      return { answered, throttled: answered };
    },
  };
}

const fastPacer = (): Pacer => createPacer({ perSecond: 100 });

/** A look over the real client, paced so fast that nobody has to wait. */
async function look({
  world,
  faults = [],
  days = 89,
  signal,
  look: lookAt = lookAtCreations,
  pacer = fastPacer(),
}: Scene) {
  const emulator: Emulator = await startEmulator(world, { faults, lookupEventsPerSecond: null, slowScale: 0.01 });
  process.env['AWS_ENDPOINT_URL_CLOUDTRAIL'] = emulator.url;
  const client = cloudTrailClient(SESSION, REALM.region);
  open.push(() => client.destroy(), emulator.stop);
  const now = emulator.now();
  const window = { start: toInstant(now - days * DAY), end: toInstant(now) };
  const looking = {
    signal: signal ?? new AbortController().signal,
    now: () => toInstant(now),
    onProgress: () => undefined,
  };
  const found = await lookAt({ client, pacer, realm: REALM, window }, looking);
  for (const fact of found.facts) factSchema.parse(fact);
  for (const coverage of found.coverage) coverageSchema.parse(coverage);
  return { ...found, window, calls: emulator.requests.filter(({ api }) => api === 'LookupEvents').length };
}

const keys = (count: number): World['keys'] =>
  Array.from({ length: count }, (_, index) => ({
    id: index,
    region: REALM.region,
    created: `-${index * 10 + 1}m`,
    createdBy: 'terraform' as const,
  }));

describe('creation records over the wire', () => {
  it.each<[string, readonly Fault[]]>([
    ['a quiet account', []],
    ['throttling', [{ fault: 'throttle', api: 'LookupEvents', times: 4 }]],
    ['server errors', [{ fault: 'server-error', api: 'LookupEvents', every: 2, times: 2 }]],
    ['connections that are cut', [{ fault: 'reset', api: 'LookupEvents', every: 3, times: 2 }]],
    ['slow answers', [{ fault: 'slow', api: 'LookupEvents', ms: 1000, toMs: 4000 }]],
    ['tokens that expire', [{ fault: 'expire-token', times: 2 }]],
    ['an empty page with a token', [{ fault: 'empty-page', every: 2 }]],
    ['duplicates', [{ fault: 'duplicate-records' }]],
  ])('%s: each key once, and the window is covered', async (_text, faults) => {
    const { facts, coverage, diagnostics, window } = await look({ world: { keys: keys(220) }, faults });
    expect(new Set(facts.map((fact) => 'arn' in fact && fact.arn)).size).toBe(220);
    expect(facts).toHaveLength(220);
    expect(facts.every((fact) => fact.kind === 'created' && fact.actor.via === 'terraform')).toBe(true);
    expect(coverage).toEqual([
      { source: 'cloudtrail', operation: 'CreateKey', ...REALM, window, status: 'complete', readAt: window.end },
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('an account without keys costs one call', async () => {
    expect(await look({ world: {}, pacer: oneByOne() })).toMatchObject({
      facts: [],
      calls: 1,
      coverage: [{ status: 'complete' }],
    });
  });

  it('records that come late are not there yet, which is no error', async () => {
    const faults: Fault[] = [{ fault: 'late-records', records: 3 }];
    expect((await look({ world: { keys: keys(20) }, faults })).facts).toHaveLength(17);
  });

  it('a record that is cut in the middle costs itself, and the coverage says so', async () => {
    const { facts, coverage, diagnostics } = await look({
      world: { keys: keys(20) },
      faults: [{ fault: 'malformed-record' }],
    });
    expect(facts).toHaveLength(19);
    expect(coverage).toMatchObject([{ status: 'partial', reason: '1 record cannot be read' }]);
    expect(diagnostics).toEqual([
      {
        level: 'warning',
        source: 'cloudtrail',
        message: expect.stringMatching(
          /^CreateKey in 111122223333 eu-west-1: 1 record cannot be read: its CloudTrailEvent is no JSON \(eventID \S+\)$/,
        ),
      },
    ]);
  });

  it('a denial is failed coverage with the missing permission', async () => {
    const { facts, coverage, calls } = await look({
      world: { keys: keys(20) },
      faults: [{ fault: 'deny', api: 'LookupEvents' }],
    });
    expect([facts, calls]).toEqual([[], 1]);
    expect(coverage).toMatchObject([
      {
        status: 'failed',
        permission: 'cloudtrail:LookupEvents',
        reason: expect.stringMatching(/^cloudtrail:LookupEvents is denied[^\n]*$/),
      },
    ]);
  });

  it('a failure midway keeps what was read as partial coverage', async () => {
    const faults: Fault[] = [{ fault: 'deny', api: 'LookupEvents', skip: 2 }];
    const { facts, coverage } = await look({ world: { keys: keys(220) }, faults, pacer: oneByOne() });
    expect(facts).toHaveLength(100);
    expect(coverage).toMatchObject([{ status: 'partial', reason: expect.stringMatching(/^read \S+Z to \S+Z only: /) }]);
  });

  it('a window beyond 90 days is cut, and coverage and a diagnostic say so', async () => {
    const { coverage, diagnostics, window } = await look({ world: { keys: keys(3) }, days: 120 });
    const kept = toInstant(Math.ceil((Date.parse(window.end) - 90 * DAY) / 1000) * 1000);
    const reason = `CloudTrail keeps 90 days: read from ${kept}, asked for from ${window.start}`;
    expect(coverage).toMatchObject([{ status: 'complete', window: { start: kept, end: window.end }, reason }]);
    expect(diagnostics).toEqual([
      { level: 'info', source: 'cloudtrail', message: `CreateKey in 111122223333 eu-west-1: ${reason}` },
    ]);
  });

  it('calls that made no KMS key are counted, each reason once', async () => {
    const other = { event: 'CreateKey', region: REALM.region, at: '-2h' };
    const { facts, diagnostics } = await look({
      world: {
        keys: keys(1),
        records: [
          { ...other, eventSource: 'payment-cryptography.amazonaws.com' },
          { ...other, eventSource: 'geo.amazonaws.com' },
          { ...other, errorCode: 'AccessDenied' },
        ],
      },
    });
    expect(facts).toHaveLength(1);
    expect(diagnostics.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'CreateKey in 111122223333 eu-west-1: 2 records left out: another service'],
      ['info', 'CreateKey in 111122223333 eu-west-1: 1 record left out: failed call'],
    ]);
  });

  it('an interrupted look throws the reason', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    setTimeout(() => stop.abort(reason), 20);
    const faults: Fault[] = [{ fault: 'slow', ms: 100_000 }];
    await expect(look({ world: { keys: keys(5) }, faults, signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('deletion and replication records over the wire', () => {
  it('say who scheduled which deletion', async () => {
    const world: World = {
      keys: [{ id: 7, region: REALM.region, deletion: { windowDays: 9, by: { via: 'console', at: '-2d' } } }],
    };
    expect(await look({ world, days: 30, look: lookAtDeletions })).toMatchObject({
      facts: [{ kind: 'deletion', pendingWindowInDays: 9, actor: { via: 'console' } }],
      coverage: [{ operation: 'ScheduleKeyDeletion', status: 'complete' }],
    });
  });

  it('say who asked for which replica, in the Region of its primary', async () => {
    const replicas = [{ region: 'us-east-1', created: '-1d', createdBy: 'terraform' as const }];
    const world: World = {
      keys: [{ id: `mrk-${'0'.repeat(31)}8`, region: REALM.region, multiRegion: true, replicas }],
    };
    expect(await look({ world, look: lookAtReplications })).toMatchObject({
      facts: [
        {
          kind: 'replicated',
          arn: `arn:aws:kms:us-east-1:111122223333:key/mrk-${'0'.repeat(31)}8`,
          primaryArn: `arn:aws:kms:eu-west-1:111122223333:key/mrk-${'0'.repeat(31)}8`,
          actor: { via: 'terraform' },
        },
      ],
      coverage: [{ operation: 'ReplicateKey', region: 'eu-west-1', status: 'complete' }],
    });
  });
});
