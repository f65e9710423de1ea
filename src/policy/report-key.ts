import { ATTRIBUTE_NAMES, type Attested } from '../model/attributes.ts';
import type { Actor } from '../model/facts/cloudtrail.ts';
import type { LastUsageFact } from '../model/facts.ts';
import type { KeyRecord, PlannedChange } from '../model/key-record.ts';
import { by, byText, inTurn } from '../model/order.ts';
import type { ReportKey } from '../model/report.ts';
import type { Instant } from '../model/time.ts';
import { differenceRows } from './difference-rows.ts';
import { inOrder, type Present } from './in-order.ts';
import { nameOf } from './key-derived.ts';

/** One key record as the report tells it: flat, in one order of fields, without what only rules need. */
export function reportKey(record: KeyRecord): ReportKey {
  return {
    id: record.id,
    arn: record.arn?.arn ?? null,
    account: record.arn?.account ?? null,
    region: record.arn?.region ?? null,
    keyId: record.arn?.keyId ?? null,
    standing: record.standing,
    reason: reasonOf(record),
    notOurs: record.notOurs ?? undefined,
    aliases: [...record.aliases].sort(byText),
    declaredAliases: someOf([...record.declaredAliases].sort(byText)),
    name: uncommonName(record),
    family: record.family === null ? undefined : familyOf(record.family),
    unknown: byName(record.unknown),
    createdAt: record.createdAt,
    created: record.created && { ...recorded(record.created), ...witness(record.created) },
    replicated: record.replicated && recorded(record.replicated),
    deletion: record.deletion && {
      ...recorded(record.deletion),
      pendingWindowInDays: record.deletion.pendingWindowInDays,
    },
    configuration: record.configuration
      .map((fact) => ({
        address: fact.address,
        resourceType: fact.resourceType,
        root: fact.root,
        path: fact.path,
        line: fact.line,
        ...witness(fact),
      }))
      .sort(
        inTurn(
          by(({ root }) => root),
          by(({ path }) => path),
          (a, b) => a.line - b.line,
        ),
      ),
    state: record.state
      .map((fact) => ({
        address: fact.address,
        resourceType: fact.resourceType,
        status: fact.status,
        source: fact.source,
        lineage: fact.lineage,
        serial: fact.serial,
        ...witness(fact),
      }))
      .sort(
        inTurn(
          by(({ source }) => source),
          by(({ address }) => address),
          by((fact) => JSON.stringify(fact)),
        ),
      ),
    live: liveWitness(record),
    planned: someOf(record.planned.map(plannedChange)),
    differences: differenceRows(record),
    owners: someOf(record.owners.map(({ name, by: how, strength, status }) => ({ name, by: how, strength, status }))),
    aliasDrifts: someOf(
      record.aliasDrifts.map(({ name, address, source, target }) => ({ name, address, source, target })),
    ),
    missingKeyStores: someOf([...record.missingKeyStores]),
    lastUsage: record.lastUsage === null ? undefined : usageOf(record.lastUsage),
  };
}

/** Readers take the first alias for the name: what is to be said is only that it is another. */
function uncommonName(record: KeyRecord): string | undefined {
  const first = record.declaredAliases.toSorted(byText)[0] ?? record.aliases.toSorted(byText)[0] ?? null;
  return record.calledBy === first ? undefined : nameOf(record);
}

/** Few keys have any of these: an empty list is left out. */
const someOf = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);

const usageOf = ({ usedAt, operation, eventId, trackingStart }: LastUsageFact) => ({
  usedAt,
  operation,
  eventId,
  trackingStart,
});

const plannedChange = (change: PlannedChange): NonNullable<ReportKey['planned']>[number] => ({
  action: change.action,
  by: change.by,
  address: change.address,
  ...(change.plan === null ? {} : { plan: change.plan }),
  because: [...change.because],
  ...(change.reason === null ? {} : { reason: change.reason }),
  createsFirst: change.createsFirst,
  deletionWindowInDays: change.deletionWindowInDays,
  ...(change.location === null ? {} : { path: change.location.path, line: change.location.line }),
});

const familyOf = ({ primary, replicas }: NonNullable<KeyRecord['family']>) => ({
  primary,
  replicas: [...replicas].sort(byText),
});

function liveWitness({ live, keyStore }: KeyRecord): ReportKey['live'] {
  return (
    live && {
      keyManager: live.keyManager,
      keyState: live.keyState,
      deletionDate: live.deletionDate,
      validTo: live.validTo,
      expirationModel: live.expirationModel,
      keyStoreConnection: keyStore?.connectionState ?? null,
      readAt: live.readAt,
      ...witness(live),
    }
  );
}

const recorded = (fact: { eventId: string; eventTime: Instant; actor: Actor }) => ({
  eventId: fact.eventId,
  eventTime: fact.eventTime,
  principal: fact.actor.principal,
  via: fact.actor.via,
  userAgent: fact.actor.userAgent,
  invokedBy: fact.actor.invokedBy,
});

function witness({
  attributes,
  unknown,
}: Attested): Present<Attested['attributes']> & { unknown: Present<Attested['unknown']> } {
  const { tags } = attributes;
  const said = tags === undefined ? attributes : { ...attributes, tags: byName(tags) };
  return { ...inOrder(ATTRIBUTE_NAMES, said), unknown: inOrder(ATTRIBUTE_NAMES, unknown) };
}

const byName = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .sort(by(([name]) => name)),
  );

/** The standing's reason, and why a live key has no creation record. */
function reasonOf({ reason, live, created, unknown }: KeyRecord): string | undefined {
  if (live === null || created !== null) return reason;
  const why = unknown.created === undefined ? 'no creation record' : `no creation record: ${unknown.created}`;
  return reason === undefined ? why : `${reason}; ${why}`;
}
