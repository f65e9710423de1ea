import { isPendingDeletion } from '../model/facts/live.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { daysBetween, type Instant } from '../model/time.ts';
import type { KeySource } from './key-facets.ts';
import { raiseUnknown } from './unknown.ts';
import { timeToDeletion, UNKNOWN_TIME } from './witness-views.ts';

/** What a person calls the key: its alias, else an address, else its id. */
export const nameOf = ({ calledBy, state, configuration, planned, arn, id }: KeyRecord): string =>
  calledBy ?? state[0]?.address ?? configuration[0]?.address ?? planned[0]?.address ?? arn?.keyId ?? id;

export function createdAt({ createdAt: at, arn }: KeyRecord): Instant | undefined {
  if (at !== null) return at;
  return arn === null ? undefined : raiseUnknown('nobody said when the key was made');
}

export function ageDays({ record, asOf }: KeySource): bigint | undefined {
  const at = createdAt(record);
  return at === undefined ? undefined : BigInt(daysBetween(at, asOf));
}

/** Whether DescribeKey keeps ValidTo once the material is gone is not documented; a state keeps what it last saw. */
export function materialExpired({ record, asOf }: KeySource): Instant | undefined {
  const deadlines = [record.live?.validTo, ...record.state.map(({ validTo }) => validTo)];
  return deadlines.find((deadline) => deadline != null && deadline <= asOf) ?? undefined;
}

/** Imported material and replicas have resource types of their own; what is not known is taken for the common case. */
export function resourceTypeOf({ live }: KeyRecord): string {
  const external = live?.attributes.origin === 'EXTERNAL';
  if (live?.attributes.multiRegionRole === 'REPLICA') {
    return external ? 'aws_kms_replica_external_key' : 'aws_kms_replica_key';
  }
  return external ? 'aws_kms_external_key' : 'aws_kms_key';
}

/** Of a key that no state holds: a crashed apply or a lost state left it, and not another estate that was not read. */
export const isUnrecorded = ({ errored, creator, standing, isByDeployer }: KeyRecord): boolean =>
  errored.length > 0 ||
  ((creator?.via === 'terraform' || creator?.via === 'opentofu') && (standing === 'unmanaged' || isByDeployer));

/** A plan may be older than the cancelling of a deletion, or than its end: then KMS knows better. */
export const isRecreated = ({ planned, live, absent }: KeyRecord): boolean =>
  planned.some(({ action }) => action === 'recreate') &&
  absent === null &&
  (live?.keyState == null || isPendingDeletion(live.keyState));

/** The only reason that a recreation has: nobody tells in which Region a refresh looked for the key. */
export const isRecreationOpen = ({ action, reason }: KeyRecord['planned'][number]): boolean =>
  action === 'recreate' && reason !== null;

export const timeToDeletionOf = ({ record, asOf }: KeySource): string =>
  record.live?.keyState == null ? UNKNOWN_TIME : timeToDeletion({ live: record.live, asOf });

/** The Region of the primary of a family, where the state and KMS disagree on it: as this witness has it. */
export function primaryRegion({ differences }: KeyRecord, witness: 'state' | 'live'): string | undefined {
  const moved = differences.find(({ attribute, pair }) => attribute === 'primaryKeyArn' && pair === 'state/live');
  const primary = moved?.values[witness];
  return typeof primary === 'string' ? parseKeyArn(primary)?.region : undefined;
}
