import { z } from 'zod';

/** A point in time as ISO 8601 in UTC with milliseconds, `2026-11-23T05:51:26.000Z`: sorts as text. */
export const instantSchema = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof instantSchema>;

/** A day in UTC, `2027-01-31`. */
export const daySchema = z.iso.date();

/** From start to end, both as asked of the source. */
export const windowSchema = z.strictObject({ start: instantSchema, end: instantSchema });
export type Window = z.infer<typeof windowSchema>;

/** Milliseconds, as all durations are. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How far back anybody may ask to look, milliseconds: no KMS key is older (AWS made KMS in November 2014). */
export const LONGEST_SINCE = 7300 * DAY;

/** How long a new key may go without a state: creation records reach no further back, so that longer would excuse every key. */
export const LONGEST_GRACE = 90 * DAY;

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Epoch milliseconds to an instant. */
export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** An instant to epoch milliseconds. */
export const toEpochMs = (instant: Instant): number => Date.parse(instant);

/** Any ISO 8601 date or time to an instant; undefined when it is none, a day that does not exist too. A time without a zone is UTC. */
export function parseInstant(text: string): Instant | undefined {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  // Date.parse takes 30 February for 2 March.
  if (shape === null || !daySchema.safeParse(text.slice(0, 10)).success) return undefined;
  const ms = Date.parse(shape[1] !== undefined && shape[4] === undefined ? `${text}Z` : text);
  return Number.isNaN(ms) ? undefined : toInstant(ms);
}

/** `90d`, `1h`, `30m`, `45s` to milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(\d{1,9})([smhd])$/.exec(text);
  const unit = parts?.[2] === undefined ? undefined : UNITS[parts[2]];
  return unit === undefined ? undefined : Number(parts?.[1]) * unit;
}

/** Whole days from one instant to a later one, rounded down; negative when `to` lies before `from`. */
export const daysBetween = (from: Instant, to: Instant): number => Math.floor((toEpochMs(to) - toEpochMs(from)) / DAY);
