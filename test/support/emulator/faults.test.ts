import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand, DescribeKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { clientsOf } from './clients.ts';
import { type Emulator, type Fault, startEmulator } from './emulator.ts';
import { numberedId } from './world/keys.ts';

const REGION = 'eu-west-1';

let emulator: Emulator;
afterEach(async () => emulator.stop());

async function troubled(...faults: readonly Fault[]) {
  emulator = await startEmulator(
    {
      now: '2026-11-23T06:00:00Z',
      keys: [
        { id: 1, region: REGION, createdBy: 'terraform', created: '-1d' },
        { id: 2, region: REGION, createdBy: 'terraform', created: '-2d' },
        { id: 3, region: 'us-east-1' },
      ],
    },
    { clock: 'frozen', faults, lookupEventsPerSecond: null, slowScale: 0.001 },
  );
  return clientsOf(emulator);
}

/** `ok`, or the error's name, of one call after the other. */
async function namesOf(calls: number, send: () => Promise<unknown>): Promise<readonly string[]> {
  const names: string[] = [];
  for (let call = 0; call < calls; call += 1) {
    names.push(
      await send().then(
        () => 'ok',
        (error: Error) => error.name,
      ),
    );
  }
  return names;
}

const ok = 'ok';
const throttled = 'ThrottlingException';

describe('when a fault strikes', () => {
  it.each<[Omit<Fault, 'fault'>, readonly string[]]>([
    [{}, [throttled, throttled, throttled, throttled]],
    [{ times: 2 }, [throttled, throttled, ok, ok]],
    [{ every: 2 }, [ok, throttled, ok, throttled]],
    [{ skip: 1, times: 1 }, [ok, throttled, ok, ok]],
    [{ api: 'ListKeys', region: REGION }, [throttled, throttled, throttled, throttled]],
    [{ api: 'DescribeKey' }, [ok, ok, ok, ok]],
    [{ service: 'cloudtrail' }, [ok, ok, ok, ok]],
    [{ region: 'us-east-1' }, [ok, ok, ok, ok]],
    [{ account: '444455556666' }, [ok, ok, ok, ok]],
  ])('throttling with %j', async (when, expected) => {
    const { kms } = await troubled({ fault: 'throttle', ...when });
    expect(await namesOf(4, () => kms.send(new ListKeysCommand({})))).toEqual(expected);
  });

  it('for a while, by its clock', async () => {
    let ms = 0;
    emulator = await startEmulator({}, { faults: [{ fault: 'throttle', forMs: 100 }], rateClock: () => ms });
    const { kms } = clientsOf(emulator);
    const list = () => kms.send(new ListKeysCommand({}));
    expect(await namesOf(2, list)).toEqual([throttled, throttled]);
    ms = 100;
    expect(await namesOf(1, list)).toEqual([ok]);
  });

  it('about one key alone', async () => {
    const { kms } = await troubled({ fault: 'deny', api: 'DescribeKey', key: numberedId(1) });
    const describeKey = (KeyId: string) => namesOf(1, () => kms.send(new DescribeKeyCommand({ KeyId })));
    expect(await describeKey(`arn:aws:kms:${REGION}:111122223333:key/${numberedId(1)}`)).toEqual([
      'AccessDeniedException',
    ]);
    expect(await describeKey(numberedId(2))).toEqual([ok]);
  });

  it('can be added and cleared while it runs', async () => {
    const { kms } = await troubled();
    emulator.addFault({ fault: 'deny' });
    expect(await namesOf(1, () => kms.send(new ListKeysCommand({})))).toEqual(['AccessDeniedException']);
    emulator.clearFaults();
    expect(await namesOf(1, () => kms.send(new ListKeysCommand({})))).toEqual([ok]);
  });
});

