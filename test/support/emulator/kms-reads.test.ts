import {
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { afterEach, describe, expect, it } from '@jest/globals';
import { clientsOf } from './clients.ts';
import type { Emulator, World } from './emulator.ts';
import { frozenEmulator } from './session.ts';
import { numberedId } from './world/keys.ts';

const REGION = 'eu-west-1';
const arnOf = (id: string, region = REGION): string => `arn:aws:kms:${region}:111122223333:key/${id}`;

let emulator: Emulator;
afterEach(async () => emulator.stop());

async function kmsOf(world: World, region = REGION) {
  emulator = await frozenEmulator(world);
  return clientsOf(emulator, region).kms;
}

const describeIn = async (world: World, KeyId: string) =>
  (await (await kmsOf(world)).send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;

describe('pages', () => {
  it('lists 1000 keys a page at most, with a marker while there are more', async () => {
    const kms = await kmsOf({ keys: Array.from({ length: 1001 }, (_, id) => ({ id, region: REGION })) });
    const first = await kms.send(new ListKeysCommand({ Limit: 1000 }));
    expect([first.Keys?.length, first.Truncated]).toEqual([1000, true]);
    const second = await kms.send(new ListKeysCommand({ Limit: 1000, Marker: first.NextMarker }));
    expect(second).toMatchObject({ Truncated: false, Keys: [{ KeyId: numberedId(1000) }] });
    expect(second.NextMarker).toBeUndefined();
  });

  it('lists 100 aliases a page at most, even when more are asked for', async () => {
    const aliases = Array.from({ length: 101 }, (_, index) => `alias/a${index}`);
    const kms = await kmsOf({ keys: [{ id: 1, region: REGION, aliases }] });
    const first = await kms.send(new ListAliasesCommand({ Limit: 1000 }));
    expect(first.Aliases).toHaveLength(100);
    const second = await kms.send(new ListAliasesCommand({ Marker: first.NextMarker }));
    expect(second.Aliases).toHaveLength(1);
  });

  it('refuses a marker that it did not give', async () => {
    const kms = await kmsOf({});
    await expect(kms.send(new ListKeysCommand({ Marker: 'mine' }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    });
  });
});

describe('which key is meant', () => {
  const world: World = {
    keys: [
      { id: 1, region: REGION, aliases: ['alias/orders'] },
      { id: 2, region: 'us-east-1' },
      { id: 3, region: REGION, replicas: [{ region: 'us-east-1' }] },
    ],
  };

  it.each([numberedId(1), arnOf(numberedId(1)), 'alias/orders', 'arn:aws:kms:eu-west-1:111122223333:alias/orders'])(
    'describes %s',
    async (keyId) => {
      expect(await describeIn(world, keyId)).toMatchObject({ KeyId: numberedId(1) });
    },
  );

  it.each([
    ['a key of another Region by id', numberedId(2), 'NotFoundException', /does not exist/],
    ['a key of another Region by ARN', arnOf(numberedId(2), 'us-east-1'), 'NotFoundException', /Invalid arn us-east-1/],
    ['an unknown key', numberedId(9), 'NotFoundException', /does not exist/],
    ['an unknown alias', 'alias/none', 'NotFoundException', /is not found/],
    ['something that is no id', 'orders', 'NotFoundException', /Invalid keyId/],
    ['something that is no key ARN', 'arn:aws:kms:eu-west-1:1:key/x', 'InvalidArnException', /Invalid arn/],
  ])('does not find %s', async (_, keyId, name, message) => {
    const kms = await kmsOf(world);
    await expect(kms.send(new DescribeKeyCommand({ KeyId: keyId }))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('takes a bare mrk- id for the member in the caller’s own Region', async () => {
    const id = 'mrk-00000000000040008000000000000003';
    const kms = await kmsOf(world, 'us-east-1');
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    expect(KeyMetadata).toMatchObject({
      Arn: arnOf(id, 'us-east-1'),
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'REPLICA',
        PrimaryKey: { Arn: arnOf(id), Region: REGION },
        ReplicaKeys: [{ Arn: arnOf(id, 'us-east-1'), Region: 'us-east-1' }],
      },
    });
  });
});

describe('what DescribeKey says', () => {
  it.each([
    [{ spec: 'SM2' }, { KeySpec: 'SM2', CustomerMasterKeySpec: 'SM2', KeyUsage: 'ENCRYPT_DECRYPT' }],
    [{ spec: 'ML_DSA_65' }, { KeySpec: 'ML_DSA_65', KeyUsage: 'SIGN_VERIFY' }],
    [{ spec: 'HMAC_256' }, { KeyUsage: 'GENERATE_VERIFY_MAC', MacAlgorithms: ['HMAC_SHA_256'] }],
    [{ spec: 'ECC_NIST_P384', usage: 'KEY_AGREEMENT' }, { KeyAgreementAlgorithms: ['ECDH'] }],
    [{ state: 'Disabled' as const }, { KeyState: 'Disabled', Enabled: false }],
    [{ origin: 'EXTERNAL' }, { KeyState: 'PendingImport', Enabled: false, Origin: 'EXTERNAL' }],
    [
      { origin: 'EXTERNAL', validTo: '+12d' },
      { KeyState: 'Enabled', ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date('2026-12-05T06:00:00Z') },
    ],
    [{ deletion: {} }, { KeyState: 'PendingDeletion', DeletionDate: new Date('2026-12-22T06:00:00Z') }],
    [{ manager: 'AWS' }, { KeyManager: 'AWS' }],
  ])('of %j', async (key, expected) => {
    const metadata = await describeIn({ keys: [{ id: 1, region: REGION, ...key }] }, numberedId(1));
    expect(metadata).toMatchObject(expected);
  });

  it('CustomerMasterKeySpec stops at SM2', async () => {
    const metadata = await describeIn({ keys: [{ id: 1, region: REGION, spec: 'ML_DSA_65' }] }, numberedId(1));
    expect(metadata).not.toHaveProperty('CustomerMasterKeySpec');
  });

  it('a primary that waits for its replicas has a window but no date', async () => {
    const world: World = {
      keys: [{ id: 1, region: REGION, deletion: { windowDays: 9 }, replicas: [{ region: 'us-east-1' }] }],
    };
    const metadata = await describeIn(world, 'mrk-00000000000040008000000000000001');
    expect(metadata).toMatchObject({ KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 9 });
    expect(metadata?.DeletionDate).toBeUndefined();
  });

  it('keys of a disconnected store are Unavailable', async () => {
    const kms = await kmsOf({
      keyStores: [{ id: 'cks-1234567890abcdef0', region: REGION, type: 'EXTERNAL_KEY_STORE', state: 'DISCONNECTED' }],
      keys: [{ id: 1, region: REGION, keyStore: 'cks-1234567890abcdef0', xksKeyId: 'bb85' }],
    });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: numberedId(1) }));
    expect(KeyMetadata).toMatchObject({
      KeyState: 'Unavailable',
      Origin: 'EXTERNAL_KEY_STORE',
      XksKeyConfiguration: { Id: 'bb85' },
    });
    const { CustomKeyStores } = await kms.send(new DescribeCustomKeyStoresCommand({}));
    expect(CustomKeyStores).toMatchObject([
      { ConnectionState: 'DISCONNECTED', CustomKeyStoreType: 'EXTERNAL_KEY_STORE' },
    ]);
  });
});

describe('what is not in DescribeKey', () => {
  it('tags, policy, rotation and aliases have calls of their own', async () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const key = { id: 1, region: REGION, tags: { team: 'orders' }, policy, rotation: { days: 180 } };
    const kms = await kmsOf({
      keys: [key, { id: 2, region: REGION, aliases: ['alias/two'] }],
      awsAliases: [{ name: 'alias/aws/ebs', region: REGION }],
    });
    const KeyId = numberedId(1);
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    expect(Tags).toEqual([{ TagKey: 'team', TagValue: 'orders' }]);
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy ?? '')).toEqual(policy);
    const rotation = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(rotation).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 });
    const all = await kms.send(new ListAliasesCommand({}));
    expect(all.Aliases?.map((alias) => [alias.AliasName, alias.TargetKeyId])).toEqual([
      ['alias/aws/ebs', undefined],
      ['alias/two', numberedId(2)],
    ]);
    expect((await kms.send(new ListAliasesCommand({ KeyId }))).Aliases).toEqual([]);
  });

  it('a replica rotates with its primary', async () => {
    const keys = [{ id: 1, region: REGION, rotation: true, replicas: [{ region: 'us-east-1' }] }];
    const kms = await kmsOf({ keys }, 'us-east-1');
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId: 'mrk-00000000000040008000000000000001' }));
    expect(status.KeyRotationEnabled).toBe(true);
  });
});

describe('who may look', () => {
  it('a key that denies its readers answers AccessDeniedException, the others do not', async () => {
    const kms = await kmsOf({
      keys: [
        { id: 1, region: REGION, deny: ['DescribeKey'] },
        { id: 2, region: REGION },
      ],
    });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: numberedId(1) }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(kms.send(new ListResourceTagsCommand({ KeyId: numberedId(1) }))).resolves.toBeDefined();
    await expect(kms.send(new DescribeKeyCommand({ KeyId: numberedId(2) }))).resolves.toBeDefined();
  });

  it('a Region that is not enabled refuses the caller', async () => {
    const kms = await kmsOf({ regions: ['us-east-1'] });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});
