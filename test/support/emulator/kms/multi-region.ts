import { z } from 'zod';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import {
  creationRequest,
  creationResponse,
  invokedByKms,
  replicationRequest,
  replicationResponse,
} from '../cloudtrail/creation.ts';
import { apiCallRecord } from '../cloudtrail/record.ts';
import { addRecord, callParts } from '../cloudtrail/writes.ts';
import { AwsError } from '../errors.ts';
import { defaultPolicy, firstState, newKey } from './key.ts';
import { familyOf, isPrimary, keyMetadata } from './metadata.ts';
import { type Operation, writes } from './operation.ts';
import { checkedPolicy } from './policy.ts';
import { resolveKey } from './resolve.ts';
import { refuseIn, refuseWhenDeleting, refuseWhenDisabled, unsupported } from './states.ts';
import { putTags, tagListSchema } from './tags.ts';

function refuseUnlessPrimary(key: EmulatedKey): void {
  if (!key.multiRegion) throw unsupported(`${key.arn} is not a multi-Region key`);
  if (!isPrimary(key)) throw unsupported(`${key.arn} is not a multi-Region primary key`);
  refuseWhenDisabled(key);
  refuseWhenDeleting(key);
  refuseIn(key, 'PendingImport');
}

/** The record that a call leaves in a Region other than its own. */
function recordElsewhere(
  cloud: Cloud,
  call: Call,
  key: EmulatedKey,
  said: { readonly eventName: string; readonly request: unknown; readonly response: unknown },
): void {
  const parts = { ...callParts(cloud, call), region: key.realm.region };
  const caller = invokedByKms({ identity: parts.identity, sourceIp: parts.sourceIp, userAgent: parts.userAgent });
  addRecord(cloud, key.realm, apiCallRecord({ ...parts, ...caller, ...said, resources: [key.arn] }));
}

const replicateSchema = z.object({
  KeyId: z.string(),
  ReplicaRegion: z.string(),
  Policy: z.string().optional(),
  Description: z.string().max(8192).default(''),
  Tags: tagListSchema.default([]),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});

/** The key's state until the replica is there, for as long as the world says that takes. */
function becoming(cloud: Cloud, state: string, while_: string) {
  const { replication } = cloud.limits;
  if (replication === 0) return { state, settles: undefined };
  return { state: while_, settles: { at: cloud.clock.now() + replication, state } };
}

function replicaOf(cloud: Cloud, primary: EmulatedKey, input: z.infer<typeof replicateSchema>): EmulatedKey {
  const realm = { ...primary.realm, region: input.ReplicaRegion };
  const { keyId, spec, usage, origin, rotation, primaryRegion } = primary;
  const tags = new Map<string, string>();
  putTags(tags, input.Tags);
  const policy = input.Policy === undefined ? defaultPolicy(realm) : checkedPolicy(input.Policy);
  return newKey({
    ...{ realm, keyId, spec, usage, origin, rotation, primaryRegion, tags, policy },
    multiRegion: true,
    description: input.Description,
    createdAt: cloud.clock.now(),
    fresh: true,
    ...becoming(cloud, firstState(origin), 'Creating'),
  });
}

const replicateKey = writes(replicateSchema, (cloud, call, input) => {
  const primary = resolveKey(cloud, call, input.KeyId);
  refuseUnlessPrimary(primary);
  const replica = replicaOf(cloud, primary, input);
  const { keys } = contentsOf(cloud, replica.realm);
  if (keys.has(replica.keyId)) throw new AwsError('AlreadyExistsException', `Key ${replica.arn} already exists`);
  keys.set(replica.keyId, replica);
  const created = {
    eventName: 'CreateKey',
    request: creationRequest(replica),
    response: creationResponse(cloud, replica),
  };
  recordElsewhere(cloud, call, replica, created);
  const tagList = [...replica.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  return {
    output: { ReplicaKeyMetadata: keyMetadata(cloud, replica), ReplicaPolicy: replica.policy, ReplicaTags: tagList },
    request: replicationRequest(replica, input.KeyId, input.BypassPolicyLockoutSafetyCheck),
    response: replicationResponse(cloud, replica),
    resources: [primary.arn],
  };
});

/** UpdatePrimaryRegion: primary and replica change roles; nothing is created. */
const updatePrimaryRegion = writes(z.object({ KeyId: z.string(), PrimaryRegion: z.string() }), (cloud, call, input) => {
  const old = resolveKey(cloud, call, input.KeyId);
  refuseUnlessPrimary(old);
  const next = familyOf(cloud, old).find((member) => member.realm.region === input.PrimaryRegion);
  if (next === undefined)
    throw new AwsError('NotFoundException', `${old.arn} has no replica in ${input.PrimaryRegion}`);
  if (next === old) throw unsupported(`${old.arn} is the primary key already`);
  refuseWhenDisabled(next);
  refuseWhenDeleting(next);
  for (const member of familyOf(cloud, old)) member.primaryRegion = input.PrimaryRegion;
  for (const member of [old, next]) Object.assign(member, becoming(cloud, member.state, 'Updating'));
  const request = { keyId: next.arn, primaryRegion: input.PrimaryRegion };
  recordElsewhere(cloud, call, next, { eventName: 'UpdatePrimaryRegion', request, response: null });
  return { resources: [old.arn] };
});

export const MULTI_REGION_WRITES: Readonly<Record<string, Operation>> = {
  ReplicateKey: replicateKey,
  UpdatePrimaryRegion: updatePrimaryRegion,
};
