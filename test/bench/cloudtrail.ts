import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { DAY, HOUR, SECOND, toInstant, type Window } from '../../src/model/time.ts';
import { createPacer } from '../../src/sources/aws/pacer.ts';
import { cloudTrailClient } from '../../src/sources/cloudtrail/client.ts';
import { lookAtCreations } from '../../src/sources/cloudtrail/look.ts';
import { kmsClient } from '../../src/sources/kms/client.ts';
import { lookAtKeys } from '../../src/sources/kms/keys.ts';
import type { World } from '../support/emulator/emulator.ts';
import { REALM } from '../support/facts.ts';
import type { Benchmark, Row } from './benchmark.ts';
import { chance } from './chance.ts';
import { type Emulated, emulated } from './emulated.ts';
import { LOOKING } from './looking.ts';
import { inTurns, median, timed } from './measure.ts';
import { CREDENTIALS, SESSION } from './session.ts';
import { count, duration, figures } from './words.ts';

const EVENTS = 2_000;
const PAGES = EVENTS / 50;
/** Everything is so many times faster than it is at AWS: answers of 2 s take 500 ms, and 8 calls a second are allowed. */
const FASTER = 4;
const PERMITTED = 2 * FASTER;
/** What the quota alone makes of the fewest calls possible, in milliseconds. */
const FLOOR = (PAGES / PERMITTED) * SECOND;
const ROUNDS = { rounds: 1, warmUp: false };
/** Milliseconds that each KMS call takes while records are read. */
const DESCRIBING = 20;

/** An account whose keys were made at these times, and how slow LookupEvents is there in milliseconds. */
interface Scene {
  readonly times: readonly number[];
  readonly ms: number;
  readonly toMs: number;
}

interface OneLook {
  readonly ms: number;
  readonly calls: number;
  readonly throttled: number;
}

/** Reading creation records under LookupEvents' quota and slowness, against one token chain and against the quota. */
export const cloudtrail: Benchmark = async ({ progress }) => {
  const end = Date.now();
  const start = end - 90 * DAY + HOUR;
  const window = { start: toInstant(start), end: toInstant(end) };
  const uneven: Scene = { times: unevenTimes(start, end), ms: 1_000, toMs: 4_000 };
  const even: Scene = { times: evenTimes(start, end), ms: 2_000, toMs: 2_000 };
  progress(`${count(EVENTS)} records made evenly, in slices and in one chain`);
  const rows = await inScene(even, window, async (looking) => [
    ...(await againstChain(looking, window, 'made evenly, answers of 2 s', 'aim 1.25')),
    await overlapped(looking),
  ]);
  progress(`${count(EVENTS)} records made in bursts`);
  const bursts = await inScene(uneven, window, (looking) =>
    againstChain(looking, window, 'made in bursts, answers of 1-4 s', 'no aim'),
  );
  return [...rows, ...bursts];
};

interface LookingAt {
  readonly look: () => Promise<void>;
  /** The same while all live keys are described. */
  readonly lookAndDescribe: () => Promise<unknown>;
  /** What each look came to. */
  readonly looks: readonly OneLook[];
}

async function inScene<T>(scene: Scene, window: Window, act: (looking: LookingAt) => Promise<T>): Promise<T> {
  const emulator = await emulated(worldOf(scene, window), {
    lookupEventsPerSecond: PERMITTED,
    slowScale: 1 / FASTER,
  });
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  const client = cloudTrailClient(SESSION, REALM.region);
  const looks: OneLook[] = [];
  const look = async (): Promise<void> => {
    looks.push(await lookedOnce(client, emulator, window));
  };
  const kms = kmsClient(SESSION, REALM.region);
  const describe = () => lookAtKeys({ client: kms, realm: REALM, facets: new Set() }, LOOKING);
  try {
    return await act({ look, lookAndDescribe: () => Promise.all([look(), describe()]), looks });
  } finally {
    kms.destroy();
    client.destroy();
    await emulator.stop();
  }
}

