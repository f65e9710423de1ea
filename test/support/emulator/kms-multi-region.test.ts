import {
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import type { Emulator, World } from './emulator.ts';
import { frozenEmulator, idOf, sessionIn } from './session.ts';

const REGION = 'eu-west-1';
const OTHER = 'us-east-1';

let emulator: Emulator;
let here: ReturnType<typeof sessionIn>;
let there: ReturnType<typeof sessionIn>;

async function start(world?: World): Promise<void> {
  emulator = await frozenEmulator(world);
  here = sessionIn(emulator, REGION);
  there = sessionIn(emulator, OTHER);
}

beforeEach(async () => start());
afterEach(async () => emulator.stop());

describe('a multi-Region family', () => {
  it('shares spec and rotation, and records who asked for the replica in the primary’s Region', async () => {
    const KeyId = await here.created({ MultiRegion: true, KeySpec: 'SYMMETRIC_DEFAULT' });
    await here.kms.send(new EnableKeyRotationCommand({ KeyId }));
    const { ReplicaKeyMetadata } = await here.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    const replica = ReplicaKeyMetadata?.Arn ?? '';
    expect(replica).toBe(KeyId.replace(REGION, OTHER));
    expect((await there.kms.send(new GetKeyRotationStatusCommand({ KeyId: replica }))).KeyRotationEnabled).toBe(true);
    await expect(there.kms.send(new DisableKeyRotationCommand({ KeyId: replica }))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    const [asked] = await here.records();
    expect(asked).toMatchObject({ eventName: 'ReplicateKey', requestParameters: { replicaRegion: OTHER } });
    const [, made] = await there.records();
    expect(made).toMatchObject({
      eventName: 'CreateKey',
      userIdentity: { invokedBy: 'kms.amazonaws.com' },
      responseElements: { keyMetadata: { arn: replica } },
    });
    await expect(here.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
  });

  it('changes roles without a CreateKey', async () => {
    const KeyId = await here.created({ MultiRegion: true });
    await here.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    await here.kms.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: OTHER }));
    expect((await here.metadataOf(KeyId))?.MultiRegionConfiguration).toMatchObject({
      MultiRegionKeyType: 'REPLICA',
      PrimaryKey: { Region: OTHER },
      ReplicaKeys: [{ Region: REGION }],
    });
    expect((await there.records()).map((record) => record.eventName)).toEqual(['UpdatePrimaryRegion', 'CreateKey']);
  });

  it('deletes its primary last: it waits for the replicas before its own window begins', async () => {
    const KeyId = await here.created({ MultiRegion: true });
    await here.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    await here.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 10 }));
    expect(await here.stateOf(KeyId)).toBe('PendingReplicaDeletion');
    await there.kms.send(new ScheduleKeyDeletionCommand({ KeyId: idOf(KeyId), PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    expect(await here.metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-12-10T06:00:00Z'),
    });
    emulator.advance(10 * DAY);
    await expect(here.metadataOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('is Creating, and Updating, for as long as the world says', async () => {
    await emulator.stop();
    await start({ limits: { replication: '1m' } });
    const KeyId = await here.created({ MultiRegion: true });
    await here.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: OTHER }));
    expect(await there.stateOf(idOf(KeyId))).toBe('Creating');
    emulator.advance(60_000);
    expect(await there.stateOf(idOf(KeyId))).toBe('Enabled');
    await here.kms.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: OTHER }));
    const types = await Promise.all(
      [here, there].map(async (one) => (await one.metadataOf(idOf(KeyId)))?.MultiRegionConfiguration),
    );
    expect(types.map((type) => type?.MultiRegionKeyType)).toEqual(['REPLICA', 'REPLICA']);
    emulator.advance(60_000);
    expect((await there.metadataOf(idOf(KeyId)))?.MultiRegionConfiguration?.MultiRegionKeyType).toBe('PRIMARY');
  });
});
