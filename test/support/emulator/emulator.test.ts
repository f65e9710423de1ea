import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeKeyCommand, KMSClient, ListAliasesCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator, type World } from './emulator.ts';

const NOW = '2026-11-23T06:00:00Z';
const REGION = 'eu-west-1';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

let emulator: Emulator;
afterEach(async () => emulator.stop());

async function started(world: World) {
  emulator = await startEmulator({ now: NOW, ...world }, { clock: 'frozen', lookupEventsPerSecond: null });
  const config = { endpoint: emulator.url, region: REGION, credentials, maxAttempts: 1 };
  return { kms: new KMSClient(config), trail: new CloudTrailClient(config), sts: new STSClient(config) };
}

describe('the emulator, seen by the SDK clients', () => {
  it('lists, describes and names the keys of its world', async () => {
    const { kms } = await started({
      keys: [{ id: 1, region: REGION, aliases: ['alias/orders'] }, { region: 'us-east-1' }],
    });
    const { Keys = [] } = await kms.send(new ListKeysCommand({}));
    expect(Keys.map((key) => key.KeyId)).toEqual(['00000000-0000-4000-8000-000000000001']);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/orders' }));
    expect(KeyMetadata).toMatchObject({ Arn: Keys[0]?.KeyArn, KeyState: 'Enabled', KeySpec: 'SYMMETRIC_DEFAULT' });
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
    expect(Aliases.map((alias) => alias.AliasName)).toEqual(['alias/orders']);
  });

  it('shows the creation record of a key that somebody made', async () => {
    const { trail } = await started({ keys: [{ id: 1, region: REGION, created: '-3d', createdBy: 'terraform' }] });
    const { Events = [] } = await trail.send(
      new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateKey' }] }),
    );
    expect(Events).toHaveLength(1);
    expect(Events[0]?.EventTime?.toISOString()).toBe('2026-11-20T06:00:00.000Z');
    const record = JSON.parse(Events[0]?.CloudTrailEvent ?? '');
    expect(record.userAgent).toContain('HashiCorp/1.0 Terraform/');
    expect(record.responseElements.keyMetadata.keyId).toBe('00000000-0000-4000-8000-000000000001');
  });

  it('says who is calling', async () => {
    const { sts } = await started({});
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/operator' });
  });
});
