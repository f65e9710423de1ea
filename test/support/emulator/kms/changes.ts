import { z } from 'zod';
import { AwsError } from '../errors.ts';
import { type Operation, writes } from './operation.ts';
import { checkedPolicy } from './policy.ts';
import { resolveKey } from './resolve.ts';
import { refuseIn, refuseManaged, refuseWhenDeleting } from './states.ts';

const keyInput = z.object({ KeyId: z.string() });

/** Enables or disables. A key of a disconnected store takes the new state when it is available again. */
const turn = (state: 'Enabled' | 'Disabled'): Operation =>
  writes(keyInput, (cloud, call, input) => {
    const key = resolveKey(cloud, call, input.KeyId);
    refuseManaged(key);
    refuseWhenDeleting(key);
    refuseIn(key, 'PendingImport');
    if (key.state === 'Unavailable') key.whenAvailable = state;
    else key.state = state;
    return { response: { keyId: key.arn }, resources: [key.arn] };
  });

const describeAnew = writes(
  z.object({ KeyId: z.string(), Description: z.string().max(8192) }),
  (cloud, call, input) => {
    const key = resolveKey(cloud, call, input.KeyId);
    refuseManaged(key);
    refuseWhenDeleting(key);
    key.description = input.Description;
    return { resources: [key.arn] };
  },
);

const putPolicySchema = z.object({
  KeyId: z.string(),
  PolicyName: z.string().default('default'),
  Policy: z.string(),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});

const putKeyPolicy = writes(putPolicySchema, (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuseManaged(key);
  if (input.PolicyName !== 'default') throw new AwsError('NotFoundException', 'No such policy exists');
  key.policy = checkedPolicy(input.Policy);
  return { resources: [key.arn] };
});

export const CHANGE_WRITES: Readonly<Record<string, Operation>> = {
  EnableKey: turn('Enabled'),
  DisableKey: turn('Disabled'),
  UpdateKeyDescription: describeAnew,
  PutKeyPolicy: putKeyPolicy,
};
