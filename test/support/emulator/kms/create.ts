import { z } from 'zod';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { creationRequest, creationResponse } from '../cloudtrail/creation.ts';
import { AwsError, validation } from '../errors.ts';
import { multiRegionIdOf } from '../ids.ts';
import { USAGES_BY_SPEC } from './algorithms.ts';
import { firstState, newKey } from './key.ts';
import { keyMetadata } from './metadata.ts';
import { type Operation, writes } from './operation.ts';
import { checkedPolicy } from './policy.ts';
import { unsupported } from './states.ts';
import { putTags, tagListSchema } from './tags.ts';

const inputSchema = z.object({
  Policy: z.string().optional(),
  Description: z.string().max(8192).default(''),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
  CustomerMasterKeySpec: z.string().optional(),
  KeySpec: z.string().optional(),
  Origin: z.enum(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).default('AWS_KMS'),
  CustomKeyStoreId: z.string().optional(),
  XksKeyId: z.string().optional(),
  MultiRegion: z.boolean().default(false),
  Tags: tagListSchema.default([]),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});
type CreateInput = z.infer<typeof inputSchema>;

const STORE_ORIGINS: readonly string[] = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

function specOf(input: CreateInput): string {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validation(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  const usages = USAGES_BY_SPEC[spec];
  if (usages === undefined)
    throw validation(`Value '${spec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set`);
  if (!usages.includes(input.KeyUsage))
    throw validation(`KeyUsage ${input.KeyUsage} is not compatible with KeySpec ${spec}`);
  return spec;
}

function checkKeyStore(cloud: Cloud, call: Call, input: CreateInput, spec: string): void {
  const { CustomKeyStoreId: id, XksKeyId: xksKeyId } = input;
  if (id === undefined) {
    if (STORE_ORIGINS.includes(input.Origin)) throw validation(`Origin ${input.Origin} needs a CustomKeyStoreId`);
    return;
  }
  const { keyStores, keys } = contentsOf(cloud, call.realm);
  const store = keyStores.get(id);
  if (store === undefined) throw new AwsError('CustomKeyStoreNotFoundException', `Custom key store ${id} is not found`);
  if (store.type !== input.Origin) throw validation(`Origin ${input.Origin} does not fit custom key store ${id}`);
  if (store.connectionState !== 'CONNECTED') {
    throw new AwsError('CustomKeyStoreInvalidStateException', `Custom key store ${id} is ${store.connectionState}`);
  }
  if (spec !== 'SYMMETRIC_DEFAULT' || input.MultiRegion) {
    throw unsupported('Custom key stores hold single-Region symmetric encryption keys alone');
  }
  if (input.Origin === 'EXTERNAL_KEY_STORE' && xksKeyId === undefined)
    throw validation('An external key store needs an XksKeyId');
  const twin = [...keys.values()].some(
    (key) => key.keyStoreId === id && key.xksKeyId !== undefined && key.xksKeyId === xksKeyId,
  );
  if (twin)
    throw new AwsError('XksKeyAlreadyInUseException', `External key ${xksKeyId} already backs a KMS key of ${id}`);
}

function keyOf(cloud: Cloud, call: Call, input: CreateInput, spec: string): EmulatedKey {
  const uuid = cloud.nextId();
  const tags = new Map<string, string>();
  putTags(tags, input.Tags);
  return newKey({
    realm: call.realm,
    keyId: input.MultiRegion ? multiRegionIdOf(uuid) : uuid,
    spec,
    usage: input.KeyUsage,
    origin: input.Origin,
    state: firstState(input.Origin),
    createdAt: cloud.clock.now(),
    fresh: true,
    description: input.Description,
    ...(input.Policy === undefined ? {} : { policy: checkedPolicy(input.Policy) }),
    tags,
    multiRegion: input.MultiRegion,
    primaryRegion: input.MultiRegion ? call.realm.region : undefined,
    keyStoreId: input.CustomKeyStoreId,
    xksKeyId: input.XksKeyId,
  });
}

const createKey = writes(inputSchema, (cloud, call, input) => {
  const spec = specOf(input);
  checkKeyStore(cloud, call, input, spec);
  const key = keyOf(cloud, call, input, spec);
  contentsOf(cloud, call.realm).keys.set(key.keyId, key);
  return {
    output: { KeyMetadata: keyMetadata(cloud, key) },
    request: creationRequest(key, input.BypassPolicyLockoutSafetyCheck),
    response: creationResponse(cloud, key),
    resources: [key.arn],
  };
});

export const CREATE_WRITES: Readonly<Record<string, Operation>> = { CreateKey: createKey };
