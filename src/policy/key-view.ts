import { isPendingDeletion } from '../model/facts/live.ts';
import { parseKeyArn } from '../model/key-arn.ts';
import { type KeyRecord, STANDINGS } from '../model/key-record.ts';
import { daysBetween, type Instant } from '../model/time.ts';
import { differenceView } from './difference-view.ts';
import { facet, facets, type KeySource } from './key-facets.ts';
import { ownerFields } from './owner-fields.ts';
import { plannedView } from './planned-view.ts';
import { raiseUnknown } from './unknown.ts';
import { bool, defineView, int, listOf, oneOf, text, viewOf } from './view.ts';
import {
  actorView,
  configurationView,
  createdView,
  deletionView,
  keyStoreView,
  liveView,
  replicatedView,
  stateView,
  timeToDeletion,
  UNKNOWN_TIME,
} from './witness-views.ts';

/**
 * What a person calls the key: an alias, else an address, else its id. One that a state or the code binds to it comes first:
 * anybody may have pointed others at it.
 */
const nameOf = ({ aliases, declaredAliases, state, configuration, planned, arn, id }: KeyRecord): string =>
  declaredAliases[0] ??
  aliases[0] ??
  state[0]?.address ??
  configuration[0]?.address ??
  planned[0]?.address ??
  arn?.keyId ??
  id;

function createdAt({ createdAt: at, arn }: KeyRecord): Instant | undefined {
  if (at !== null) return at;
  return arn === null ? undefined : raiseUnknown('nobody said when the key was made');
}

function ageDays({ record, asOf }: KeySource): bigint | undefined {
  const at = createdAt(record);
  return at === undefined ? undefined : BigInt(daysBetween(at, asOf));
}

/** Whether DescribeKey keeps ValidTo once the material is gone is not documented; a state keeps what it last saw. */
function materialExpired({ record, asOf }: KeySource): Instant | undefined {
  const deadlines = [record.live?.validTo, ...record.state.map(({ validTo }) => validTo)];
  return deadlines.find((deadline) => deadline != null && deadline <= asOf) ?? undefined;
}

/** Imported material and replicas have resource types of their own; what is not known is taken for the common case. */
function resourceTypeOf({ live }: KeyRecord): string {
  const external = live?.attributes.origin === 'EXTERNAL';
  if (live?.attributes.multiRegionRole === 'REPLICA') {
    return external ? 'aws_kms_replica_external_key' : 'aws_kms_replica_key';
  }
  return external ? 'aws_kms_external_key' : 'aws_kms_key';
}

/** Of a key that no state holds: a crashed apply or a lost state left it, and not another estate that was not read. */
const isUnrecorded = ({ errored, creator, standing, isByDeployer }: KeyRecord): boolean =>
  errored.length > 0 ||
  ((creator?.via === 'terraform' || creator?.via === 'opentofu') && (standing === 'unmanaged' || isByDeployer));

/** A plan may be older than the cancelling of a deletion, or than its end: then KMS knows better. */
const isRecreated = ({ planned, live, absent }: KeyRecord): boolean =>
  planned.some(({ action }) => action === 'recreate') &&
  absent === null &&
  (live?.keyState == null || isPendingDeletion(live.keyState));

const timeToDeletionOf = ({ record, asOf }: KeySource): string =>
  record.live?.keyState == null ? UNKNOWN_TIME : timeToDeletion({ live: record.live, asOf });

/** The Region of the primary of a family, where the state and KMS disagree on it: as this witness has it. */
function primaryRegion({ differences }: KeyRecord, witness: 'state' | 'live'): string | undefined {
  const moved = differences.find(({ attribute, pair }) => attribute === 'primaryKeyArn' && pair === 'state/live');
  const primary = moved?.values[witness];
  return typeof primary === 'string' ? parseKeyArn(primary)?.region : undefined;
}

/** What decides how a key stands. */
const STANDS_BY = ['live', 'state', 'created', 'owners', 'configuration', 'plan'] as const;

