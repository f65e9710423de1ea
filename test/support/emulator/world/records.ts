import type { Realm } from '../../../../src/model/key-arn.ts';
import type { Cloud } from '../cloud.ts';
import { callerParts } from '../cloudtrail/actors.ts';
import { apiCallRecord, recordTime } from '../cloudtrail/record.ts';
import { proseDate } from '../cloudtrail/recorded-form.ts';
import { addToTrail, entryOf } from '../cloudtrail/trail.ts';
import { uuidOf } from '../ids.ts';
import { realmOf } from './place.ts';
import type { WorldRecord } from './schema.ts';
import type { WorldTime } from './times.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON merge patch (RFC 7396). */
function merged(target: JsonObject, patch: JsonObject): JsonObject {
  const result = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const old = result.get(name);
    if (value === null) result.delete(name);
    else result.set(name, isObject(value) ? merged(isObject(old) ? old : {}, value) : value);
  }
  return Object.fromEntries(result);
}

interface Delivery {
  readonly delivered?: WorldTime | undefined;
  readonly copies?: number | undefined;
  readonly patch?: JsonObject | undefined;
}

/** Puts a record into the trail as often and as late as the world wants. */
export function deliver(cloud: Cloud, now: number, realm: Realm, record: JsonObject, delivery: Delivery): void {
  const whole = delivery.patch === undefined ? record : merged(record, delivery.patch);
  const entry = entryOf(whole, { deliveredAt: 0 });
  const deliveredAt = delivery.delivered?.(now) ?? entry.eventTime + cloud.limits.delivery;
  for (let copy = 0; copy < (delivery.copies ?? 1); copy += 1) addToTrail(cloud, realm, { ...entry, deliveredAt });
}

/** A record with another time, in its eventTime and in the creationDate of a key it tells of. */
function movedTo(record: JsonObject, at: number): JsonObject {
  const moved = { ...record, eventTime: recordTime(at) };
  const response = record['responseElements'];
  const metadata = isObject(response) ? response['keyMetadata'] : undefined;
  if (!isObject(metadata) || metadata['creationDate'] === undefined) return moved;
  return merged(moved, { responseElements: { keyMetadata: { creationDate: proseDate(at) } } });
}

function placeOf(record: JsonObject, name: string): { account: string; region: string } {
  const { recipientAccountId: account, awsRegion: region, eventTime } = record;
  if (typeof account !== 'string' || typeof region !== 'string') {
    throw new Error(`${name}: a whole record needs recipientAccountId and awsRegion`);
  }
  if (typeof eventTime !== 'string' || Number.isNaN(Date.parse(eventTime))) {
    throw new Error(`${name}: eventTime is no time: mend it, or give "at" beside the record`);
  }
  return { account, region };
}

type WholeRecord = Extract<WorldRecord, { record: unknown }>;
type RawRecord = Extract<WorldRecord, { raw: unknown }>;
type CallRecord = Extract<WorldRecord, { event: unknown }>;

function loadWhole(cloud: Cloud, now: number, world: WholeRecord, name: string): void {
  const record = world.at === undefined ? world.record : movedTo(world.record, world.at(now));
  deliver(cloud, now, realmOf(cloud, placeOf(record, name)), record, world);
}

function loadRaw(cloud: Cloud, now: number, world: RawRecord, name: string): void {
  const eventTime = Math.floor(world.at(now) / 1000) * 1000;
  const deliveredAt = world.delivered?.(now) ?? eventTime + cloud.limits.delivery;
  for (let copy = 0; copy < world.copies; copy += 1) {
    addToTrail(cloud, realmOf(cloud, world), {
      eventId: uuidOf(name),
      eventName: world.eventName,
      eventSource: world.eventSource,
      eventTime,
      deliveredAt,
      readOnly: false,
      username: undefined,
      accessKeyId: undefined,
      resources: [],
      text: world.raw,
    });
  }
}

function loadCall(cloud: Cloud, now: number, world: CallRecord, name: string): void {
  const realm = realmOf(cloud, world);
  const at = world.at(now);
  const record = apiCallRecord({
    ...callerParts(world.by, realm.partition, realm.account, at),
    at,
    eventSource: world.eventSource,
    eventName: world.event,
    account: realm.account,
    region: realm.region,
    request: world.request,
    response: world.errorCode === undefined ? world.response : null,
    errorCode: world.errorCode,
    resources: world.resources,
    requestId: uuidOf(`request ${name}`),
    eventId: world.by.eventId ?? uuidOf(name),
  });
  deliver(cloud, now, realm, record, { ...world, patch: world.by.patch });
}

/** Puts a world's CloudTrail record into the trail. */
export function loadRecord(cloud: Cloud, now: number, world: WorldRecord, name: string): void {
  if ('record' in world) loadWhole(cloud, now, world, name);
  else if ('raw' in world) loadRaw(cloud, now, world, name);
  else loadCall(cloud, now, world, name);
}
