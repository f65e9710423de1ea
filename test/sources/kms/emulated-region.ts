import type { KMSClient } from '@aws-sdk/client-kms';
import { afterEach, jest } from '@jest/globals';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { Fact, FactOf, LiveFact } from '../../../src/model/facts.ts';
import type { Look } from '../../../src/model/inventory.ts';
import type { KeyArn } from '../../../src/model/key-arn.ts';
import { type KmsBounds, kmsClient } from '../../../src/sources/kms/client.ts';
import type { Facet } from '../../../src/sources/kms/facets.ts';
import { describeKeys, type KeysAsk, lookAtKeys } from '../../../src/sources/kms/keys.ts';
import type { Looking } from '../../../src/sources/source.ts';
import { type Emulator, type EmulatorOptions, startEmulator, type World } from '../../support/emulator/emulator.ts';
import { REALM, T } from '../../support/facts.ts';

// A thousand keys over HTTP on a busy machine; nothing here waits for time to pass.
jest.setTimeout(60_000);

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

export type WorldKey = NonNullable<World['keys']>[number];

/** The shape of an ordinary key in a world, numbered like test/support/facts.ts numbers its ARNs. */
export const worldKey = (id: number, more: Partial<WorldKey> = {}): WorldKey => ({
  id,
  region: REALM.region,
  ...more,
});

export const worldKeys = (count: number, more: Partial<WorldKey> = {}): WorldKey[] =>
  Array.from({ length: count }, (_, index) => worldKey(index + 1, more));

/** One attempt a call: what the SDK's retries would mend is seen by the source. */
export const ONE_TRY: KmsBounds = { attempts: 1, connectMs: 5_000, answerMs: 5_000 };

/** One emulated Region and the KMS source's way to it. */
export interface EmulatedRegion {
  readonly emulator: Emulator;
  readonly client: KMSClient;
  readonly progress: string[];
  /** How long the source wanted to pause, in milliseconds; it never really does. */
  readonly pauses: number[];
  readonly look: (facets?: readonly Facet[], signal?: AbortSignal) => Promise<Look>;
  readonly describe: (arns: readonly KeyArn[], facets?: readonly Facet[]) => Promise<Look>;
  readonly calls: (api: string) => number;
}

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

/** Starts an emulator that stops by itself after the test. */
export async function emulatedRegion(
  world: World,
  { bounds, ...options }: EmulatorOptions & { readonly bounds?: KmsBounds } = {},
): Promise<EmulatedRegion> {
  const emulator = await startEmulator(world, { slowScale: 0.01, ...options });
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  const client = kmsClient(
    {
      partition: REALM.partition,
      account: REALM.account,
      caller: 'arn:aws:iam::111122223333:user/operator',
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }),
      defaultRegion: undefined,
    },
    REALM.region,
    bounds,
  );
  running.push(async () => {
    client.destroy();
    await emulator.stop();
  });
  const progress: string[] = [];
  const pauses: number[] = [];
  const looking = (signal: AbortSignal): Looking => ({
    signal,
    now: () => T.live,
    onProgress: ({ text }) => progress.push(text),
  });
  const ask = (facets: readonly Facet[]): KeysAsk => ({
    client,
    realm: REALM,
    facets: new Set(facets),
    sleep: async (ms) => {
      pauses.push(ms);
    },
  });
  return {
    emulator,
    client,
    progress,
    pauses,
    look: (facets = [], signal = new AbortController().signal) => lookAtKeys(ask(facets), looking(signal)),
    describe: (arns, facets = []) => describeKeys({ ...ask(facets), arns }, looking(new AbortController().signal)),
    calls: (api) => emulator.requests.filter((request) => request.api === api).length,
  };
}

export const factsOf = <K extends Fact['kind']>(look: Look, kind: K): FactOf<K>[] =>
  look.facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

/** The live fact of one key. */
export function liveFact(look: Look, arn: KeyArn): LiveFact {
  const fact = factsOf(look, 'live').find((it) => it.arn === arn);
  if (fact === undefined) throw new Error(`no live fact of ${arn}`);
  return fact;
}

/** Coverage of one operation, without what is the same everywhere. */
export const coverageOf = (look: Look, operation: string): Partial<Coverage>[] =>
  look.coverage
    .filter((entry) => entry.operation === operation)
    .map(({ source, operation: _, partition, account, region, readAt, ...rest }) => rest);
