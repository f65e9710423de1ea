import { by } from '../../model/order.ts';
import { type CloudTrailRecord, recordSchema } from './record-schema.ts';

/** A record whose addendum, if it has one, has been applied. */
export interface Corrected {
  readonly record: CloudTrailRecord;
  /** eventID of the addendum. */
  readonly correctedBy?: string;
}

/** Records and addenda, sorted out. */
export interface Corrections<T> {
  readonly records: readonly (T & Corrected)[];
  /** Addenda whose correction stands in one of the records. */
  readonly applied: readonly T[];
  /** Addenda to records that are not among these. */
  readonly homeless: readonly T[];
}

const originalOf = ({ addendum }: CloudTrailRecord): string | undefined =>
  addendum?.reason === 'UPDATED_DATA' ? addendum.originalEventID : undefined;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Field by field: what the correction does not speak of stays as it was. Depth is that of the record schema. */
function overlaid(original: object, correction: object): object {
  const merged = new Map<string, unknown>(Object.entries(original));
  for (const [name, value] of Object.entries(correction)) {
    if (value === undefined || value === null) continue;
    const before = merged.get(name);
    merged.set(name, isObject(before) && isObject(value) ? overlaid(before, value) : value);
  }
  return Object.fromEntries(merged);
}

/** The call stays the one that it was: only what the addendum tells of it counts. */
function corrected(original: CloudTrailRecord, addendum: CloudTrailRecord): CloudTrailRecord {
  const { eventID, eventTime } = original;
  return recordSchema.parse({ ...overlaid(original, addendum), eventID, eventTime, addendum: undefined });
}

/**
 * Lays addenda over the records they correct: an addendum with reason UPDATED_DATA is a second event that names the
 * first as originalEventID (CloudTrail user guide, "CloudTrail record contents"). Other addenda (delayed delivery) are
 * the events themselves. Of several to one record the later ones count more.
 */
export function applyCorrections<T extends { readonly record: CloudTrailRecord }>(read: readonly T[]): Corrections<T> {
  const originals = new Map<string, T & Corrected>();
  for (const item of read) if (originalOf(item.record) === undefined) originals.set(item.record.eventID, item);
  const addenda = read.filter(({ record }) => originalOf(record) !== undefined).sort(by(({ record }) => order(record)));
  const applied: T[] = [];
  const homeless: T[] = [];
  for (const addendum of addenda) {
    const original = originals.get(originalOf(addendum.record) ?? '');
    if (original === undefined) {
      homeless.push(addendum);
      continue;
    }
    const record = corrected(original.record, addendum.record);
    originals.set(record.eventID, { ...original, record, correctedBy: addendum.record.eventID });
    applied.push(addendum);
  }
  return { records: [...originals.values()], applied, homeless };
}

const order = ({ eventTime, eventID }: CloudTrailRecord): string => `${eventTime} ${eventID}`;
