import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateKeyCommandInput,
  DeleteCustomKeyStoreCommand,
  DisconnectCustomKeyStoreCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import { emulatorPerTest } from './per-test.ts';

const world = emulatorPerTest();

describe('custom key stores', () => {
  it('hold keys while connected, make them Unavailable when disconnected, and cannot go while they hold any', async () => {
    const { CustomKeyStoreId } = await world.here().kms.send(
      new CreateCustomKeyStoreCommand({
        CustomKeyStoreName: 'hsm',
        CloudHsmClusterId: 'cluster-1a23b4cdefg',
        TrustAnchorCertificate: 'certificate',
        KeyStorePassword: 'kmsPswd1',
      }),
    );
    const inStore: CreateKeyCommandInput = { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId };
    await expect(world.here().created(inStore)).rejects.toMatchObject({ name: 'CustomKeyStoreInvalidStateException' });
    await world.here().kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    const KeyId = await world.here().created(inStore);
    expect(await world.here().metadataOf(KeyId)).toMatchObject({
      CloudHsmClusterId: 'cluster-1a23b4cdefg',
      CustomKeyStoreId,
    });
    await world.here().kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect(await world.here().stateOf(KeyId)).toBe('Unavailable');
    await expect(world.here().kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }))).rejects.toMatchObject({
      name: 'CustomKeyStoreHasCMKsException',
    });
    await world.here().kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    world.advance(7 * DAY);
    await world.here().kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }));
    const records = await world.here().records();
    expect(records.find((record) => record.eventName === 'DeleteKey')?.additionalEventData).toEqual({
      customKeyStoreId: CustomKeyStoreId,
      clusterId: 'cluster-1a23b4cdefg',
    });
    expect(JSON.stringify(records)).not.toContain('kmsPswd1');
  });
});