describe('what goes wrong', () => {
  it.each<[Fault, string]>([
    [{ fault: 'server-error' }, 'KMSInternalException'],
    [{ fault: 'error', code: 'DependencyTimeoutException' }, 'DependencyTimeoutException'],
  ])('%j', async (fault, name) => {
    const { kms } = await troubled(fault);
    expect(await namesOf(1, () => kms.send(new ListKeysCommand({})))).toEqual([name]);
  });

  it('the connection is reset, and the request is logged so', async () => {
    const { kms } = await troubled({ fault: 'reset', times: 1 });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toThrow(/ECONNRESET/);
    await expect(kms.send(new ListKeysCommand({}))).resolves.toBeDefined();
    expect(emulator.requests.map(({ api, status, error }) => [api, status, error])).toEqual([
      ['ListKeys', 0, 'ConnectionReset'],
      ['ListKeys', 200, undefined],
    ]);
  });

  it('answers are slow and still right', async () => {
    const { cloudtrail } = await troubled({ fault: 'slow', api: 'LookupEvents', ms: 1000, toMs: 4000 });
    expect((await cloudtrail.send(new LookupEventsCommand({}))).Events).toHaveLength(2);
  });

  it('STS refuses in its own words', async () => {
    const { sts } = await troubled({ fault: 'deny', service: 'sts' });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('a key that was just made is not there yet', async () => {
    const { kms } = await troubled({ fault: 'not-yet-visible', times: 2 });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const describeKey = (KeyId: string | undefined) => () => kms.send(new DescribeKeyCommand({ KeyId }));
    expect(await namesOf(1, describeKey(numberedId(1)))).toEqual([ok]);
    expect(await namesOf(3, describeKey(KeyMetadata?.KeyId))).toEqual(['NotFoundException', 'NotFoundException', ok]);
  });

  it('a key of the world is not there yet when the fault names it', async () => {
    const { kms } = await troubled({ fault: 'not-yet-visible', times: 1, key: numberedId(1) });
    const describeKey = () => kms.send(new DescribeKeyCommand({ KeyId: numberedId(1) }));
    expect(await namesOf(2, describeKey)).toEqual(['NotFoundException', ok]);
  });

  it('a write that is denied leaves a record with an errorCode', async () => {
    const { kms, cloudtrail } = await troubled({ fault: 'deny', api: 'CreateKey' });
    expect(await namesOf(1, () => kms.send(new CreateKeyCommand({})))).toEqual(['AccessDeniedException']);
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({ errorCode: 'AccessDenied' });
  });
});

describe('what goes wrong with LookupEvents', () => {
  it('an empty page has a token that goes on', async () => {
    const { cloudtrail } = await troubled({ fault: 'empty-page', skip: 1, times: 1 });
    const lookup = async (NextToken?: string) => cloudtrail.send(new LookupEventsCommand({ MaxResults: 1, NextToken }));
    const first = await lookup();
    const empty = await lookup(first.NextToken);
    expect(empty.Events).toEqual([]);
    const last = await lookup(empty.NextToken);
    expect(last.Events?.[0]?.EventTime).toEqual(new Date('2026-11-21T06:00:00Z'));
    expect(last.NextToken).toBeUndefined();
  });

  it('a token expires', async () => {
    const { cloudtrail } = await troubled({ fault: 'expire-token', times: 1 });
    const { NextToken } = await cloudtrail.send(new LookupEventsCommand({ MaxResults: 1 }));
    const next = () => cloudtrail.send(new LookupEventsCommand({ MaxResults: 1, NextToken }));
    expect(await namesOf(2, next)).toEqual(['InvalidNextTokenException', ok]);
  });

  it('events stand twice on a page', async () => {
    const { cloudtrail } = await troubled({ fault: 'duplicate-records' });
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect([Events.length, new Set(Events.map((event) => event.EventId)).size]).toEqual([4, 2]);
  });

  it('the newest events come late', async () => {
    const { cloudtrail } = await troubled({ fault: 'late-records', records: 1, times: 1 });
    expect((await cloudtrail.send(new LookupEventsCommand({}))).Events).toHaveLength(1);
    expect((await cloudtrail.send(new LookupEventsCommand({}))).Events).toHaveLength(2);
  });

  it('a record is cut in the middle', async () => {
    const { cloudtrail } = await troubled({ fault: 'malformed-record' });
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect(() => JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toThrow(SyntaxError);
    expect(JSON.parse(Events[1]?.CloudTrailEvent ?? '')).toMatchObject({ eventName: 'CreateKey' });
  });
});
