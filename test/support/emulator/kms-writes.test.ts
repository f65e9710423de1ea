import { createPublicKey, publicEncrypt } from 'node:crypto';
import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CancelKeyDeletionCommand,
  ConnectCustomKeyStoreCommand,
  CreateAliasCommand,
  CreateCustomKeyStoreCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DeleteAliasCommand,
  DeleteCustomKeyStoreCommand,
  DeleteImportedKeyMaterialCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  DisconnectCustomKeyStoreCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  ListAliasesCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import { clientsOf } from './clients.ts';
import { type Emulator, startEmulator } from './emulator.ts';

const REGION = 'eu-west-1';
const OTHER = 'us-east-1';

let emulator: Emulator;
let kms: ReturnType<typeof clientsOf>['kms'];

beforeEach(async () => {
  emulator = await startEmulator({ now: '2026-11-23T06:00:00Z' }, { clock: 'frozen', lookupEventsPerSecond: null });
  kms = clientsOf(emulator, REGION).kms;
});
afterEach(async () => emulator.stop());

async function created(input: CreateKeyCommandInput = {}): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return KeyMetadata?.Arn ?? '';
}

const metadataOf = async (KeyId: string, client = kms) =>
  (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
const stateOf = async (KeyId: string, client = kms) => (await metadataOf(KeyId, client))?.KeyState;
const idOf = (arn: string): string => arn.split('/')[1] ?? '';

async function recordsIn(region: string) {
  const { Events = [] } = await clientsOf(emulator, region).cloudtrail.send(new LookupEventsCommand({}));
  return Events.map((event: Event) => JSON.parse(event.CloudTrailEvent ?? ''));
}

describe('creating', () => {
  it('leaves the record of the CreateKey with the caller’s own User-Agent', async () => {
    const arn = await created({ Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
    const [record] = await recordsIn(REGION);
    expect(record).toMatchObject({
      eventVersion: '1.11',
      eventName: 'CreateKey',
      eventSource: 'kms.amazonaws.com',
      awsRegion: REGION,
      eventTime: '2026-11-23T06:00:00Z',
      userAgent: expect.stringContaining('aws-sdk-js/'),
      requestParameters: { description: 'orders', tags: [{ tagKey: 'team', tagValue: 'orders' }], origin: 'AWS_KMS' },
      responseElements: {
        keyMetadata: { arn, aWSAccountId: '111122223333', creationDate: 'Nov 23, 2026, 6:00:00 AM' },
      },
      resources: [{ ARN: arn, accountId: '111122223333', type: 'AWS::KMS::Key' }],
      recipientAccountId: '111122223333',
    });
    expect(record.errorCode).toBeUndefined();
  });

  it.each<[CreateKeyCommandInput, string]>([
    [{ KeySpec: 'ECC_NIST_P256' }, 'ValidationException'],
    [{ KeySpec: 'RSA_2048', CustomerMasterKeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, 'ValidationException'],
    [{ Policy: 'not json' }, 'MalformedPolicyDocumentException'],
    [{ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' }, 'CustomKeyStoreNotFoundException'],
    [{ Tags: [{ TagKey: 'aws:owner', TagValue: 'x' }] }, 'TagException'],
  ])('refuses %j, and the record has an errorCode and no key', async (input, name) => {
    await expect(created(input)).rejects.toMatchObject({ name });
    const [record] = await recordsIn(REGION);
    expect(record).toMatchObject({ eventName: 'CreateKey', errorCode: name, responseElements: null });
  });
});

describe('deleting', () => {
  it('waits, can be cancelled into Disabled, and needs enabling after', async () => {
    const KeyId = await created();
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-11-30T06:00:00Z'),
    });
    await expect(kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringContaining('is pending deletion'),
    });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await stateOf(KeyId)).toBe('Disabled');
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await stateOf(KeyId)).toBe('Enabled');
    expect((await recordsIn(REGION)).map((record) => [record.eventName, record.errorCode])).toEqual([
      ['EnableKey', undefined],
      ['CancelKeyDeletion', undefined],
      ['EnableKey', 'KMSInvalidStateException'],
      ['ScheduleKeyDeletion', undefined],
      ['CreateKey', undefined],
    ]);
  });

  it('ends when its time comes, with its aliases and a DeleteKey service event', async () => {
    const KeyId = await created();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/gone', TargetKeyId: idOf(KeyId) }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    await expect(metadataOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await kms.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    const [record] = await recordsIn(REGION);
    expect(record).toMatchObject({
      eventName: 'DeleteKey',
      eventType: 'AwsServiceEvent',
      eventTime: '2026-11-30T06:00:00Z',
      resources: [{ ARN: KeyId }],
    });
    expect(record.userIdentity).toEqual({ accountId: '111122223333', invokedBy: 'AWS Internal' });
  });

  it('of a key that is not waiting cannot be cancelled', async () => {
    const KeyId = await created();
    await expect(kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('a multi-Region family', () => {
  it('shares spec and rotation, and records who asked for the replica in the primary’s Region', async () => {
    const KeyId = await created({ MultiRegion: true, KeySpec: 'SYMMETRIC_DEFAULT' });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const { ReplicaKeyMetadata } = await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    const replica = ReplicaKeyMetadata?.Arn ?? '';
    expect(replica).toBe(KeyId.replace(REGION, OTHER));
    const other = clientsOf(emulator, OTHER).kms;
    expect((await other.send(new GetKeyRotationStatusCommand({ KeyId: replica }))).KeyRotationEnabled).toBe(true);
    await expect(other.send(new DisableKeyRotationCommand({ KeyId: replica }))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    const [asked] = await recordsIn(REGION);
    expect(asked).toMatchObject({ eventName: 'ReplicateKey', requestParameters: { replicaRegion: OTHER } });
    const [, made] = await recordsIn(OTHER);
    expect(made).toMatchObject({
      eventName: 'CreateKey',
      userIdentity: { invokedBy: 'kms.amazonaws.com' },
      responseElements: { keyMetadata: { arn: replica } },
    });
    await expect(kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
  });

  it('changes roles without a CreateKey', async () => {
    const KeyId = await created({ MultiRegion: true });
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    await kms.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: OTHER }));
    expect((await metadataOf(KeyId))?.MultiRegionConfiguration).toMatchObject({
      MultiRegionKeyType: 'REPLICA',
      PrimaryKey: { Region: OTHER },
      ReplicaKeys: [{ Region: REGION }],
    });
    expect((await recordsIn(OTHER)).map((record) => record.eventName)).toEqual(['UpdatePrimaryRegion', 'CreateKey']);
  });

  it('deletes its primary last: it waits for the replicas before its own window begins', async () => {
    const KeyId = await created({ MultiRegion: true });
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 10 }));
    expect(await stateOf(KeyId)).toBe('PendingReplicaDeletion');
    const other = clientsOf(emulator, OTHER).kms;
    await other.send(new ScheduleKeyDeletionCommand({ KeyId: idOf(KeyId), PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    expect(await metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-12-10T06:00:00Z'),
    });
    emulator.advance(10 * DAY);
    await expect(metadataOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('is Creating, and Updating, for as long as the world says', async () => {
    await emulator.stop();
    emulator = await startEmulator({ limits: { replication: '1m' } }, { clock: 'frozen' });
    kms = clientsOf(emulator, REGION).kms;
    const KeyId = await created({ MultiRegion: true });
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    const other = clientsOf(emulator, OTHER).kms;
    expect(await stateOf(idOf(KeyId), other)).toBe('Creating');
    emulator.advance(60_000);
    expect(await stateOf(idOf(KeyId), other)).toBe('Enabled');
    await kms.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: OTHER }));
    const types = await Promise.all(
      [kms, other].map(async (client) => (await metadataOf(idOf(KeyId), client))?.MultiRegionConfiguration),
    );
    expect(types.map((type) => type?.MultiRegionKeyType)).toEqual(['REPLICA', 'REPLICA']);
    emulator.advance(60_000);
    expect((await metadataOf(idOf(KeyId), other))?.MultiRegionConfiguration?.MultiRegionKeyType).toBe('PRIMARY');
  });
});

describe('changing a key', () => {
  it('description, policy, tags, rotation and state follow their calls', async () => {
    const KeyId = await created();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] });
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    await kms.send(
      new TagResourceCommand({
        KeyId,
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'b', TagValue: '2' },
        ],
      }),
    );
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await metadataOf(KeyId)).toMatchObject({ Description: 'new', KeyState: 'Disabled', Enabled: false });
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);
    expect((await kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([{ TagKey: 'b', TagValue: '2' }]);
    expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays).toBe(90);
    await expect(kms.send(new DisableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });

  it('aliases are made, moved and taken away', async () => {
    const [first, second] = [await created(), await created()];
    const AliasName = 'alias/orders';
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    await expect(kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: second }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: second }));
    expect((await metadataOf(AliasName))?.Arn).toBe(second);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(metadataOf(AliasName)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await recordsIn(REGION))[0]).toMatchObject({
      eventName: 'DeleteAlias',
      resources: [{ ARN: second }, { ARN: 'arn:aws:kms:eu-west-1:111122223333:alias/orders' }],
    });
  });
});

