import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  type CreateKeyCommandInput,
  DeleteAliasCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import type { Emulator } from './emulator.ts';
import { frozenEmulator, idOf, sessionIn } from './session.ts';

let emulator: Emulator;
let here: ReturnType<typeof sessionIn>;

beforeEach(async () => {
  emulator = await frozenEmulator();
  here = sessionIn(emulator, 'eu-west-1');
});
afterEach(async () => emulator.stop());

describe('creating', () => {
  it('leaves the record of the CreateKey with the caller’s own User-Agent', async () => {
    const arn = await here.created({ Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
    const [record] = await here.records();
    expect(record).toMatchObject({
      eventVersion: '1.11',
      eventName: 'CreateKey',
      eventSource: 'kms.amazonaws.com',
      awsRegion: 'eu-west-1',
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
    await expect(here.created(input)).rejects.toMatchObject({ name });
    const [record] = await here.records();
    expect(record).toMatchObject({ eventName: 'CreateKey', errorCode: name, responseElements: null });
  });
});

describe('deleting', () => {
  it('waits, can be cancelled into Disabled, and needs enabling after', async () => {
    const KeyId = await here.created();
    await here.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await here.metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-11-30T06:00:00Z'),
    });
    await expect(here.kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringContaining('is pending deletion'),
    });
    await here.kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await here.stateOf(KeyId)).toBe('Disabled');
    await here.kms.send(new EnableKeyCommand({ KeyId }));
    expect(await here.stateOf(KeyId)).toBe('Enabled');
    expect((await here.records()).map((record) => [record.eventName, record.errorCode])).toEqual([
      ['EnableKey', undefined],
      ['CancelKeyDeletion', undefined],
      ['EnableKey', 'KMSInvalidStateException'],
      ['ScheduleKeyDeletion', undefined],
      ['CreateKey', undefined],
    ]);
  });

  it('ends when its time comes, with its aliases and a DeleteKey service event', async () => {
    const KeyId = await here.created();
    await here.kms.send(new CreateAliasCommand({ AliasName: 'alias/gone', TargetKeyId: idOf(KeyId) }));
    await here.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    await expect(here.metadataOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await here.kms.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    const [record] = await here.records();
    expect(record).toMatchObject({
      eventName: 'DeleteKey',
      eventType: 'AwsServiceEvent',
      eventTime: '2026-11-30T06:00:00Z',
      resources: [{ ARN: KeyId }],
    });
    expect(record.userIdentity).toEqual({ accountId: '111122223333', invokedBy: 'AWS Internal' });
  });

  it('of a key that is not waiting cannot be cancelled', async () => {
    const KeyId = await here.created();
    await expect(here.kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('changing a key', () => {
  it('description, policy, tags, rotation and state follow their calls', async () => {
    const KeyId = await here.created();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] });
    await here.kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    await here.kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    await here.kms.send(
      new TagResourceCommand({
        KeyId,
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'b', TagValue: '2' },
        ],
      }),
    );
    await here.kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
    await here.kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    await here.kms.send(new DisableKeyCommand({ KeyId }));
    expect(await here.metadataOf(KeyId)).toMatchObject({ Description: 'new', KeyState: 'Disabled', Enabled: false });
    expect((await here.kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);
    expect((await here.kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
      { TagKey: 'b', TagValue: '2' },
    ]);
    expect((await here.kms.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays).toBe(90);
    await expect(here.kms.send(new DisableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });

  it('aliases are made, moved and taken away', async () => {
    const [first, second] = [await here.created(), await here.created()];
    const AliasName = 'alias/orders';
    await here.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    await expect(here.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: second }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await here.kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: second }));
    expect((await here.metadataOf(AliasName))?.Arn).toBe(second);
    await here.kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(here.metadataOf(AliasName)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await here.records())[0]).toMatchObject({
      eventName: 'DeleteAlias',
      resources: [{ ARN: second }, { ARN: 'arn:aws:kms:eu-west-1:111122223333:alias/orders' }],
    });
  });
});
