import { z } from 'zod';
import { DAY } from '../../../../src/model/time.ts';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type TrailEntry } from '../cloud.ts';
import { AwsError } from '../errors.ts';
import { digest } from '../ids.ts';

/** Event history reaches back 90 days (CloudTrail API reference, LookupEvents). */
const HISTORY_MS = 90 * DAY;
const PAGE = 50;

const inputSchema = z.object({
  LookupAttributes: z.array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() })).optional(),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  EventCategory: z.string().optional(),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});
type LookupInput = z.infer<typeof inputSchema>;

type Match = (entry: TrailEntry) => boolean;

const ATTRIBUTES: Readonly<Record<string, (value: string) => Match>> = {
  EventId: (value) => (entry) => entry.eventId === value,
  EventName: (value) => (entry) => entry.eventName === value,
  ReadOnly: (value) => (entry) => String(entry.readOnly) === value,
  Username: (value) => (entry) => entry.username === value,
  ResourceType: (value) => (entry) => entry.resources.some((resource) => resource.type === value),
  ResourceName: (value) => (entry) => entry.resources.some((resource) => resource.name === value),
  EventSource: (value) => (entry) => entry.eventSource === value,
  AccessKeyId: (value) => (entry) => entry.accessKeyId === value,
};

function matchOf(input: LookupInput): Match {
  const attributes = input.LookupAttributes ?? [];
  const [attribute] = attributes;
  if (attribute === undefined) return () => true;
  const match = ATTRIBUTES[attribute.AttributeKey]?.(attribute.AttributeValue);
  if (attributes.length === 1 && match !== undefined) return match;
  throw new AwsError(
    'InvalidLookupAttributesException',
    'Only one lookup attribute, of those that LookupEvents names, is allowed.',
  );
}

function parsedInput(call: Call): LookupInput {
  const result = inputSchema.safeParse(call.input);
  if (!result.success)
    throw new AwsError('SerializationException', 'The request does not have the form of LookupEvents.');
  const { StartTime, EndTime, MaxResults, EventCategory } = result.data;
  if (StartTime !== undefined && EndTime !== undefined && EndTime < StartTime) {
    throw new AwsError('InvalidTimeRangeException', 'The start time is later than the end time.');
  }
  if (MaxResults !== undefined && !(MaxResults >= 1 && MaxResults <= PAGE)) {
    throw new AwsError('InvalidMaxResultsException', `MaxResults must be between 1 and ${PAGE}.`);
  }
  if (EventCategory !== undefined && EventCategory !== 'insight') {
    throw new AwsError('InvalidEventCategoryException', 'The event category is not valid.');
  }
  return result.data;
}

/** Where the next page begins, and of which request: a token is good for the very same parameters alone. */
const tokenSchema = z.object({ of: z.string(), time: z.number(), sequence: z.number() });
type Position = Omit<z.infer<typeof tokenSchema>, 'of'>;

function requestDigest(call: Call, input: LookupInput): string {
  const { NextToken: _token, ...parameters } = input;
  return digest(JSON.stringify([call.realm, parameters]));
}

const encodeToken = (of: string, position: Position): string =>
  Buffer.from(JSON.stringify({ of, ...position })).toString('base64');

const invalidToken = (): AwsError =>
  new AwsError('InvalidNextTokenException', 'The specified next token is not valid.');

function decodeToken(token: string, of: string): Position {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, 'base64').toString());
  } catch {
    throw invalidToken();
  }
  const parsed = tokenSchema.safeParse(content);
  if (!parsed.success || parsed.data.of !== of) throw invalidToken();
  return parsed.data;
}

const isBefore = (entry: TrailEntry, position: Position): boolean =>
  entry.eventTime === position.time ? entry.sequence < position.sequence : entry.eventTime < position.time;

const eventOf = (entry: TrailEntry) => ({
  EventId: entry.eventId,
  EventName: entry.eventName,
  ReadOnly: String(entry.readOnly),
  ...(entry.accessKeyId === undefined ? {} : { AccessKeyId: entry.accessKeyId }),
  EventTime: entry.eventTime / 1000,
  EventSource: entry.eventSource,
  ...(entry.username === undefined ? {} : { Username: entry.username }),
  Resources: entry.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
  CloudTrailEvent: entry.text,
});

/** What a fault makes of the pages of LookupEvents. */
export interface PageFaults {
  readonly emptyPage: boolean;
  readonly expireToken: boolean;
  readonly duplicate: boolean;
  readonly malformed: boolean;
  /** How many of the newest events are kept back. */
  readonly late: number;
}

export const NO_PAGE_FAULTS: PageFaults = {
  emptyPage: false,
  expireToken: false,
  duplicate: false,
  malformed: false,
  late: 0,
};

type LookupEvent = ReturnType<typeof eventOf>;

function spoiled(events: readonly LookupEvent[], faults: PageFaults): readonly LookupEvent[] {
  const [first, ...others] = events;
  if (first === undefined) return events;
  const cut = { ...first, CloudTrailEvent: first.CloudTrailEvent.slice(0, first.CloudTrailEvent.length / 2) };
  const page = faults.malformed ? [cut, ...others] : events;
  return faults.duplicate ? page.flatMap((event) => [event, event]) : page;
}

/** LookupEvents: one page, newest first, of what happened in the window and was delivered by now. */
export function lookupEvents(cloud: Cloud, call: Call, faults: PageFaults = NO_PAGE_FAULTS): unknown {
  const input = parsedInput(call);
  const matches = matchOf(input);
  if (input.EventCategory === 'insight') return { Events: [] };
  const of = requestDigest(call, input);
  if (faults.expireToken && input.NextToken !== undefined) throw invalidToken();
  const after = input.NextToken === undefined ? undefined : decodeToken(input.NextToken, of);
  const now = cloud.clock.now();
  const start = Math.max((input.StartTime ?? 0) * 1000, now - HISTORY_MS);
  const end = (input.EndTime ?? Number.POSITIVE_INFINITY) * 1000;
  const found = contentsOf(cloud, call.realm)
    .trail.filter(
      (entry) => entry.eventTime >= start && entry.eventTime <= end && entry.deliveredAt <= now && matches(entry),
    )
    .slice(faults.late)
    .filter((entry) => after === undefined || isBefore(entry, after));
  return pageOf(found, input.MaxResults ?? PAGE, of, after, faults);
}

function pageOf(
  found: readonly TrailEntry[],
  size: number,
  of: string,
  after: Position | undefined,
  faults: PageFaults,
): unknown {
  const entries = faults.emptyPage ? [] : found.slice(0, size);
  const last = entries.at(-1);
  const position =
    last === undefined
      ? (after ?? { time: Number.MAX_SAFE_INTEGER, sequence: 0 })
      : { time: last.eventTime, sequence: last.sequence };
  const more = found.length > entries.length ? { NextToken: encodeToken(of, position) } : {};
  return { Events: spoiled(entries.map(eventOf), faults), ...more };
}
