import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { DAY, HOUR, SECOND, toInstant, type Window } from '../../src/model/time.ts';
import { createPacer } from '../../src/sources/aws/pacer.ts';
import { cloudTrailClient } from '../../src/sources/cloudtrail/client.ts';
import { lookAtCreations } from '../../src/sources/cloudtrail/look.ts';
import type { World } from '../support/emulator/emulator.ts';
import { REALM } from '../support/facts.ts';
import type { Benchmark } from './benchmark.ts';
import { chance } from './chance.ts';
import { type Emulated, emulated } from './emulated.ts';
import { LOOKING } from './looking.ts';
import { inTurns, median, timed } from './measure.ts';
import { CREDENTIALS, SESSION } from './session.ts';
import { count, duration, figures } from './words.ts';

const EVENTS = 2_000;
const PAGES = EVENTS / 50;
/** Everything is so many times faster than it is at AWS: answers take 50-200 ms, and 40 calls a second are allowed. */
const FASTER = 20;
const PERMITTED = 2 * FASTER;
/** What the quota alone makes of the fewest calls possible, in milliseconds. */
const FLOOR = (PAGES / PERMITTED) * SECOND;
const ROUNDS = { rounds: 3, warmUp: false };

/** Reading creation records under LookupEvents' quota and slowness, against one token chain. */
export const cloudtrail: Benchmark = async ({ progress }) => {
  const end = Date.now();
  const window = { start: toInstant(end - 90 * DAY + HOUR), end: toInstant(end) };
  const emulator = await emulated(worldOf(window, end), { lookupEventsPerSecond: PERMITTED, slowScale: 1 / FASTER });
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  try {
    progress(`${count(EVENTS)} records, in slices and in one chain`);
    return await compared(emulator, window);
  } finally {
    await emulator.stop();
  }
};

async function compared(emulator: Emulated, window: Window) {
  const runs: { readonly ms: number; readonly calls: number; readonly failed: number }[] = [];
  const client = cloudTrailClient(SESSION, REALM.region);
  const plain = new CloudTrailClient({ region: REALM.region, credentials: CREDENTIALS });
  const look = async (): Promise<void> => {
    await emulator.calls();
    const pacer = createPacer({ perSecond: PERMITTED });
    let records = 0;
    const ms = await timed(async () => {
      const { facts } = await lookAtCreations(
        { client, pacer, realm: REALM, window },
        { ...LOOKING, now: () => window.end },
      );
      records = facts.length;
    });
    if (records !== EVENTS) throw new Error(`${records} of ${EVENTS} records were read`);
    const { all, failed } = await emulator.calls();
    runs.push({ ms, calls: all, failed });
  };
  const times = await inTurns(ROUNDS, { ours: look, baseline: () => oneChain(plain, window) });
  client.destroy();
  plain.destroy();
  const calls = median(runs.map((run) => run.calls));
  const share = median(runs.map((run) => run.calls / PERMITTED / (run.ms / SECOND)));
  const throttled = runs.reduce((sum, { failed }) => sum + failed, 0);
  return [
    {
      what: `creation records: ${count(EVENTS)} over 90 days in one Region`,
      ours: duration(times.ours),
      baseline: duration(times.baseline),
      ratio: times.ours / times.baseline,
      note: `baseline: one token chain with the plain client; ${FASTER} times faster than AWS (answers 50-200 ms, ${PERMITTED} calls/s)`,
    },
    {
      what: 'the same, against the floor that the quota sets',
      ours: duration(times.ours),
      baseline: duration(FLOOR),
      ratio: times.ours / FLOOR,
      note: `aim 1.25; ${figures(share * 100)} % of the permitted rate, ${count(calls)} calls (${count(calls - PAGES)} beyond ${PAGES} full pages), ${throttled} throttled`,
    },
  ];
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

/** Half of the keys in five bursts of an hour, a third in office hours, the rest at any time. */
function worldOf({ start }: Window, end: number): World {
  const luck = chance(2);
  const from = Date.parse(start);
  const bursts = Array.from({ length: 5 }, () => from + luck.below(end - from - HOUR)) as [number, ...number[]];
  const times = Array.from({ length: EVENTS }, (_, n) => {
    if (n % 2 === 0) return luck.pick(bursts) + luck.below(HOUR);
    if (n % 3 === 0) return Math.floor(from / DAY + 1 + luck.below(88)) * DAY + 9 * HOUR + luck.below(8 * HOUR);
    return from + luck.below(end - from);
  });
  return {
    now: toInstant(end),
    keys: times.map((ms, n) => ({ id: n + 1, region: REALM.region, created: toInstant(ms), createdBy: 'terraform' })),
    faults: [{ fault: 'slow', api: 'LookupEvents', ms: 1_000, toMs: 4_000 }],
  };
}