describe('imported material', () => {
  async function imported(KeyId: string, material: Buffer, ValidTo?: Date): Promise<void> {
    const { PublicKey, ImportToken } = await kms.send(
      new GetParametersForImportCommand({
        KeyId,
        WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
        WrappingKeySpec: 'RSA_2048',
      }),
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    const EncryptedKeyMaterial = publicEncrypt({ key, oaepHash: 'sha256' }, material);
    const ExpirationModel = ValidTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES';
    await kms.send(
      new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel, ValidTo }),
    );
  }

  it('makes the key usable, expires, and only the same material may come back', async () => {
    const KeyId = await created({ Origin: 'EXTERNAL' });
    expect(await stateOf(KeyId)).toBe('PendingImport');
    await imported(KeyId, Buffer.alloc(32, 1), new Date('2026-11-25T06:00:00Z'));
    expect(await metadataOf(KeyId)).toMatchObject({ KeyState: 'Enabled', ExpirationModel: 'KEY_MATERIAL_EXPIRES' });
    emulator.advance(2 * DAY);
    expect(await stateOf(KeyId)).toBe('PendingImport');
    expect((await recordsIn(REGION))[0]).toMatchObject({ eventName: 'DeleteExpiredKeyMaterial' });
    await expect(imported(KeyId, Buffer.alloc(32, 2))).rejects.toMatchObject({ name: 'IncorrectKeyMaterialException' });
    await imported(KeyId, Buffer.alloc(32, 1));
    expect(await stateOf(KeyId)).toBe('Enabled');
    await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    expect(await stateOf(KeyId)).toBe('PendingImport');
    expect(JSON.stringify(await recordsIn(REGION))).not.toMatch(/importToken|encryptedKeyMaterial/);
  });

  it('is for EXTERNAL keys alone', async () => {
    await expect(imported(await created(), Buffer.alloc(32, 1))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
  });
});