/** A key as rules see it. */
export const keyView = defineView<KeySource>('Key', {
  id: { shape: text, says: 'ARN, or `root#address` when not created', read: ({ record }) => record.id },
  arn: { shape: text, says: 'left out when not created', read: ({ record }) => record.arn?.arn },
  account: { shape: text, says: 'left out when not created', read: ({ record }) => record.arn?.account },
  region: { shape: text, says: 'left out when not created', read: ({ record }) => record.arn?.region },
  keyId: { shape: text, says: 'left out when not created', read: ({ record }) => record.arn?.keyId },
  name: {
    shape: text,
    uses: ['live.aliases', 'state', 'configuration', 'plan'],
    says: 'alias, else address, else key id; for messages',
    read: ({ record }) => nameOf(record),
  },
  standing: { shape: oneOf(STANDINGS), uses: STANDS_BY, says: 'its standing', read: ({ record }) => record.standing },
  standingReason: {
    shape: text,
    uses: STANDS_BY,
    says: 'why, where it needs saying',
    read: ({ record }) => record.reason,
  },
  aliases: {
    shape: listOf(text),
    needs: ['live.aliases'],
    says: 'names from KMS, from states and from configuration',
    read: ({ record }) =>
      record.live !== null && record.live.aliases === null
        ? raiseUnknown('aliases could not be listed')
        : record.aliases,
  },
  createdAt: { shape: text, needs: ['live'], says: 'when it was made', read: ({ record }) => createdAt(record) },
  ageDays: { shape: int, needs: ['live'], says: 'whole days since then', read: ageDays },
  creator: {
    shape: viewOf(actorView),
    needs: ['created'],
    says: 'who asked for the key; always there, `via` is `unknown` when nobody knows',
    read: ({ record }) => actorView.of({ actor: record.creator }),
  },
  created: {
    shape: viewOf(createdView),
    needs: ['created'],
    says: 'its creation record',
    read: ({ record }) => facet(record, 'created', record.created, createdView.of),
  },
  replicated: {
    shape: viewOf(replicatedView),
    needs: ['created'],
    says: 'the ReplicateKey record behind a replica',
    read: ({ record }) => facet(record, 'replicated', record.replicated, replicatedView.of),
  },
  deleter: {
    shape: viewOf(actorView),
    needs: ['deletion'],
    says: 'who scheduled its deletion; always there, `via` is `unknown` when nobody knows',
    read: ({ record }) => actorView.of({ actor: record.deletion?.actor ?? null }),
  },
  deletion: {
    shape: viewOf(deletionView),
    needs: ['deletion'],
    says: 'the latest deletion record of a key pending deletion',
    read: ({ record }) => facet(record, 'deletion', record.deletion, deletionView.of),
  },
  configuration: {
    shape: listOf(viewOf(configurationView)),
    needs: ['configuration'],
    says: 'blocks that declare it',
    read: ({ record }) => facets(record, 'configuration', record.configuration, configurationView.of),
  },
  state: {
    shape: listOf(viewOf(stateView)),
    needs: ['state'],
    says: 'managed instances in states',
    read: ({ record }) => facets(record, 'state', record.state, stateView.of),
  },
  errored: {
    shape: listOf(viewOf(stateView)),
    needs: ['state'],
    says: 'instances in `errored.tfstate` files',
    read: ({ record }) => record.errored.map(stateView.of),
  },
  claims: {
    shape: listOf(viewOf(stateView)),
    needs: ['state'],
    says: 'the instances that claim it, when there are two or more',
    read: ({ record }) => record.claims.map(stateView.of),
  },
  split: {
    shape: listOf(text),
    needs: ['state'],
    says: 'states of one lineage and serial but with different content that hold it',
    read: ({ record }) => record.split,
  },
  live: {
    shape: viewOf(liveView),
    needs: ['live'],
    says: 'what KMS says',
    read: ({ record, asOf }) => facet(record, 'live', record.live, (live) => liveView.of({ live, asOf })),
  },
  materialExpired: {
    shape: text,
    needs: ['live', 'state'],
    says: 'when imported material expired, where KMS or a state says that it has',
    read: materialExpired,
  },
  resourceType: {
    shape: text,
    needs: ['live'],
    says: 'the resource type to import it as',
    read: ({ record }) => resourceTypeOf(record),
  },
  keyStore: {
    shape: viewOf(keyStoreView),
    needs: ['live.keyStore'],
    says: 'its custom key store',
    read: ({ record }) => facet(record, 'keyStore', record.keyStore, keyStoreView.of),
  },
  primaryRegion: {
    shape: text,
    needs: ['state', 'live'],
    says: 'Region where KMS has the primary, when the state has it elsewhere',
    read: ({ record }) => primaryRegion(record, 'live'),
  },
  primaryRegionInState: {
    shape: text,
    needs: ['state', 'live'],
    says: 'Region where the state has the primary, when KMS has it elsewhere',
    read: ({ record }) => primaryRegion(record, 'state'),
  },
  primaryStanding: {
    shape: oneOf(STANDINGS),
    uses: STANDS_BY,
    says: "standing of a replica's primary, where that was scanned",
    read: ({ record }) => record.primaryStanding ?? undefined,
  },
  isManagedReplica: {
    shape: bool,
    uses: STANDS_BY,
    says: 'it replicates a key that is managed; false where its primary was not scanned',
    read: ({ record }) => record.primaryStanding === 'managed',
  },
  isUnrecorded: {
    shape: bool,
    needs: ['created', 'state'],
    says: 'an `errored.tfstate` has it, or Terraform or OpenTofu made it and the estate is complete or the maker a deployer',
    read: ({ record }) => isUnrecorded(record),
  },
  ...ownerFields,
  planned: {
    shape: listOf(viewOf(plannedView)),
    needs: ['plan', 'configuration', 'state'],
    says: 'what the next apply does to it, by plans and by what configuration and state come to',
    read: ({ record }) => facets(record, 'planned', record.planned, (change) => plannedView.of({ change, record })),
  },
  recreated: {
    shape: bool,
    needs: ['plan'],
    says: 'a plan no longer finds it and makes another key, and KMS has it pending deletion or was not asked; never Unknown',
    read: ({ record }) => isRecreated(record),
  },
  timeToDeletion: {
    shape: text,
    needs: ['live'],
    says: 'time until KMS deletes it, for messages; `an unknown number of days`',
    read: timeToDeletionOf,
  },
  differences: {
    shape: listOf(viewOf(differenceView)),
    says: 'all differences',
    read: ({ record }) => record.differences.map(differenceView.of),
  },
});
