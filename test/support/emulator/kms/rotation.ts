import { z } from 'zod';
import { DAY } from '../../../../src/model/time.ts';
import type { Call } from '../call.ts';
import type { Cloud, EmulatedKey } from '../cloud.ts';
import { USUAL_ROTATION_DAYS } from './key.ts';
import { isPrimary, primaryOf, seconds } from './metadata.ts';
import { type Operation, reads, writes } from './operation.ts';
import { resolveKey } from './resolve.ts';
import { refuseManaged, refuseWhenDeleting, refuseWhenDisabled, unsupported } from './states.ts';

/** Automatic rotation is for symmetric encryption keys with material from KMS (AWS KMS API reference, EnableKeyRotation). */
function rotatingKey(cloud: Cloud, call: Call, keyId: string): EmulatedKey {
  const key = resolveKey(cloud, call, keyId);
  refuseManaged(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT' || key.origin !== 'AWS_KMS') throw unsupported(`${key.arn} cannot be rotated`);
  if (key.multiRegion && !isPrimary(key))
    throw unsupported(`${key.arn} is a replica: rotation is set on its primary key`);
  refuseWhenDisabled(key);
  refuseWhenDeleting(key);
  return key;
}

const enableSchema = z.object({
  KeyId: z.string(),
  RotationPeriodInDays: z.number().int().min(90).max(2560).optional(),
});

const enableKeyRotation = writes(enableSchema, (cloud, call, input) => {
  const { rotation, arn } = rotatingKey(cloud, call, input.KeyId);
  rotation.periodInDays =
    input.RotationPeriodInDays ?? (rotation.enabled ? rotation.periodInDays : USUAL_ROTATION_DAYS);
  rotation.enabledAt = cloud.clock.now();
  rotation.enabled = true;
  return { resources: [arn] };
});

const disableKeyRotation = writes(z.object({ KeyId: z.string() }), (cloud, call, input) => {
  const { rotation, arn } = rotatingKey(cloud, call, input.KeyId);
  rotation.enabled = false;
  return { resources: [arn] };
});

const getKeyRotationStatus = reads(z.object({ KeyId: z.string() }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  const { enabled, periodInDays, enabledAt } = (primaryOf(cloud, key) ?? key).rotation;
  // AWS managed keys always rotate; a key that is pending deletion never does (AWS KMS API reference, GetKeyRotationStatus).
  const rotates = key.manager === 'AWS' || (enabled && !key.state.startsWith('Pending'));
  if (!rotates) return { KeyId: key.arn, KeyRotationEnabled: false };
  const next = seconds(enabledAt + periodInDays * DAY);
  return { KeyId: key.arn, KeyRotationEnabled: true, RotationPeriodInDays: periodInDays, NextRotationDate: next };
});

export const ROTATION_OPERATIONS: Readonly<Record<string, Operation>> = {
  EnableKeyRotation: enableKeyRotation,
  DisableKeyRotation: disableKeyRotation,
  GetKeyRotationStatus: getKeyRotationStatus,
};