describe('custom key stores', () => {
  it('hold keys while connected, make them Unavailable when disconnected, and cannot go while they hold any', async () => {
    const { CustomKeyStoreId } = await kms.send(
      new CreateCustomKeyStoreCommand({
        CustomKeyStoreName: 'hsm',
        CloudHsmClusterId: 'cluster-1a23b4cdefg',
        TrustAnchorCertificate: 'certificate',
        KeyStorePassword: 'kmsPswd1',
      }),
    );
    const inStore: CreateKeyCommandInput = { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId };
    await expect(created(inStore)).rejects.toMatchObject({ name: 'CustomKeyStoreInvalidStateException' });
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    const KeyId = await created(inStore);
    expect(await metadataOf(KeyId)).toMatchObject({ CloudHsmClusterId: 'cluster-1a23b4cdefg', CustomKeyStoreId });
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect(await stateOf(KeyId)).toBe('Unavailable');
    await expect(kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }))).rejects.toMatchObject({
      name: 'CustomKeyStoreHasCMKsException',
    });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    await kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }));
    const records = await recordsIn(REGION);
    expect(records.find((record) => record.eventName === 'DeleteKey')?.additionalEventData).toEqual({
      customKeyStoreId: CustomKeyStoreId,
      clusterId: 'cluster-1a23b4cdefg',
    });
    expect(JSON.stringify(records)).not.toContain('kmsPswd1');
  });
});
