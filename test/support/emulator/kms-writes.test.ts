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
import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import { emulatorPerTest } from './per-test.ts';
import { idOf } from './session.ts';

const world = emulatorPerTest();

describe('creating', () => {
  it('leaves the record of the CreateKey with the caller’s own User-Agent', async () => {
    const arn = await world.here().created({ Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
    const [record] = await world.here().records();
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
    await expect(world.here().created(input)).rejects.toMatchObject({ name });
    const [record] = await world.here().records();
    expect(record).toMatchObject({ eventName: 'CreateKey', errorCode: name, responseElements: null });
  });
});

describe('deleting', () => {
  it('waits, can be cancelled into Disabled, and needs enabling after', async () => {
    const KeyId = await world.here().created();
    await world.here().kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await world.here().metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-11-30T06:00:00Z'),
    });
    await expect(world.here().kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: expect.stringContaining('is pending deletion'),
    });
    await world.here().kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await world.here().stateOf(KeyId)).toBe('Disabled');
    await world.here().kms.send(new EnableKeyCommand({ KeyId }));
    expect(await world.here().stateOf(KeyId)).toBe('Enabled');
    expect((await world.here().records()).map((record) => [record.eventName, record.errorCode])).toEqual([
      ['EnableKey', undefined],
      ['CancelKeyDeletion', undefined],
      ['EnableKey', 'KMSInvalidStateException'],
      ['ScheduleKeyDeletion', undefined],
      ['CreateKey', undefined],
    ]);
  });

  it('ends when its time comes, with its aliases and a DeleteKey service event', async () => {
    const KeyId = await world.here().created();
    await world.here().kms.send(new CreateAliasCommand({ AliasName: 'alias/gone', TargetKeyId: idOf(KeyId) }));
    await world.here().kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    world.advance(7 * DAY);
    await expect(world.here().metadataOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await world.here().kms.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    const [record] = await world.here().records();
    expect(record).toMatchObject({
      eventName: 'DeleteKey',
      eventType: 'AwsServiceEvent',
      eventTime: '2026-11-30T06:00:00Z',
      resources: [{ ARN: KeyId }],
    });
    expect(record.userIdentity).toEqual({ accountId: '111122223333', invokedBy: 'AWS Internal' });
  });

  it('of a key that is not waiting cannot be cancelled', async () => {
    const KeyId = await world.here().created();
    await expect(world.here().kms.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });
});

describe('changing a key', () => {
  it('description, policy, tags, rotation and state follow their calls', async () => {
    const KeyId = await world.here().created();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] });
    await world.here().kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    await world.here().kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    await world.here().kms.send(
      new TagResourceCommand({
        KeyId,
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'b', TagValue: '2' },
        ],
      }),
    );
    await world.here().kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
    await world.here().kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    await world.here().kms.send(new DisableKeyCommand({ KeyId }));
    expect(await world.here().metadataOf(KeyId)).toMatchObject({
      Description: 'new',
      KeyState: 'Disabled',
      Enabled: false,
    });
    expect((await world.here().kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);
    expect((await world.here().kms.send(new ListResourceTagsCommand({ KeyId }))).Tags).toEqual([
      { TagKey: 'b', TagValue: '2' },
    ]);
    expect((await world.here().kms.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays).toBe(90);
    await expect(world.here().kms.send(new DisableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: 'DisabledException',
    });
  });

  it('aliases are made, moved and taken away', async () => {
    const [first, second] = [await world.here().created(), await world.here().created()];
    const AliasName = 'alias/orders';
    await world.here().kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    await expect(
      world.here().kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: second })),
    ).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    await world.here().kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: second }));
    expect((await world.here().metadataOf(AliasName))?.Arn).toBe(second);
    await world.here().kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(world.here().metadataOf(AliasName)).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await world.here().records())[0]).toMatchObject({
      eventName: 'DeleteAlias',
      resources: [{ ARN: second }, { ARN: 'arn:aws:kms:eu-west-1:111122223333:alias/orders' }],
    });
  });
});
