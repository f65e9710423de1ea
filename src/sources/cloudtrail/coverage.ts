import type { Coverage } from '../../model/coverage.ts';
import { plural } from '../../model/plural.ts';
import { DAY, HOUR, type Instant, SECOND, toEpochMs, toInstant, type Window } from '../../model/time.ts';
import type { Lookup } from './lookup-events.ts';
import type { ReadEvents } from './read-events.ts';

/** LookupEvents looks this far back (CloudTrail API reference, LookupEvents). */
const RETENTION = 90 * DAY;

/** What slips out of 90 days while a scan of all of them runs is not worth a word; the window says where it begins. */
const WORTH_SAYING = HOUR;

/** A window cut to what CloudTrail keeps. */
export interface Clamped {
  /** What can be read of the window; undefined when all of it is too old. */
  readonly window: Window | undefined;
  /** Why this is less than was asked for. */
  readonly reason?: string;
}

/** A window without what CloudTrail no longer keeps at `now`. */
export function clampToRetention(window: Window, now: Instant): Clamped {
  const oldest = toInstant(Math.ceil((toEpochMs(now) - RETENTION) / SECOND) * SECOND);
  if (window.start >= oldest) return { window };
  if (window.end <= oldest) {
    return { window: undefined, reason: `CloudTrail keeps 90 days: all of ${window.start} to ${window.end} is older` };
  }
  const kept = { start: oldest, end: window.end };
  if (toEpochMs(oldest) - toEpochMs(window.start) < WORTH_SAYING) return { window: kept };
  return {
    window: kept,
    reason: `CloudTrail keeps 90 days: read from ${oldest}, asked for from ${window.start}`,
  };
}

/** How much was covered, and why no more. */
type Extent = Pick<Coverage, 'status' | 'reason' | 'permission'>;

const at = (epochSeconds: number): Instant => toInstant(epochSeconds * SECOND);

/** Neighbours that meet become one; `after` is not part of a span, so it is told as the second behind it. */
function spans(read: Lookup['read']): string {
  const joined: { after: number; until: number }[] = [];
  for (const { after, until } of read) {
    const last = joined.at(-1);
    if (last !== undefined && after <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ after, until });
  }
  return joined.map(({ after, until }) => `${at(after + 1)} to ${at(until)}`).join(', ');
}

/** How much of the window was read. A record that cannot be read may have been about any key: that is a gap too. */
export function coverageOf(lookup: Lookup, events: ReadEvents, clamped: string | undefined): Extent {
  const { failure, read } = lookup;
  if (failure !== undefined) {
    const permission = failure.permission === undefined ? {} : { permission: failure.permission };
    return read.length === 0
      ? { status: 'failed', reason: failure.reason, ...permission }
      : { status: 'partial', reason: `read ${spans(read)} only: ${failure.reason}`, ...permission };
  }
  const unreadable = events.unreadable.reduce((sum, { records }) => sum + records, 0);
  if (unreadable > 0) return { status: 'partial', reason: `${plural(unreadable, 'record')} cannot be read` };
  return clamped === undefined ? { status: 'complete' } : { status: 'complete', reason: clamped };
}
