import { DAY } from '../../../../src/model/time.ts';
import type { Cloud, EmulatedKey } from '../cloud.ts';
import { type CallerParts, callerParts } from '../cloudtrail/actors.ts';
import {
  creationRequest,
  creationResponse,
  invokedByKms,
  replicationRequest,
  replicationResponse,
} from '../cloudtrail/creation.ts';
import { type ApiCallParts, apiCallRecord, serviceEventRecord } from '../cloudtrail/record.ts';
import { proseDate } from '../cloudtrail/recorded-form.ts';
import { uuidOf } from '../ids.ts';
import { firstState } from '../kms/key.ts';
import { isPrimary, primaryOf } from '../kms/metadata.ts';
import { deliver } from './records.ts';
import type { WorldActor, WorldKey, WorldReplica } from './schema.ts';

/** When the waiting period began: the time of whoever scheduled the deletion, or a day before now. */
export const scheduledAt = (key: WorldKey | WorldReplica, now: number): number =>
  key.deletion?.by?.at?.(now) ?? now - DAY;

/** The key as it was when it was made: with none of what came after. */
const asMade = (key: EmulatedKey): EmulatedKey => ({
  ...key,
  state: firstState(key.origin),
  deletionDate: undefined,
  material: undefined,
});

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

function replicationRecord(cloud: Cloud, key: EmulatedKey, primary: EmulatedKey, actor: WorldActor, name: string) {
  const caller = callerParts(actor, key.realm.partition, key.realm.account, key.createdAt);
  const said = {
    eventName: 'ReplicateKey',
    request: replicationRequest(key, primary.arn),
    response: replicationResponse(cloud, { ...asMade(key), state: 'Creating' }),
  };
  return keyCall(primary, caller, key.createdAt, said, uuidOf(`replicated ${name} ${key.arn}`));
}

function creation(cloud: Cloud, now: number, key: EmulatedKey, actor: WorldActor, name: string): void {
  const primary = isPrimary(key) || !key.multiRegion ? undefined : primaryOf(cloud, key);
  const caller = callerParts(actor, key.realm.partition, key.realm.account, key.createdAt);
  const said = {
    eventName: 'CreateKey',
    request: creationRequest(key),
    response: creationResponse(cloud, asMade(key)),
  };
  const eventId = actor.eventId ?? uuidOf(`created ${name} ${key.arn}`);
  const record = keyCall(key, primary === undefined ? caller : invokedByKms(caller), key.createdAt, said, eventId);
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
  const at = world.deleted === undefined ? scheduledAt(world, now) : world.deleted(now) - windowDays * DAY;
  const waits = key.state === 'PendingReplicaDeletion';
  const said = {
    eventName: 'ScheduleKeyDeletion',
    request: { keyId: key.arn, pendingWindowInDays: windowDays },
    response: {
      keyId: key.arn,
      keyState: waits ? 'PendingReplicaDeletion' : 'PendingDeletion',
      pendingWindowInDays: windowDays,
      ...(waits ? {} : { deletionDate: proseDate(at + windowDays * DAY) }),
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
