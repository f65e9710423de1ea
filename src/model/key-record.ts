import type { AttributeName, KeyAttributes } from './attributes.ts';
import type { Actor } from './facts/cloudtrail.ts';
import type {
  AbsentFact,
  AnchorFact,
  ConfigurationFact,
  CreationFact,
  DeletionFact,
  ImportFact,
  KeyStoreFact,
  LastUsageFact,
  LiveFact,
  ReplicationFact,
  StateFact,
  StateKeyStoreFact,
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

/** Of keys that are not ours to judge: no rule looks at them. */
export const NEVER_JUDGED: ReadonlySet<Standing> = new Set(['out-of-scope', 'aws-managed']);

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
  /** The state instance or configuration block that differs, of a policy what declares it; absent for created/live. */
  readonly address?: string;
  /** The root of the block that differs, for several may have a block of that address. */
  readonly root?: string;
  /** The next apply would replace the key because of this attribute. */
  readonly replaces: boolean;
}

/** What the next apply may do to a key; PlannedChange says what the less plain ones mean. */
export const PLANNED_ACTIONS = [
  'create',
  'update',
  'replace',
  'destroy',
  'forget',
  'replace-and-forget',
  'recreate',
  'import',
] as const;
/** Who says so: a plan, or what configuration and state come to. */
export const PLANNED_BY = ['plan', 'configuration'] as const;

/** What the next apply does to a key, by a plan, or by what configuration and state come to where that is certain. */
export interface PlannedChange {
  /**
   * `recreate`: a refresh no longer finds the key, which is pending deletion, and the apply makes another. With a reason: it may
   * be in another Region than its provider.
   * `forget`: the key leaves the state and stays alive. `replace-and-forget`: another is made beside it.
   */
  readonly action: (typeof PLANNED_ACTIONS)[number];
  readonly by: (typeof PLANNED_BY)[number];
  /** The instance, or the block for a key that is to be made. */
  readonly address: string;
  /** Locator of the plan; null for what configuration and state come to. */
  readonly plan: string | null;
  /** Plans that the repository carries and that say otherwise; left out where there is none. */
  readonly despite?: readonly string[];
  /** Of a replacement: the attributes that force it, Terraform's argument names where we have none. */
  readonly because: readonly string[];
  /** Why, in words for people; null where `because` or the action says it all. */
  readonly reason: string | null;
  readonly createsFirst: boolean;
  /** null when nothing sets it: KMS takes 30 then. */
  readonly deletionWindowInDays: number | null;
  /** The state whose instance it is, where several roots have the key in one of their own. */
  readonly source?: string;
  /** Of a destroy: what a `moved` block would say, where one place alone can be where the key went. */
  readonly successor?: { readonly from: string; readonly to: string } | undefined;
  /** Of an import: the instances that have the key elsewhere and keep it; left out where there is none. */
  readonly stillHeldBy?: readonly StateFact[];
  /** Where the configuration says so; `installed`: in a module that `terraform init` put there. */
  readonly location: { readonly path: string; readonly line: number; readonly installed?: true } | null;
}

/** An alias that a state binds to this key, and that KMS does not have there. */
export interface AliasDrift {
  readonly name: string;
  /** The alias resource, and the state that holds it. */
  readonly address: string;
  readonly source: string;
  /** The key that KMS has it on; null when KMS has no such alias. */
  readonly target: KeyArn | null;
}

/** Who says that somebody else has a key: another tool, or the kind of settings entry that matched. */
export const OWNERS_BY = ['cloudformation', 'pulumi', 'creator', 'stack', 'tag', 'alias'] as const;
/** Strong claims change how a key stands; weak ones, by tags and aliases that anybody may write, are only told. */
export const OWNER_STRENGTHS = ['strong', 'weak'] as const;
/** `left`: it had the key and let go of it. */
export const OWNER_STATUSES = ['active', 'left'] as const;

/** Who else has a key, by word of another tool or of the settings. */
export interface Owner {
  readonly name: string;
  readonly by: (typeof OWNERS_BY)[number];
  /** A weak claim is shown and counted and changes no standing. */
  readonly strength: (typeof OWNER_STRENGTHS)[number];
  /** `left`: the stack is deleted, or let go of the key. */
  readonly status: (typeof OWNER_STATUSES)[number];
}

/** How `ownership` leaves a key to others: by its account or Region, or by declared aliases, tags and who made it. */
export const NOT_OURS_BY = ['place', 'owner'] as const;

/** That a key is not this repository's, and why. */
export interface NotOurs {
  readonly by: (typeof NOT_OURS_BY)[number];
  readonly reason: string;
}

/** One key, all witnesses joined. What a witness would say but could not be asked stands in `unknown`. */
export interface KeyRecord {
  /** The ARN, or `root#address` for a key that is not created. */
  readonly id: string;
  readonly arn: KeyArnParts | null;
  readonly standing: Standing;
  /** Why: always there for undetermined and out-of-scope, and wherever the standing alone does not say enough. */
  readonly reason?: string;
  /** Set where `ownership` makes it out-of-scope; null where the scan does. */
  readonly notOurs: NotOurs['by'] | null;
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
  /** Names from KMS, from states, and from configuration where KMS does not have them on another key; sorted. */
  readonly aliases: readonly string[];
  /** Those that a state or a configuration binds to it, sorted: never only KMS's, which whoever made the key may have made. */
  readonly declaredAliases: readonly string[];
  /** Of both the one that people know it by; null where none is known to be its own. */
  readonly calledBy: string | null;
  readonly family: { readonly primary: KeyArn; readonly replicas: readonly KeyArn[] } | null;
  readonly differences: readonly Difference[];
  /** What the next apply does to it, by each plan or root that says so. */
  readonly planned: readonly PlannedChange[];
  readonly aliasDrifts: readonly AliasDrift[];
  /** The `aws_kms_custom_key_store` instances that hold the store which a witness puts this key in. */
  readonly stateKeyStores: readonly StateKeyStoreFact[];
  /** Custom key stores that a state or a configuration puts this key in, and that KMS does not have. */
  readonly missingKeyStores: readonly string[];
  readonly owners: readonly Owner[];
  /** One of the settings' deployers asked for the key. */
  readonly isByDeployer: boolean;
  readonly lastUsage: LastUsageFact | null;
  /** Facets whose absence is not proved, each with the reason. A facet that is present is never here. */
  readonly unknown: Partial<
    Record<
      | Witness
      | 'deletion'
      | 'replicated'
      | 'keyStore'
      | 'missingKeyStores'
      | 'planned'
      | 'aliasDrifts'
      | 'owners'
      | 'lastUsage'
      | 'policyDeclared'
      | 'declaredAliases',
      string
    >
  >;
  /** Whether configuration or state sets its policy; null where that is not known, and `unknown.policyDeclared` says why. */
  readonly policyDeclared: boolean | null;
  /** The instances that claim this key, one for each lineage and address; empty unless there are two or more. */
  readonly claims: readonly StateFact[];
  /** States of one lineage and serial with different content hold this key. */
  readonly split: readonly string[];
  /** Standing of the multi-Region primary, for a replica whose primary was scanned, whosever it is. */
  readonly primaryStanding: Standing | null;
  /** Of several roots the one whose configuration, state or plan names it; null where there is one alone, or it is not known. */
  readonly root: string | null;
  /** Where a finding on this key is shown when no block declares it that git can show. */
  readonly anchor: AnchorFact | null;
}
