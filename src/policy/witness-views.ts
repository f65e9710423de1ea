import { type Actor, VIAS } from '../model/facts/cloudtrail.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type {
  ConfigurationFact,
  CreationFact,
  DeletionFact,
  KeyStoreFact,
  LiveFact,
  ReplicationFact,
  StateFact,
} from '../model/facts.ts';
import { plural } from '../model/plural.ts';
import { daysBetween, type Instant } from '../model/time.ts';
import { attributeFields, celValue } from './attribute-fields.ts';
import { raiseUnknown } from './unknown.ts';
import { bool, defineView, type Field, int, listOf, oneOf, text } from './view.ts';
import { actorText } from './words.ts';

const BY_HAND: ReadonlySet<Actor['via']> = new Set(['console', 'cli', 'sdk']);

function actorFields<S>(actorOf: (source: S) => Actor | null): Record<string, Field<S>> {
  return {
    via: {
      shape: oneOf(VIAS),
      says: '`unknown` when it is not known',
      read: (source) => actorOf(source)?.via ?? 'unknown',
    },
    isByHand: {
      shape: bool,
      says: '`via` is `console`, `cli` or `sdk`',
      read: (source) => BY_HAND.has(actorOf(source)?.via ?? 'unknown'),
    },
    principal: { shape: text, says: 'ARN of the caller', read: (source) => actorOf(source)?.principal ?? undefined },
    role: {
      shape: text,
      says: 'ARN of the role behind a session',
      read: (source) => actorOf(source)?.role ?? undefined,
    },
    userAgent: { shape: text, says: 'can be forged', read: (source) => actorOf(source)?.userAgent ?? undefined },
    invokedBy: { shape: text, says: 'set by AWS', read: (source) => actorOf(source)?.invokedBy ?? undefined },
    text: {
      shape: text,
      says: 'who and with what, for messages; `someone unknown`',
      read: (source) => actorText(actorOf(source)),
    },
  };
}

interface Recorded {
  readonly eventId: string;
  readonly eventTime: Instant;
  readonly actor: Actor;
}

const recordFields = <S extends Recorded>(): Record<string, Field<S>> => ({
  eventId: { shape: text, says: 'eventID of the record', read: (source) => source.eventId },
  eventTime: { shape: text, says: 'when, ISO 8601 in UTC', read: (source) => source.eventTime },
  ...actorFields<S>((source) => source.actor),
});

/** Who made or deleted a key; always there, with `via` unknown when nobody knows. */
export const actorView = defineView<{ readonly actor: Actor | null }>(
  'Actor',
  actorFields((source) => source.actor),
);

/** A creation record as rules see it. */
export const createdView = defineView<CreationFact>('Created', {
  ...recordFields<CreationFact>(),
  ...attributeFields<CreationFact>((created) => created, false),
});

/** A ReplicateKey record as rules see it. */
export const replicatedView = defineView<ReplicationFact>('Replicated', {
  primaryArn: { shape: text, says: 'ARN of the primary', read: (replicated) => replicated.primaryArn },
  ...recordFields<ReplicationFact>(),
});

/** A deletion record as rules see it. */
export const deletionView = defineView<DeletionFact>('Deletion', {
  pendingWindowInDays: {
    shape: int,
    says: 'waiting period asked for',
    read: (deletion) => celValue(deletion.pendingWindowInDays),
  },
  ...recordFields<DeletionFact>(),
});

/** A block, or one instance of it, as rules see it. */
export const configurationView = defineView<ConfigurationFact>('Configuration', {
  address: { shape: text, says: 'address, without an index', read: (block) => block.address },
  resourceType: { shape: text, says: '`aws_kms_key`, …', read: (block) => block.resourceType },
  root: { shape: text, says: 'the root module', read: (block) => block.root },
  path: { shape: text, says: 'file of the block', read: (block) => block.path },
  line: { shape: int, says: 'line of the block', read: (block) => BigInt(block.line) },
  instances: {
    shape: oneOf(['one', 'none', 'unknown']),
    says: 'what count or for_each make of it',
    read: (block) => block.instances,
  },
  ...attributeFields<ConfigurationFact>((block) => block, false),
});