async function lookedOnce(client: CloudTrailClient, emulator: Emulated, window: Window): Promise<OneLook> {
  const ask = { client, pacer: createPacer({ perSecond: PERMITTED }), realm: REALM, window };
  await emulator.calls();
  let records = 0;
  const ms = await timed(async () => {
    records = (await lookAtCreations(ask, { ...LOOKING, now: () => window.end })).facts.length;
  });
  if (records !== EVENTS) throw new Error(`${records} of ${EVENTS} records were read`);
  const { all, failed } = await emulator.calls();
  return { ms, calls: all, throttled: failed };
}

async function againstChain(
  { look, looks }: LookingAt,
  window: Window,
  how: string,
  aim: string,
): Promise<readonly Row[]> {
  const plain = new CloudTrailClient({ region: REALM.region, credentials: CREDENTIALS });
  const times = await inTurns(ROUNDS, { ours: look, baseline: () => oneChain(plain, window) });
  plain.destroy();
  return [
    {
      what: `creation records: ${count(EVENTS)} ${how}`,
      ours: duration(times.ours),
      baseline: duration(times.baseline),
      ratio: times.ours / times.baseline,
      note: `aim 0.33; baseline: one token chain with the plain client; quota and answers ${FASTER} times faster than AWS's`,
    },
    againstFloor(
      'the same, against the floor that the quota sets',
      looks,
      `${aim}; baseline: ${PAGES} calls at ${PERMITTED}/s`,
    ),
  ];
}

async function overlapped({ look, lookAndDescribe }: LookingAt): Promise<Row> {
  const times = await inTurns(ROUNDS, { baseline: look, ours: lookAndDescribe });
  return {
    what: `the same, describing ${count(EVENTS)} keys meanwhile`,
    ours: duration(times.ours),
    baseline: duration(times.baseline),
    ratio: times.ours / times.baseline,
    note: `baseline: the records alone; ${DESCRIBING} ms a KMS call`,
  };
}

function againstFloor(what: string, looks: readonly OneLook[], note: string): Row {
  const ms = median(looks.map((look) => look.ms));
  const calls = median(looks.map((look) => look.calls));
  const share = median(looks.map((look) => look.calls / PERMITTED / (look.ms / SECOND)));
  const throttled = looks.reduce((sum, look) => sum + look.throttled, 0);
  return {
    what,
    ours: duration(ms),
    baseline: duration(FLOOR),
    ratio: ms / FLOOR,
    note: `${note}; ${figures(share * 100)} % of the permitted rate, ${count(calls)} calls, ${count(calls - PAGES)} beyond the fewest, ${throttled} throttled`,
  };
}

async function oneChain(client: CloudTrailClient, { start, end }: Window): Promise<void> {
  const pages = paginateLookupEvents(
    { client, pageSize: 50 },
    {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateKey' }],
      StartTime: new Date(start),
      EndTime: new Date(end),
    },
  );
  let records = 0;
  for await (const { Events = [] } of pages) records += Events.length;
  if (records !== EVENTS) throw new Error(`the chain read ${records} of ${EVENTS} records`);
}

/** Half of the keys in five bursts of an hour, a sixth in office hours, the rest at any time. Epoch milliseconds. */
function unevenTimes(start: number, end: number): number[] {
  const luck = chance(2);
  const burst = (): number => start + luck.below(end - start - HOUR);
  const bursts = [burst(), burst(), burst(), burst(), burst()] as const;
  return Array.from({ length: EVENTS }, (_, n) => {
    if (n % 2 === 0) return luck.pick(bursts) + luck.below(HOUR);
    if (n % 3 === 0) return Math.floor(start / DAY + 1 + luck.below(88)) * DAY + 9 * HOUR + luck.below(8 * HOUR);
    return start + luck.below(end - start);
  });
}

const evenTimes = (start: number, end: number): number[] =>
  Array.from({ length: EVENTS }, (_, n) => Math.floor(start + ((end - start) * (n + 0.5)) / EVENTS));

const worldOf = ({ times, ms, toMs }: Scene, { end }: Window): World => ({
  now: end,
  keys: times.map((time, n) => ({ id: n + 1, region: REALM.region, created: toInstant(time), createdBy: 'terraform' })),
  faults: [
    { fault: 'slow', api: 'LookupEvents', ms, toMs },
    { fault: 'slow', service: 'kms', ms: DESCRIBING * FASTER },
  ],
});
