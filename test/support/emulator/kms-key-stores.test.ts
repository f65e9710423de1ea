import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateKeyCommandInput,
  DeleteCustomKeyStoreCommand,
  DisconnectCustomKeyStoreCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import type { Emulator } from './emulator.ts';
import { frozenEmulator, sessionIn } from './session.ts';

let emulator: Emulator;
let here: ReturnType<typeof sessionIn>;

beforeEach(async () => {
  emulator = await frozenEmulator();
  here = sessionIn(emulator, 'eu-west-1');
});
afterEach(async () => emulator.stop());

describe('custom key stores', () => {
  it('hold keys while connected, make them Unavailable when disconnected, and cannot go while they hold any', async () => {
    const { CustomKeyStoreId } = await here.kms.send(
      new CreateCustomKeyStoreCommand({
        CustomKeyStoreName: 'hsm',
        CloudHsmClusterId: 'cluster-1a23b4cdefg',
        TrustAnchorCertificate: 'certificate',
        KeyStorePassword: 'kmsPswd1',
      }),
    );
    const inStore: CreateKeyCommandInput = { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId };
    await expect(here.created(inStore)).rejects.toMatchObject({ name: 'CustomKeyStoreInvalidStateException' });
    await here.kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    const KeyId = await here.created(inStore);
    expect(await here.metadataOf(KeyId)).toMatchObject({ CloudHsmClusterId: 'cluster-1a23b4cdefg', CustomKeyStoreId });
    await here.kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect(await here.stateOf(KeyId)).toBe('Unavailable');
    await expect(here.kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }))).rejects.toMatchObject({
      name: 'CustomKeyStoreHasCMKsException',
    });
    await here.kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    emulator.advance(7 * DAY);
    await here.kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }));
    const records = await here.records();
    expect(records.find((record) => record.eventName === 'DeleteKey')?.additionalEventData).toEqual({
      customKeyStoreId: CustomKeyStoreId,
      clusterId: 'cluster-1a23b4cdefg',
    });
    expect(JSON.stringify(records)).not.toContain('kmsPswd1');
  });
});