/** An instance in a state as rules see it. */
export const stateView = defineView<StateFact>('State', {
  address: { shape: text, says: 'address of the instance', read: (instance) => instance.address },
  resourceType: { shape: text, says: '`aws_kms_key`, …', read: (instance) => instance.resourceType },
  status: {
    shape: oneOf(['current', 'tainted', 'deposed']),
    says: 'status of the instance',
    read: (instance) => instance.status,
  },
  source: { shape: text, says: 'where the state was read', read: (instance) => instance.source },
  lineage: { shape: text, says: 'lineage of the state', read: (instance) => instance.lineage },
  serial: { shape: int, says: 'serial of the state', read: (instance) => BigInt(instance.serial) },
  validTo: { shape: text, says: 'when imported material expires', read: (instance) => celValue(instance.validTo) },
  ...attributeFields<StateFact>((instance) => instance, false),
});

/** A live key and the time that its deadlines are reckoned from. */
export interface LiveSource {
  readonly live: LiveFact;
  readonly asOf: Instant;
}

/** What DescribeKey alone tells; when it was denied, everything in it is Unknown. */
function described<T>(live: LiveFact, value: T): T {
  if (live.keyState !== null) return value;
  return raiseUnknown(live.unknown.enabled ?? Object.values(live.unknown)[0] ?? 'KMS did not describe the key');
}

const daysTo = (source: LiveSource, deadline: Instant | null): unknown =>
  described(source.live, deadline) === null ? undefined : BigInt(daysBetween(source.asOf, deadline ?? source.asOf));

/** Stands in messages where KMS does not say when it deletes a key. */
export const UNKNOWN_TIME = 'an unknown number of days';

/** PendingReplicaDeletion has no DeletionDate: the waiting period starts when the last replica is gone (AWS KMS developer guide, "Deleting multi-Region keys"). */
export function timeToDeletion({ live, asOf }: LiveSource): string {
  if (described(live, live.deletionDate) !== null && live.deletionDate !== null) {
    const days = daysBetween(asOf, live.deletionDate);
    // KMS may take a day longer, and a saved inventory may be judged at any later time.
    if (days < 0) return `no time (due ${live.deletionDate.slice(0, 10)})`;
    return days === 0 ? 'less than a day' : plural(days, 'day');
  }
  if (live.keyState !== 'PendingReplicaDeletion' || live.pendingWindowInDays === null) return UNKNOWN_TIME;
  return `${plural(live.pendingWindowInDays, 'day')} once its replicas are gone`;
}

/** What KMS says of a key as rules see it. */
export const liveView = defineView<LiveSource>('Live', {
  keyState: { shape: text, says: 'KeyState', read: ({ live }) => described(live, live.keyState) },
  isPendingDeletion: {
    shape: bool,
    says: 'KeyState is `PendingDeletion` or `PendingReplicaDeletion`',
    read: ({ live }) => isPendingDeletion(described(live, live.keyState)),
  },
  keyManager: { shape: text, says: 'KeyManager', read: ({ live }) => described(live, celValue(live.keyManager)) },
  deletionDate: {
    shape: text,
    says: 'when the key will be deleted',
    read: ({ live }) => described(live, celValue(live.deletionDate)),
  },
  daysToDeletion: {
    shape: int,
    says: 'whole days until then',
    read: (source) => daysTo(source, source.live.deletionDate),
  },
  timeToDeletion: { shape: text, says: '`7 days`, or that it is unknown', read: timeToDeletion },
  pendingWindowInDays: {
    shape: int,
    says: 'waiting period of a primary that waits for its replicas',
    read: ({ live }) => described(live, celValue(live.pendingWindowInDays)),
  },
  validTo: {
    shape: text,
    says: 'when imported material expires',
    read: ({ live }) => described(live, celValue(live.validTo)),
  },
  daysToExpiry: { shape: int, says: 'whole days until then', read: (source) => daysTo(source, source.live.validTo) },
  expirationModel: {
    shape: text,
    says: 'ExpirationModel of imported material',
    read: ({ live }) => described(live, celValue(live.expirationModel)),
  },
  aliases: {
    shape: listOf(text),
    needs: ['live.aliases'],
    says: 'alias names in KMS',
    read: ({ live }) => live.aliases ?? raiseUnknown('aliases could not be listed'),
  },
  ...attributeFields<LiveSource>((source) => source.live, true),
});

/** The custom key store of a key as rules see it. */
export const keyStoreView = defineView<KeyStoreFact>('KeyStore', {
  id: { shape: text, says: 'id of the custom key store', read: (store) => store.id },
  name: { shape: text, says: 'its name', read: (store) => celValue(store.name) },
  type: { shape: text, says: 'its type', read: (store) => celValue(store.type) },
  connectionState: {
    shape: text,
    says: 'its ConnectionState',
    read: (store) => store.connectionState ?? raiseUnknown('KMS did not say whether the key store is connected'),
  },
});
