import { STANDINGS } from '../model/key-record.ts';
import { differenceView } from './difference-view.ts';
import {
  ageDays,
  createdAt,
  isRecreated,
  isRecreationOpen,
  isUnrecorded,
  materialExpired,
  nameOf,
  primaryRegion,
  resourceTypeOf,
  timeToDeletionOf,
} from './key-derived.ts';
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
} from './witness-views.ts';

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
  isRegionOpen: {
    shape: bool,
    needs: ['plan'],
    says: 'that is so, and it is not known in which Region the plan looked for it: it may be alive; never Unknown',
    read: ({ record }) => isRecreated(record) && record.planned.some(isRecreationOpen),
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
