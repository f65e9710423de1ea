import { z } from 'zod';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { AwsError } from '../errors.ts';
import { type Operation, writes } from './operation.ts';
import { aliasArn, resolveAlias, resolveKey } from './resolve.ts';
import { refuseIn, refuseManaged } from './states.ts';

const targetSchema = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

/** `alias/aws/` is kept for AWS (AWS KMS API reference, CreateAlias). */
function checkName(name: string): void {
  if (/^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/.test(name)) return;
  throw new AwsError('InvalidAliasNameException', `Invalid alias name ${name}`);
}

function targetOf(cloud: Cloud, call: Call, keyId: string): EmulatedKey {
  const key = resolveKey(cloud, call, keyId);
  refuseManaged(key);
  refuseIn(key, 'PendingDeletion', 'PendingReplicaDeletion', 'Creating');
  return key;
}

const createAlias = writes(targetSchema, (cloud, call, input) => {
  checkName(input.AliasName);
  const key = targetOf(cloud, call, input.TargetKeyId);
  const { aliases } = contentsOf(cloud, call.realm);
  const arn = aliasArn(call, input.AliasName);
  if (aliases.has(input.AliasName))
    throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
  const now = cloud.clock.now();
  aliases.set(input.AliasName, { name: input.AliasName, arn, targetKeyId: key.keyId, createdAt: now, updatedAt: now });
  return { resources: [key.arn, arn] };
});

/** UpdateAlias: the new key must have the old one's type and usage (AWS KMS API reference, UpdateAlias). */
const updateAlias = writes(targetSchema, (cloud, call, input) => {
  const alias = resolveAlias(cloud, call, input.AliasName);
  const key = targetOf(cloud, call, input.TargetKeyId);
  const old = contentsOf(cloud, call.realm).keys.get(alias.targetKeyId ?? '');
  if (old !== undefined && old.usage !== key.usage) {
    throw new AwsError('ValidationException', `${key.arn} has another usage than the key of ${alias.name}`);
  }
  alias.targetKeyId = key.keyId;
  alias.updatedAt = cloud.clock.now();
  return { resources: [alias.arn, key.arn] };
});

const deleteAlias = writes(z.object({ AliasName: z.string() }), (cloud, call, input) => {
  checkName(input.AliasName);
  const alias = resolveAlias(cloud, call, input.AliasName);
  const { aliases, keys } = contentsOf(cloud, call.realm);
  aliases.delete(alias.name);
  const key = keys.get(alias.targetKeyId ?? '');
  return { resources: key === undefined ? [alias.arn] : [key.arn, alias.arn] };
});

export const ALIAS_WRITES: Readonly<Record<string, Operation>> = {
  CreateAlias: createAlias,
  UpdateAlias: updateAlias,
  DeleteAlias: deleteAlias,
};
