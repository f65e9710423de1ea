import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { kmsClient } from '../../src/sources/kms/client.ts';
import type { Facet } from '../../src/sources/kms/facets.ts';
import { lookAtKeys } from '../../src/sources/kms/keys.ts';
import { REALM } from '../support/facts.ts';
import type { Benchmark, Row } from './benchmark.ts';
import { type Emulated, emulated } from './emulated.ts';
import { LOOKING } from './looking.ts';
import { inTurns } from './measure.ts';
import { CREDENTIALS, SESSION } from './session.ts';
import { count, duration, figures } from './words.ts';

const KEYS = 2_000;
const LATENCY = 20;
/** One after the other, all keys would take a minute. */
const SAMPLE = 50;
const ROUNDS = { rounds: 3, warmUp: false };

/** Describing all keys of a Region against asking for one after the other. */
export const kms: Benchmark = async ({ progress }) => {
  const emulator = await emulated(
    {
      keys: Array.from({ length: KEYS }, (_, n) => ({ id: n + 1, region: REALM.region, aliases: [`alias/key-${n}`] })),
      faults: [{ fault: 'slow', service: 'kms', ms: LATENCY }],
    },
    {},
  );
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  try {
    const rows: Row[] = [];
    for (const facets of [[], ['rotation']] as const) {
      progress(['DescribeKey', ...facets].join(' and '));
      rows.push(await compared(emulator, facets));
    }
    return rows;
  } finally {
    await emulator.stop();
  }
};

async function compared(emulator: Emulated, facets: readonly Facet[]): Promise<Row> {
  const client = kmsClient(SESSION, REALM.region);
  const plain = new KMSClient({ region: REALM.region, credentials: CREDENTIALS });
  let calls = '';
  let callsAKey = 0;
  const times = await inTurns(ROUNDS, {
    ours: async () => {
      await emulator.calls();
      const { facts } = await lookAtKeys({ client, realm: REALM, facets: new Set(facets) }, LOOKING);
      if (facts.length !== KEYS) throw new Error(`${facts.length} of ${KEYS} keys were described`);
      const { byApi, all } = await emulator.calls();
      calls = Object.entries(byApi)
        .map(([api, times]) => `${count(times)} ${api}`)
        .sort()
        .join(', ');
      callsAKey = all / KEYS;
    },
    baseline: () => oneByOne(plain, facets),
  });
  client.destroy();
  plain.destroy();
  const serial = times.baseline * (KEYS / SAMPLE);
  return {
    what: `live keys: ${count(KEYS)} in one Region${facets.map((facet) => `, with ${facet}`).join('')}`,
    ours: duration(times.ours),
    baseline: duration(serial),
    ratio: times.ours / serial,
    note: `aim 0.1; baseline: one call after the other, ${SAMPLE} keys scaled by ${KEYS / SAMPLE}; answers take ${LATENCY} ms; ${calls}: ${figures(callsAKey)} calls a key`,
  };
}

async function oneByOne(client: KMSClient, facets: readonly Facet[]): Promise<void> {
  const { Keys = [] } = await client.send(new ListKeysCommand({ Limit: SAMPLE }));
  for (const { KeyId } of Keys) {
    await client.send(new DescribeKeyCommand({ KeyId }));
    if (facets.includes('rotation')) await client.send(new GetKeyRotationStatusCommand({ KeyId }));
  }
}
