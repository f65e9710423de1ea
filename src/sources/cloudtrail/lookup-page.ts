import { type CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { SECOND } from '../../model/time.ts';
import { type Operation, type ParsedRecord, parseRecord } from './record.ts';
import { PAGE } from './slices.ts';

/** One request: an event name over a time range in epoch seconds, both ends included. */
export interface PageQuery {
  readonly operation: Operation;
  readonly start: number;
  readonly end: number;
  readonly token: string | undefined;
}

/** One event of a page, parsed. */
export interface PageEvent {
  readonly eventId: string | null;
  /** Epoch seconds; null when neither summary nor record tells. */
  readonly at: number | null;
  readonly parsed: ParsedRecord;
}

/** One answer of LookupEvents. */
export interface Page {
  /** Newest first. May be empty while there is a token. */
  readonly events: readonly PageEvent[];
  readonly token: string | undefined;
}

/** Asks LookupEvents for one page; throws what the SDK throws. */
export type AskPage = (query: PageQuery, signal: AbortSignal) => Promise<Page>;

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('no JSON');
    return z.NEVER;
  }
});

function parseEvent(event: Event): PageEvent {
  const eventId = event.EventId ?? null;
  const raw = json.safeParse(event.CloudTrailEvent);
  const parsed: ParsedRecord = raw.success
    ? parseRecord(raw.data)
    : { kind: 'unreadable', reason: 'its CloudTrailEvent is no JSON', eventId };
  const ms =
    event.EventTime?.getTime() ?? (parsed.kind === 'record' ? Date.parse(parsed.record.eventTime) : Number.NaN);
  return {
    eventId: eventId ?? (parsed.kind === 'record' ? parsed.record.eventID : parsed.eventId),
    at: Number.isFinite(ms) ? Math.floor(ms / SECOND) : null,
    parsed: parsed.kind === 'unreadable' ? { ...parsed, eventId: parsed.eventId ?? eventId } : parsed,
  };
}

/** The port to CloudTrail, over a client that makes one try a call: each try has to wait for its own turn. */
export const askPageWith =
  (client: CloudTrailClient): AskPage =>
  async ({ operation, start, end, token }, signal) => {
    const answer = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: operation }],
        StartTime: new Date(start * SECOND),
        EndTime: new Date(end * SECOND),
        MaxResults: PAGE,
        NextToken: token,
      }),
      { abortSignal: signal },
    );
    return { events: (answer.Events ?? []).map(parseEvent), token: answer.NextToken };
  };
