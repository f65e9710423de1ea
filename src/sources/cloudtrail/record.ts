import { KMS_SERVICE } from '../../model/facts/cloudtrail.ts';
import type { CreationFact, DeletionFact, ReplicationFact } from '../../model/facts.ts';
import { type KeyArn, type KeyArnParts, keyArnIn, parseKeyArn } from '../../model/key-arn.ts';
import type { Instant } from '../../model/time.ts';
import { readActor } from './actor.ts';
import { readAttributes } from './creation-attributes.ts';
import { type CloudTrailRecord, type KeyMetadata, recordSchema } from './record-schema.ts';

/** Event names that are read, each as CloudTrail spells it. */
export const OPERATIONS = ['CreateKey', 'ReplicateKey', 'ScheduleKeyDeletion'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a record of one of the three events says. */
export type RecordFact = CreationFact | ReplicationFact | DeletionFact;

/** Why a readable record says nothing of a key. */
export type DropReason =
  | 'another service'
  | 'another event'
  | 'failed call'
  | 'dry run'
  | 'no key in the answer'
  | 'addendum, its correction applied'
  | 'addendum to a record that was not read';

/** What came of one record. `unreadable` may have been about a key: its window is not covered in full. */
export type RecordReading =
  | { readonly kind: 'fact'; readonly fact: RecordFact }
  | { readonly kind: 'dropped'; readonly reason: DropReason }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly eventId: string | null };

/** A record in the shape that is known here, or why it is in none. */
export type ParsedRecord =
  | { readonly kind: 'record'; readonly record: CloudTrailRecord }
  | Extract<RecordReading, { kind: 'unreadable' }>;

const dropped = (reason: DropReason): RecordReading => ({ kind: 'dropped', reason });
const unreadable = (reason: string, eventId: string | null) => ({ kind: 'unreadable', reason, eventId }) as const;

/** Versions of one major are compatible: fields are only added (CloudTrail user guide, "CloudTrail record contents"). */
const hasKnownMajor = (version: string | undefined): boolean =>
  version === undefined || Number.parseInt(version, 10) === 1;

/** Any JSON value to a record; what lacks a field that every record has is unreadable. Never throws. */
export function parseRecord(raw: unknown): ParsedRecord {
  const parsed = recordSchema.safeParse(raw);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => issue.path[0]?.toString() ?? 'record'))];
    return unreadable(`no usable ${fields.join(', ')}`, null);
  }
  const { eventVersion, eventID } = parsed.data;
  if (!hasKnownMajor(eventVersion)) return unreadable('its eventVersion is not 1.x', eventID);
  return { kind: 'record', record: parsed.data };
}

/** Of a record that names a key by its id alone; the partition is that of the Region (AWS General Reference, "ARNs"). */
function keyOfRecord(record: CloudTrailRecord, keyId: string | undefined, account?: string): KeyArnParts | undefined {
  const region = record.awsRegion;
  const owner = account ?? record.recipientAccountId;
  if (keyId === undefined) return undefined;
  const named = parseKeyArn(keyId);
  if (named !== undefined || region === undefined || owner === undefined) return named;
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return parseKeyArn(keyArnIn({ partition, account: owner, region }, keyId) ?? '');
}

/** `resources[]` is left aside: it may be missing, and names another key in one of AWS's own examples. */
const keyOfMetadata = (record: CloudTrailRecord, metadata: KeyMetadata): KeyArnParts | undefined =>
  parseKeyArn(metadata.arn ?? '') ??
  keyOfRecord(record, metadata.keyId, metadata.AWSAccountId ?? metadata.aWSAccountId);

const provenance = (record: CloudTrailRecord, readAt: Instant) => ({
  eventId: record.eventID,
  eventTime: record.eventTime,
  actor: readActor(record),
  readAt,
});

const namesNoKey = (record: CloudTrailRecord): RecordReading =>
  record.responseElements === null || record.responseElements === undefined
    ? dropped('no key in the answer')
    : unreadable('its answer names no key', record.eventID);

function readCreation(record: CloudTrailRecord, readAt: Instant): RecordReading {
  const metadata = record.responseElements?.keyMetadata;
  const key = metadata === undefined ? undefined : keyOfMetadata(record, metadata);
  if (metadata === undefined || key === undefined) return namesNoKey(record);
  const fact: CreationFact = {
    kind: 'created',
    arn: key.arn,
    ...provenance(record, readAt),
    ...readAttributes(record, metadata, key),
  };
  return { kind: 'fact', fact };
}

function readReplication(record: CloudTrailRecord, readAt: Instant): RecordReading {
  const metadata = record.responseElements?.replicaKeyMetadata;
  // By id alone the Region would be the primary's: only an ARN tells where the replica is.
  const replica = parseKeyArn(metadata?.arn ?? '');
  if (replica === undefined) return namesNoKey(record);
  const primary: KeyArn | undefined =
    parseKeyArn(metadata?.multiRegionConfiguration?.primaryKey?.arn ?? '')?.arn ??
    keyOfRecord(record, record.requestParameters?.keyId, replica.account)?.arn;
  if (primary === undefined) return unreadable('it names no primary key', record.eventID);
  const fact: ReplicationFact = {
    kind: 'replicated',
    arn: replica.arn,
    primaryArn: primary,
    ...provenance(record, readAt),
  };
  return { kind: 'fact', fact };
}

function readDeletion(record: CloudTrailRecord, readAt: Instant): RecordReading {
  const key = parseKeyArn(record.responseElements?.keyId ?? '') ?? keyOfRecord(record, record.requestParameters?.keyId);
  if (key === undefined) return namesNoKey(record);
  const fact: DeletionFact = {
    kind: 'deletion',
    arn: key.arn,
    pendingWindowInDays: record.requestParameters?.pendingWindowInDays ?? null,
    ...provenance(record, readAt),
  };
  return { kind: 'fact', fact };
}

const READERS: Readonly<Record<Operation, (record: CloudTrailRecord, readAt: Instant) => RecordReading>> = {
  CreateKey: readCreation,
  ReplicateKey: readReplication,
  ScheduleKeyDeletion: readDeletion,
};

/** What a record of the asked operation says: a fact, or why it says none. Failed calls and dry runs made no key. */
export function interpretRecord(record: CloudTrailRecord, operation: Operation, readAt: Instant): RecordReading {
  if (record.eventSource !== KMS_SERVICE) return dropped('another service');
  if (record.eventName !== operation) return dropped('another event');
  const isDryRun = record.requestParameters?.dryRun === true || record.errorCode?.startsWith('DryRunOperation');
  if (isDryRun) return dropped('dry run');
  if (record.errorCode !== undefined) return dropped('failed call');
  return READERS[operation](record, readAt);
}
