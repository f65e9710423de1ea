import { z } from 'zod';
import { creationFactSchema, deletionFactSchema, replicationFactSchema } from './facts/cloudtrail.ts';
import {
  anchorFactSchema,
  configurationAliasFactSchema,
  configurationFactSchema,
  configurationKeyStoreFactSchema,
  importFactSchema,
  movedFactSchema,
  removedFactSchema,
  rootFactSchema,
} from './facts/configuration.ts';
import { absentFactSchema, keyStoreFactSchema, lastUsageFactSchema, liveFactSchema } from './facts/live.ts';
import { ownerFactSchema } from './facts/owners.ts';
import { planDriftFactSchema, plannedFactSchema } from './facts/plan.ts';
import {
  stateAliasFactSchema,
  stateFactSchema,
  stateKeyStoreFactSchema,
  stateModulesFactSchema,
  statePolicyFactSchema,
} from './facts/state.ts';

/** Told apart by `kind`. */
export const factSchema = z.discriminatedUnion('kind', [
  creationFactSchema,
  replicationFactSchema,
  deletionFactSchema,
  stateFactSchema,
  stateAliasFactSchema,
  statePolicyFactSchema,
  stateKeyStoreFactSchema,
  stateModulesFactSchema,
  configurationFactSchema,
  configurationAliasFactSchema,
  configurationKeyStoreFactSchema,
  importFactSchema,
  movedFactSchema,
  removedFactSchema,
  anchorFactSchema,
  rootFactSchema,
  plannedFactSchema,
  planDriftFactSchema,
  ownerFactSchema,
  lastUsageFactSchema,
  liveFactSchema,
  absentFactSchema,
  keyStoreFactSchema,
]);
/** What one witness says of one key, with its provenance. */
export type Fact = z.infer<typeof factSchema>;
/** The fact of one kind; its schema in `facts/` says what it means. */
export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;
export type CreationFact = FactOf<'created'>;
export type ReplicationFact = FactOf<'replicated'>;
export type DeletionFact = FactOf<'deletion'>;
export type StateFact = FactOf<'state'>;
export type StateAliasFact = FactOf<'state-alias'>;
export type StatePolicyFact = FactOf<'state-policy'>;
export type StateKeyStoreFact = FactOf<'state-key-store'>;
export type StateModulesFact = FactOf<'state-modules'>;
export type ConfigurationFact = FactOf<'configuration'>;
export type ConfigurationAliasFact = FactOf<'configuration-alias'>;
export type ConfigurationKeyStoreFact = FactOf<'configuration-key-store'>;
export type ImportFact = FactOf<'import'>;
export type MovedFact = FactOf<'moved'>;
export type RemovedFact = FactOf<'removed'>;
export type AnchorFact = FactOf<'anchor'>;
export type RootFact = FactOf<'root'>;
export type PlannedFact = FactOf<'planned'>;
export type PlanDriftFact = FactOf<'plan-drift'>;
export type OwnerFact = FactOf<'owner'>;
export type LastUsageFact = FactOf<'last-usage'>;
export type LiveFact = FactOf<'live'>;
export type AbsentFact = FactOf<'absent'>;
export type KeyStoreFact = FactOf<'key-store'>;
