import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { Coverage, Diagnostic } from '../../model/coverage.ts';
import type { Look } from '../../model/inventory.ts';
import type { Realm } from '../../model/key-arn.ts';
import { plural } from '../../model/plural.ts';
import { SECOND, toEpochMs, type Window } from '../../model/time.ts';
import type { Pacer } from '../aws/pacer.ts';
import { oneLine } from '../one-line.ts';
import type { Looking } from '../source.ts';
import { clampToRetention, coverageOf } from './coverage.ts';
import { type Lookup, lookUpEvents } from './lookup-events.ts';
import { askPageWith } from './lookup-page.ts';
import { type ReadEvents, readEvents } from './read-events.ts';
import type { Operation } from './record.ts';

/** What is asked of CloudTrail: one account and Region, over a window that the caller has frozen. */
export interface EventsAsk {
  readonly client: CloudTrailClient;
  /** Shared by all look-ups in this account and Region: their quota is one. */
  readonly pacer: Pacer;
  readonly realm: Realm;
  readonly window: Window;
}

/** Who created which keys here: CreateKey records. Failures are coverage; throws the signal's reason alone. */
export const lookAtCreations = (ask: EventsAsk, looking: Looking): Promise<Look> => lookAt('CreateKey', ask, looking);

/** Who scheduled which keys for deletion; the caller passes the last 30 days, the longest that KMS waits. */
export const lookAtDeletions = (ask: EventsAsk, looking: Looking): Promise<Look> =>
  lookAt('ScheduleKeyDeletion', ask, looking);

/** Who asked for which replicas: ReplicateKey records, which stand in the primary's Region. */
export const lookAtReplications = (ask: EventsAsk, looking: Looking): Promise<Look> =>
  lookAt('ReplicateKey', ask, looking);

async function lookAt(operation: Operation, ask: EventsAsk, looking: Looking): Promise<Look> {
  const readAt = looking.now();
  const { window, reason } = clampToRetention(ask.window, readAt);
  const asked = { source: 'cloudtrail', operation, ...ask.realm, readAt } as const;
  const clamped = reason === undefined ? [] : [told('info', operation, ask.realm, reason)];
  if (window === undefined) {
    const coverage: Coverage = { ...asked, window: ask.window, status: 'failed', reason: reason ?? '' };
    return { facts: [], coverage: [coverage], diagnostics: clamped };
  }
  const lookup = await lookUp(operation, window, ask, looking);
  const events = readEvents(lookup.events, operation);
  return {
    facts: events.facts,
    coverage: [{ ...asked, window, ...coverageOf(lookup, events, reason) }],
    diagnostics: [...clamped, ...diagnose(events, operation, ask.realm)],
  };
}

const lookUp = (operation: Operation, window: Window, ask: EventsAsk, looking: Looking): Promise<Lookup> =>
  lookUpEvents({
    operation,
    askPage: askPageWith(ask.client),
    pacer: ask.pacer,
    start: Math.floor(toEpochMs(window.start) / SECOND),
    end: Math.ceil(toEpochMs(window.end) / SECOND),
    signal: looking.signal,
    now: looking.now,
    ...(looking.timer === undefined ? {} : { sleep: looking.timer.sleep }),
    onEvents: (total) =>
      looking.onProgress({
        source: 'cloudtrail',
        text: `${operation} in ${ask.realm.region}: ${plural(total, 'record')}`,
      }),
  });

const told = (level: Diagnostic['level'], operation: Operation, realm: Realm, text: string): Diagnostic => ({
  level,
  source: 'cloudtrail',
  message: `${operation} in ${realm.account} ${realm.region}: ${text}`,
});

function diagnose({ dropped, unreadable }: ReadEvents, operation: Operation, realm: Realm): Diagnostic[] {
  return [
    ...dropped.map(({ reason, records }) =>
      told('info', operation, realm, `${plural(records, 'record')} left out: ${reason}`),
    ),
    ...unreadable.map(({ reason, records, eventId }) => {
      const one = eventId === null ? '' : ` (eventID ${oneLine(eventId)})`;
      return told('warning', operation, realm, `${plural(records, 'record')} cannot be read: ${reason}${one}`);
    }),
  ];
}
