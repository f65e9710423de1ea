import type { Cloud, EmulatedKey } from '../cloud.ts';
import { type CallerParts, callerParts } from '../cloudtrail/actors.ts';
import { type ApiCallParts, apiCallRecord, serviceEventRecord } from '../cloudtrail/record.ts';
import { proseDate, recordedForm } from '../cloudtrail/recorded-form.ts';
import { uuidOf } from '../ids.ts';
import { isOldSpec } from '../kms/algorithms.ts';
import { defaultPolicy, firstState } from '../kms/key.ts';
import { isPrimary, keyMetadata, primaryOf } from '../kms/metadata.ts';
import { deliver } from './records.ts';
import type { WorldActor, WorldKey, WorldReplica } from './schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** When the waiting period began: the time of whoever scheduled the deletion, or a day before now. */
export const scheduledAt = (key: WorldKey | WorldReplica, now: number): number =>
  key.deletion?.by?.at?.(now) ?? now - DAY_MS;

/** KeyMetadata as CreateKey answered it: the state of then, with none of what came after. */
function firstMetadata(cloud: Cloud, key: EmulatedKey) {
  const made = { ...key, state: firstState(key.origin), deletionDate: undefined, material: undefined };
  return recordedForm(keyMetadata(cloud, made));
}

const given = (key: EmulatedKey): { policy?: string } =>
  key.policy === defaultPolicy(key.realm) ? {} : { policy: key.policy };

const tagList = (key: EmulatedKey) => [...key.tags].map(([tagKey, tagValue]) => ({ tagKey, tagValue }));

/** requestParameters of the CreateKey that would make this key. */
function creationRequest(key: EmulatedKey) {
  return {
    ...given(key),
    description: key.description,
    keyUsage: key.usage,
    ...(isOldSpec(key.spec) ? { customerMasterKeySpec: key.spec } : {}),
    keySpec: key.spec,
    origin: key.origin,
    multiRegion: key.multiRegion,
    tags: tagList(key),
    bypassPolicyLockoutSafetyCheck: false,
    ...(key.keyStoreId === undefined ? {} : { customKeyStoreId: key.keyStoreId }),
    ...(key.xksKeyId === undefined ? {} : { xksKeyId: key.xksKeyId }),
  };
}

type Said = Pick<ApiCallParts, 'eventName' | 'request' | 'response'>;

function keyCall(key: EmulatedKey, caller: CallerParts, at: number, said: Said, eventId: string) {
  return apiCallRecord({
    ...caller,
    at,
    eventSource: 'kms.amazonaws.com',
    account: key.realm.account,
    region: key.realm.region,
    resources: [key.arn],
    requestId: uuidOf(`request ${eventId}`),
    eventId,
    ...said,
  });
}

/** The CreateKey in the replica's Region that KMS makes for a ReplicateKey (AWS KMS developer guide, "ReplicateKey"). */
const byKms = (caller: CallerParts): CallerParts => ({
  ...caller,
  identity: { ...caller.identity, invokedBy: 'kms.amazonaws.com' },
  sourceIp: 'kms.amazonaws.com',
  userAgent: 'kms.amazonaws.com',
});

function replicationRecord(cloud: Cloud, key: EmulatedKey, primary: EmulatedKey, actor: WorldActor, name: string) {
  const caller = callerParts(actor, key.realm.partition, key.realm.account, key.createdAt);
  const said = {
    eventName: 'ReplicateKey',
    request: {
      keyId: primary.arn,
      replicaRegion: key.realm.region,
      ...given(key),
      bypassPolicyLockoutSafetyCheck: false,
      description: key.description,
      tags: tagList(key),
    },
    response: { replicaKeyMetadata: firstMetadata(cloud, key), replicaPolicy: key.policy, replicaTags: tagList(key) },
  };
  return keyCall(primary, caller, key.createdAt, said, uuidOf(`replicated ${name} ${key.arn}`));
}

function creation(cloud: Cloud, now: number, key: EmulatedKey, actor: WorldActor, name: string): void {
  const primary = isPrimary(key) || !key.multiRegion ? undefined : primaryOf(cloud, key);
  const caller = callerParts(actor, key.realm.partition, key.realm.account, key.createdAt);
  const said = {
    eventName: 'CreateKey',
    request: creationRequest(key),
    response: { keyMetadata: firstMetadata(cloud, key) },
  };
  const eventId = actor.eventId ?? uuidOf(`created ${name} ${key.arn}`);
  const record = keyCall(key, primary === undefined ? caller : byKms(caller), key.createdAt, said, eventId);
  deliver(cloud, now, key.realm, record, actor);
  if (primary === undefined) return;
  deliver(cloud, now, primary.realm, replicationRecord(cloud, key, primary, actor, name), {});
}

function scheduling(
  cloud: Cloud,
  now: number,
  key: EmulatedKey,
  world: WorldKey | WorldReplica,
  actor: WorldActor,
): void {
  const windowDays = world.deletion?.windowDays ?? 30;
  const at = world.deleted === undefined ? scheduledAt(world, now) : world.deleted(now) - windowDays * DAY_MS;
  const waits = key.state === 'PendingReplicaDeletion';
  const said = {
    eventName: 'ScheduleKeyDeletion',
    request: { keyId: key.arn, pendingWindowInDays: windowDays },
    response: {
      keyId: key.arn,
      keyState: waits ? 'PendingReplicaDeletion' : 'PendingDeletion',
      pendingWindowInDays: windowDays,
      ...(waits ? {} : { deletionDate: proseDate(at + windowDays * DAY_MS) }),
    },
  };
  const caller = callerParts(actor, key.realm.partition, key.realm.account, at);
  const record = keyCall(key, caller, at, said, actor.eventId ?? uuidOf(`scheduled ${key.arn}`));
  deliver(cloud, now, key.realm, record, actor);
}

function removal(cloud: Cloud, now: number, key: EmulatedKey, at: number): void {
  const { account, region } = key.realm;
  const eventId = uuidOf(`deleted ${key.arn}`);
  const record = serviceEventRecord({ eventName: 'DeleteKey', at, account, region, keyArn: key.arn, eventId });
  deliver(cloud, now, key.realm, record, {});
}

/** Leaves the records that a world's key implies: who made it, who scheduled its deletion, when it went. */
export function recordsOfKey(
  cloud: Cloud,
  now: number,
  key: EmulatedKey,
  world: WorldKey | WorldReplica,
  name: string,
): void {
  if (world.createdBy !== undefined) creation(cloud, now, key, world.createdBy, name);
  if (world.deletion?.by !== undefined) scheduling(cloud, now, key, world, world.deletion.by);
  if (world.deleted !== undefined) removal(cloud, now, key, world.deleted(now));
}
