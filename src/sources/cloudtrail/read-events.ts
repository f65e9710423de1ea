import { grouped } from '../../model/grouped.ts';
import { by, byText, inTurn } from '../../model/order.ts';
import type { Instant } from '../../model/time.ts';
import { applyCorrections, type Corrected } from './corrections.ts';
import {
  type DropReason,
  interpretRecord,
  type Operation,
  type ParsedRecord,
  type RecordFact,
  type RecordReading,
} from './record.ts';
import type { CloudTrailRecord } from './record-schema.ts';

/** What the records of one look-up came to. */
export interface ReadEvents {
  /** Sorted by time, then eventID. */
  readonly facts: readonly RecordFact[];
  readonly dropped: readonly { readonly reason: DropReason; readonly records: number }[];
  /** Records that may have been about keys; with the eventID of one of them. */
  readonly unreadable: readonly {
    readonly reason: string;
    readonly records: number;
    readonly eventId: string | null;
  }[];
}

interface Readable {
  readonly record: CloudTrailRecord;
  readonly readAt: Instant;
}

/** All records of one look-up, each once, to facts; what gives none is counted by its reason. */
export function readEvents(
  events: readonly { readonly parsed: ParsedRecord; readonly readAt: Instant }[],
  operation: Operation,
): ReadEvents {
  const readable = events.flatMap(({ parsed, readAt }) =>
    parsed.kind === 'record' ? [{ record: parsed.record, readAt }] : [],
  );
  const { records, applied, homeless } = applyCorrections(readable);
  const readings: RecordReading[] = [
    ...events.flatMap(({ parsed }) => (parsed.kind === 'unreadable' ? [parsed] : [])),
    ...records.map((item) => interpretCorrected(item, operation)),
    ...applied.map((): RecordReading => ({ kind: 'dropped', reason: 'addendum, its correction applied' })),
    ...homeless.map((item) => interpretHomeless(item, operation)),
  ];
  return {
    facts: readings
      .flatMap((reading) => (reading.kind === 'fact' ? [reading.fact] : []))
      .sort(
        inTurn(
          by(({ eventTime }) => eventTime),
          by(({ eventId }) => eventId),
        ),
      ),
    dropped: countDropped(readings),
    unreadable: countUnreadable(readings),
  };
}

function interpretCorrected(item: Readable & Corrected, operation: Operation): RecordReading {
  const reading = interpretRecord(item.record, operation, item.readAt);
  const { correctedBy } = item;
  if (correctedBy === undefined || reading.kind !== 'fact' || reading.fact.kind !== 'created') return reading;
  return { kind: 'fact', fact: { ...reading.fact, correctedBy } };
}

/** An addendum that repeats the whole call says enough without its original; one that does not says nothing alone. */
function interpretHomeless({ record, readAt }: Readable, operation: Operation): RecordReading {
  const original = { ...record, eventID: record.addendum?.originalEventID ?? record.eventID };
  const reading = interpretCorrected({ record: original, readAt, correctedBy: record.eventID }, operation);
  return reading.kind === 'fact' ? reading : { kind: 'dropped', reason: 'addendum to a record that was not read' };
}

function countDropped(readings: readonly RecordReading[]): ReadEvents['dropped'] {
  const dropped = grouped(
    readings.flatMap((reading) => (reading.kind === 'dropped' ? [reading.reason] : [])),
    (reason) => reason,
  );
  return [...dropped].map(([reason, { length: records }]) => ({ reason, records })).sort(by(({ reason }) => reason));
}

function countUnreadable(readings: readonly RecordReading[]): ReadEvents['unreadable'] {
  const unreadable = grouped(
    readings.flatMap((reading) => (reading.kind === 'unreadable' ? [reading] : [])),
    ({ reason }) => reason,
  );
  return [...unreadable]
    .map(([reason, alike]) => ({ reason, records: alike.length, eventId: firstIdOf(alike) }))
    .sort(by(({ reason }) => reason));
}

const firstIdOf = (records: readonly { readonly eventId: string | null }[]): string | null =>
  records.flatMap(({ eventId }) => eventId ?? []).sort(byText)[0] ?? null;
