import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DAY, MINUTE, SECOND } from '../../../src/model/time.ts';
import { clientsOf } from './clients.ts';
import { type Emulator, type EmulatorOptions, startEmulator, type World } from './emulator.ts';
import { frozenEmulator, sessionIn } from './session.ts';

const NOW = '2026-11-23T06:00:00Z';
const REGION = 'eu-west-1';

let emulator: Emulator;
afterEach(async () => emulator.stop());

async function trailOf(world: World, options: EmulatorOptions = {}) {
  emulator = await startEmulator({ now: NOW, ...world }, { clock: 'frozen', lookupEventsPerSecond: null, ...options });
  const { cloudtrail } = clientsOf(emulator);
  return (input: LookupEventsCommandInput = {}) => cloudtrail.send(new LookupEventsCommand(input));
}

const byName = (name: string): LookupEventsCommandInput => ({
  LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
});

const call = (at: string, event = 'CreateKey') => ({ event, region: REGION, at });
const ago = (ms: number): Date => new Date(Date.parse(NOW) - ms);

describe('a page', () => {
  it('holds 50 events, newest first, and the token goes on from there', async () => {
    const lookup = await trailOf({ records: Array.from({ length: 120 }, (_, minute) => call(`-${minute}m`)) });
    const times: number[] = [];
    let NextToken: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await lookup({ ...byName('CreateKey'), MaxResults: 50, NextToken });
      times.push(...(page.Events ?? []).map((event) => event.EventTime?.getTime() ?? 0));
      sizes.push(page.Events?.length ?? 0);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(sizes).toEqual([50, 50, 20]);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(times).size).toBe(120);
  });

  it('goes on where it was when newer events arrive meanwhile', async () => {
    const lookup = await trailOf({ records: Array.from({ length: 3 }, (_, minute) => call(`-${minute + 1}m`)) });
    const first = await lookup({ MaxResults: 2 });
    await clientsOf(emulator).kms.send(new CreateKeyCommand({}));
    const second = await lookup({ MaxResults: 2, NextToken: first.NextToken });
    expect(second.Events?.map((event) => event.EventTime)).toEqual([ago(3 * MINUTE)]);
  });
});

describe('what is shown', () => {
  it('is one account’s and one Region’s, by one attribute', async () => {
    const lookup = await trailOf({
      records: [call('-1d'), call('-1d', 'DeleteAlias'), { ...call('-1d'), region: 'us-east-1' }],
    });
    const { Events = [] } = await lookup(byName('CreateKey'));
    expect(Events).toHaveLength(1);
    expect(Events[0]).toMatchObject({ EventName: 'CreateKey', ReadOnly: 'false', EventSource: 'kms.amazonaws.com' });
  });

  it('is what happened within the window, both ends included, and no longer ago than 90 days', async () => {
    const lookup = await trailOf({ records: [call('-91d'), call('-90d'), call('-2d'), call('-1d')] });
    const times = async (input: LookupEventsCommandInput) =>
      (await lookup(input)).Events?.map((event) => event.EventTime);
    expect(await times({ StartTime: ago(100 * DAY) })).toEqual([ago(DAY), ago(2 * DAY), ago(90 * DAY)]);
    expect(await times({ StartTime: ago(2 * DAY), EndTime: ago(2 * DAY) })).toEqual([ago(2 * DAY)]);
  });

  it('comes late: after the delivery delay, or when the record says so', async () => {
    const lookup = await trailOf({
      limits: { delivery: '5m' },
      records: [call('-2m'), { ...call('-1d'), delivered: '+10m' }],
    });
    expect((await lookup()).Events).toHaveLength(0);
    emulator.advance(3 * MINUTE);
    expect((await lookup()).Events).toHaveLength(1);
    emulator.advance(7 * MINUTE);
    expect((await lookup()).Events).toHaveLength(2);
  });

  it('may come twice, with one eventID', async () => {
    const lookup = await trailOf({ records: [{ ...call('-1d'), copies: 2 }] });
    const { Events = [] } = await lookup();
    expect(Events.map((event) => event.EventId)).toEqual([Events[0]?.EventId, Events[0]?.EventId]);
  });

  it('other services’ CreateKey, failed calls and text that is no JSON too, when the world has them', async () => {
    const lookup = await trailOf({
      records: [
        { ...call('-1d'), eventSource: 'payment-cryptography.amazonaws.com' },
        { ...call('-2d'), errorCode: 'AccessDenied', response: { never: 'shown' } },
        { raw: '{"eventVersion":"1.1', eventName: 'CreateKey', region: REGION, at: '-3d' },
      ],
    });
    const { Events = [] } = await lookup(byName('CreateKey'));
    expect(Events[0]?.EventSource).toBe('payment-cryptography.amazonaws.com');
    expect(JSON.parse(Events[1]?.CloudTrailEvent ?? '')).toMatchObject({
      errorCode: 'AccessDenied',
      responseElements: null,
    });
    expect(Events[2]?.CloudTrailEvent).toBe('{"eventVersion":"1.1');
  });
});

