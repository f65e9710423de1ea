import type { Cloud, EmulatedKey } from '../cloud.ts';
import { isOldSpec } from '../kms/algorithms.ts';
import { defaultPolicy } from '../kms/key.ts';
import { keyMetadata } from '../kms/metadata.ts';
import type { CallerParts } from './actors.ts';
import { recordedForm } from './recorded-form.ts';

const policyGiven = (key: EmulatedKey): { policy?: string } =>
  key.policy === defaultPolicy(key.realm) ? {} : { policy: key.policy };

const tagList = (key: EmulatedKey) => [...key.tags].map(([tagKey, tagValue]) => ({ tagKey, tagValue }));

/** requestParameters of the CreateKey that makes this key (AWS KMS developer guide, CreateKey records). */
export const creationRequest = (key: EmulatedKey, bypassPolicyLockoutSafetyCheck = false) => ({
  ...policyGiven(key),
  description: key.description,
  keyUsage: key.usage,
  ...(isOldSpec(key.spec) ? { customerMasterKeySpec: key.spec } : {}),
  keySpec: key.spec,
  origin: key.origin,
  multiRegion: key.multiRegion,
  tags: tagList(key),
  bypassPolicyLockoutSafetyCheck,
  ...(key.keyStoreId === undefined ? {} : { customKeyStoreId: key.keyStoreId }),
  ...(key.xksKeyId === undefined ? {} : { xksKeyId: key.xksKeyId }),
});

/** responseElements of that CreateKey. */
export const creationResponse = (cloud: Cloud, key: EmulatedKey) => ({
  keyMetadata: recordedForm(keyMetadata(cloud, key)),
});

/** requestParameters of the ReplicateKey that makes this replica; `keyId` as the caller spelt it. */
export const replicationRequest = (key: EmulatedKey, keyId: string, bypassPolicyLockoutSafetyCheck = false) => ({
  keyId,
  replicaRegion: key.realm.region,
  ...policyGiven(key),
  bypassPolicyLockoutSafetyCheck,
  description: key.description,
  tags: tagList(key),
});

/** responseElements of that ReplicateKey (AWS KMS developer guide, ReplicateKey record). */
export const replicationResponse = (cloud: Cloud, key: EmulatedKey) => ({
  replicaKeyMetadata: recordedForm(keyMetadata(cloud, key)),
  replicaPolicy: key.policy,
  replicaTags: tagList(key),
});

/**
 * The caller of what KMS does in another Region for a call: the same identity, invoked by KMS
 * (AWS KMS developer guide, second UpdatePrimaryRegion record).
 */
export const invokedByKms = (caller: CallerParts): CallerParts => ({
  identity: { ...caller.identity, invokedBy: 'kms.amazonaws.com' },
  sourceIp: 'kms.amazonaws.com',
  userAgent: 'kms.amazonaws.com',
});
