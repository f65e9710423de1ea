import type { AttributeName, KeyAttributes } from './attributes.ts';
import type {
  AbsentFact,
  Actor,
  AnchorFact,
  ConfigurationFact,
  CreationFact,
  DeletionFact,
  ImportFact,
  KeyStoreFact,
  LiveFact,
  ReplicationFact,
  StateFact,
} from './facts.ts';
import type { KeyArn, KeyArnParts } from './key-arn.ts';
import type { Instant } from './time.ts';

/** In the order in which they are tested: the first that holds is the key's. */
export const STANDINGS = [
  'out-of-scope',
  'aws-managed',
  'managed',
  'retiring',
  'import-planned',
  'managed-elsewhere',
  'settling',
  'unmanaged',
  'unclaimed',
  'missing',
  'gone',
  'not-created',
  'undetermined',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** In the order of a key's life. */
export const WITNESSES = ['created', 'configuration', 'state', 'live'] as const;
export type Witness = (typeof WITNESSES)[number];

/** The pairs of witnesses that are compared. */
export const WITNESS_PAIRS = ['created/live', 'state/live', 'configuration/live', 'configuration/state'] as const;
export type WitnessPair = (typeof WITNESS_PAIRS)[number];

/** Two witnesses that both know an attribute and disagree. */
export interface Difference {
  readonly attribute: AttributeName;
  readonly pair: WitnessPair;
  /** What each witness of the pair says. */
  readonly values: Partial<Record<Witness, KeyAttributes[AttributeName]>>;
  /** The state instance or configuration block that differs; absent for created/live. */
  readonly address?: string;
  /** The next apply would replace the key because of this attribute. */
  readonly replaces: boolean;
}

/** One key, all witnesses joined. What a witness would say but could not be asked stands in `unknown`. */
export interface KeyRecord {
  /** The ARN, or `root#address` for a key that is not created. */
  readonly id: string;
  readonly arn: KeyArnParts | null;
  readonly standing: Standing;
  /** Why: always there for undetermined and out-of-scope, and wherever the standing alone does not say enough. */
  readonly reason?: string;
  readonly created: CreationFact | null;
  readonly replicated: ReplicationFact | null;
  /** The latest deletion record of a key that is pending deletion. */
  readonly deletion: DeletionFact | null;
  readonly configuration: readonly ConfigurationFact[];
  readonly imports: readonly ImportFact[];
  /** Managed-mode instances of authoritative states: superseded copies, errored and doubted states are not here. */
  readonly state: readonly StateFact[];
  /** Instances in `errored.tfstate` files: a crashed apply knew this key. */
  readonly errored: readonly StateFact[];
  readonly live: LiveFact | null;
  readonly absent: AbsentFact | null;
  readonly keyStore: KeyStoreFact | null;
  /** Who asked for the key: of a replica the ReplicateKey caller, where that is known. */
  readonly creator: Actor | null;
  /** When the key was made, by KMS or else by its creation record. */
  readonly createdAt: Instant | null;
  /** Names from KMS and from states, sorted. */
  readonly aliases: readonly string[];
  readonly family: { readonly primary: KeyArn; readonly replicas: readonly KeyArn[] } | null;
  readonly differences: readonly Difference[];
  /** Facets whose absence is not proved, each with the reason. A facet that is present is never here. */
  readonly unknown: Partial<Record<Witness | 'deletion' | 'replicated' | 'keyStore', string>>;
  /** The instances that claim this key, one for each lineage and address; empty unless there are two or more. */
  readonly claims: readonly StateFact[];
  /** States of one lineage and serial with different content hold this key. */
  readonly split: readonly string[];
  /** Standing of the multi-Region primary, for a replica whose primary was scanned. */
  readonly primaryStanding: Standing | null;
  /** Where a finding on this key is shown when no block declares it. */
  readonly anchor: AnchorFact | null;
}