describe('what is refused', () => {
  const twoAttributes = [...(byName('CreateKey').LookupAttributes ?? []), ...(byName('x').LookupAttributes ?? [])];

  it.each<[string, LookupEventsCommandInput, string]>([
    ['two attributes', { LookupAttributes: twoAttributes }, 'InvalidLookupAttributesException'],
    ['an end before the start', { StartTime: ago(0), EndTime: ago(DAY) }, 'InvalidTimeRangeException'],
    ['51 results', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    ['a token of its own', { NextToken: 'mine' }, 'InvalidNextTokenException'],
  ])('%s', async (_, input, name) => {
    const lookup = await trailOf({});
    await expect(lookup(input)).rejects.toMatchObject({ name });
  });

  it('a token with parameters other than its own', async () => {
    const lookup = await trailOf({ records: [call('-1d'), call('-2d')] });
    const { NextToken } = await lookup({ ...byName('CreateKey'), MaxResults: 1 });
    await expect(lookup({ ...byName('DeleteAlias'), MaxResults: 1, NextToken })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('the third call within a second, for each account and Region by itself', async () => {
    let ms = 0;
    const lookup = await trailOf({}, { lookupEventsPerSecond: 2, rateClock: () => ms });
    await lookup();
    await lookup();
    await expect(lookup()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(clientsOf(emulator, 'us-east-1').cloudtrail.send(new LookupEventsCommand({}))).resolves.toBeDefined();
    ms += SECOND / 2;
    await expect(lookup()).resolves.toBeDefined();
    await expect(lookup()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('records that keys imply', () => {
  const recordsOf = async (world: World, region = REGION) => {
    emulator = await frozenEmulator(world);
    return sessionIn(emulator, region).records();
  };

  it.each([
    ['terraform', { userAgent: expect.stringContaining('HashiCorp/1.0 Terraform/') }],
    ['opentofu', { userAgent: expect.stringContaining('OpenTofu/') }],
    ['pulumi', { userAgent: expect.stringContaining('Pulumi') }],
    ['crossplane', { userAgent: expect.stringContaining('crossplane') }],
    [
      'cloudformation',
      { sourceIPAddress: 'cloudformation.amazonaws.com', userIdentity: { invokedBy: 'cloudformation.amazonaws.com' } },
    ],
    ['console', { sessionCredentialFromConsole: 'true', userIdentity: { type: 'IAMUser' } }],
    ['cli', { userAgent: expect.stringContaining('aws-cli/') }],
    ['sdk', { userAgent: expect.stringContaining('Boto3/') }],
    ['aws-service', { userIdentity: { invokedBy: 'backup.amazonaws.com' } }],
    ['unknown', { userAgent: 'key-vending/0.3' }],
  ] as const)('a key created by %s', async (createdBy, expected) => {
    const [record] = await recordsOf({ keys: [{ id: 1, region: REGION, created: '-3d', createdBy }] });
    expect(record).toMatchObject({ eventName: 'CreateKey', eventTime: '2026-11-20T06:00:00Z', ...expected });
  });

  it('no record for a key that names no creator', async () => {
    expect(await recordsOf({ keys: [{ id: 1, region: REGION }] })).toEqual([]);
  });

  it('a patch takes fields away and changes others', async () => {
    const patch = { resources: null, responseElements: { keyMetadata: { keySpec: 'RSA_2048' } } };
    const [record] = await recordsOf({ keys: [{ id: 1, region: REGION, createdBy: { via: 'cli', patch } }] });
    expect(record).not.toHaveProperty('resources');
    expect(record.responseElements.keyMetadata).toMatchObject({ keySpec: 'RSA_2048', origin: 'AWS_KMS' });
  });

  it('a key pending deletion: who scheduled it and when', async () => {
    const deletion = { windowDays: 7, by: { via: 'console' as const, at: '-2d' } };
    const [record] = await recordsOf({ keys: [{ id: 1, region: REGION, deletion }] });
    expect(record).toMatchObject({
      eventName: 'ScheduleKeyDeletion',
      eventTime: '2026-11-21T06:00:00Z',
      requestParameters: { pendingWindowInDays: 7 },
      responseElements: { deletionDate: 'Nov 28, 2026, 6:00:00 AM', keyState: 'PendingDeletion' },
    });
  });

  it('a deleted key: its creation and its end', async () => {
    const records = await recordsOf({
      keys: [{ id: 1, region: REGION, created: '-60d', createdBy: 'cli', deleted: '-10d' }],
    });
    expect(records.map((record) => record.eventName)).toEqual(['DeleteKey', 'CreateKey']);
  });

  it('a replica: ReplicateKey in the primary’s Region, CreateKey invoked by KMS in its own', async () => {
    const replicas = [{ region: 'us-east-1', created: '-1d', createdBy: 'terraform' as const }];
    const world: World = { keys: [{ id: 1, region: REGION, replicas }] };
    expect((await recordsOf(world)).map((record) => record.eventName)).toEqual(['ReplicateKey']);
    await emulator.stop();
    expect(await recordsOf(world, 'us-east-1')).toMatchObject([
      { eventName: 'CreateKey', userIdentity: { invokedBy: 'kms.amazonaws.com' }, userAgent: 'kms.amazonaws.com' },
    ]);
  });

  it('a whole record is moved into the window with the date it tells of its key', async () => {
    const record = {
      eventName: 'CreateKey',
      eventSource: 'kms.amazonaws.com',
      eventTime: '2014-11-04T00:52:59Z',
      awsRegion: REGION,
      recipientAccountId: '111122223333',
      responseElements: { keyMetadata: { creationDate: 'Nov 4, 2014 12:52:59 AM', enabled: true } },
    };
    const [moved] = await recordsOf({ records: [{ record, at: '-3d' }] });
    expect(moved).toEqual({
      ...record,
      eventTime: '2026-11-20T06:00:00Z',
      responseElements: { keyMetadata: { creationDate: 'Nov 20, 2026, 6:00:00 AM', enabled: true } },
    });
  });
});
