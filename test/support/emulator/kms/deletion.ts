import { z } from 'zod';
import { DAY } from '../../../../src/model/time.ts';
import { recordedForm } from '../cloudtrail/recorded-form.ts';
import { isPrimary, replicasOf, seconds } from './metadata.ts';
import { type Operation, writes } from './operation.ts';
import { resolveKey } from './resolve.ts';
import { refuseManaged, refuseUnlessDeleting, refuseWhenDeleting } from './states.ts';

const scheduleSchema = z.object({
  KeyId: z.string(),
  PendingWindowInDays: z.number().int().min(7).max(30).default(30),
});

/**
 * ScheduleKeyDeletion. A primary with replicas waits in PendingReplicaDeletion, without a date, until the last of
 * them is gone (AWS KMS API reference, ScheduleKeyDeletion).
 */
const scheduleKeyDeletion = writes(scheduleSchema, (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuseManaged(key);
  refuseWhenDeleting(key);
  const waits = isPrimary(key) && replicasOf(cloud, key).length > 0;
  key.state = waits ? 'PendingReplicaDeletion' : 'PendingDeletion';
  key.pendingWindowInDays = input.PendingWindowInDays;
  key.deletionDate = waits ? undefined : cloud.clock.now() + input.PendingWindowInDays * DAY;
  const output = {
    KeyId: key.arn,
    ...(key.deletionDate === undefined ? {} : { DeletionDate: seconds(key.deletionDate) }),
    KeyState: key.state,
    PendingWindowInDays: input.PendingWindowInDays,
  };
  return { output, response: recordedForm(output), resources: [key.arn] };
});

/** CancelKeyDeletion leaves the key Disabled; one without its imported material waits for that again. */
const cancelKeyDeletion = writes(z.object({ KeyId: z.string() }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuseUnlessDeleting(key);
  key.state = key.origin === 'EXTERNAL' && key.material === undefined ? 'PendingImport' : 'Disabled';
  key.deletionDate = undefined;
  key.pendingWindowInDays = undefined;
  return { output: { KeyId: key.arn }, response: { keyId: key.arn }, resources: [key.arn] };
});

export const DELETION_WRITES: Readonly<Record<string, Operation>> = {
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: cancelKeyDeletion,
};
