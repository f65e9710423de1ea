import { z } from 'zod';
import { parseDuration, parseInstant, toEpochMs } from '../../../../src/model/time.ts';

/** A point in a world's time, in epoch milliseconds once the world's `now` is known. */
export type WorldTime = (now: number) => number;

/** `now`, `-3d`, `+12d`, or an ISO 8601 date or time; undefined when it is none of these. */
export function parseWorldTime(text: string): WorldTime | undefined {
  if (text === 'now') return (now) => now;
  const sign = text[0];
  if (sign === '-' || sign === '+') {
    const ms = parseDuration(text.slice(1));
    return ms === undefined ? undefined : (now) => (sign === '-' ? now - ms : now + ms);
  }
  const instant = parseInstant(text);
  return instant === undefined ? undefined : () => toEpochMs(instant);
}

/** A time in a world's JSON. */
export const worldTimeSchema = z.string().transform((text, context): WorldTime => {
  const time = parseWorldTime(text);
  if (time !== undefined) return time;
  context.addIssue(`"${text}" is no time: write now, -3d, -2h, +12d or 2026-11-23T06:00:00Z`);
  return z.NEVER;
});

/** A length of time in a world's JSON (`5m`, `90d`), in milliseconds. */
export const worldDurationSchema = z.string().transform((text, context): number => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue(`"${text}" is no duration: write 45s, 30m, 1h or 90d`);
  return z.NEVER;
});
