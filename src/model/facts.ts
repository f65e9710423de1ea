import { z } from 'zod';
import { attestedShape } from './attributes.ts';
import { keyArnSchema, realmSchema } from './key-arn.ts';
import { reachSchema } from './reach.ts';
import { instantSchema } from './time.ts';

/** Who made a call. The specific is tested before the general; a userAgent can be forged, `invokedBy` cannot. */
export const VIAS = [
  'terraform',
  'opentofu',
  'pulumi',
  'crossplane',
  'cloudformation',
  'console',
  'cli',
  'sdk',
  'aws-service',
  'unknown',
] as const;
export type Via = (typeof VIAS)[number];

const actorSchema = z.strictObject({
  /** ARN of the caller (a role session's own ARN); null in service events, which name none. */
  principal: z.string().nullable(),
  /** ARN of the role behind a session, where the record names it. */
  role: z.string().nullable(),
  via: z.enum(VIAS),
  userAgent: z.string().nullable(),
  invokedBy: z.string().nullable(),
});
export type Actor = z.infer<typeof actorSchema>;

const recordShape = { eventId: z.string(), eventTime: instantSchema, actor: actorSchema, readAt: instantSchema };
const blockShape = { root: z.string(), path: z.string(), line: z.number().int().positive() };

/** A creation record: CloudTrail says this key was made, like so. */
const creationFactSchema = z.strictObject({
  kind: z.literal('created'),
  arn: keyArnSchema,
  ...recordShape,
  /** eventID of the addendum whose correction this fact carries. */
  correctedBy: z.string().optional(),
  ...attestedShape,
});

/** A ReplicateKey record, read in the primary's Region: who asked for this replica. */
const replicationFactSchema = z.strictObject({
  kind: z.literal('replicated'),
  arn: keyArnSchema,
  primaryArn: keyArnSchema,
  ...recordShape,
});

/** A deletion record: ScheduleKeyDeletion without an errorCode. */
const deletionFactSchema = z.strictObject({
  kind: z.literal('deletion'),
  arn: keyArnSchema,
  /** The waiting period asked for, in days; null when the record does not say. */
  pendingWindowInDays: z.number().int().nullable(),
  ...recordShape,
});

const stateOriginShape = {
  /** The locator of the state, as coverage names it. */
  source: z.string(),
  lineage: z.string(),
  serial: z.number().int(),
  /** Read from an `errored.tfstate`: evidence, never management. */
  errored: z.boolean(),
  readAt: instantSchema,
};

/** One instance of a key resource in a Terraform state. */
export const stateFactSchema = z.strictObject({
  kind: z.literal('state'),
  address: z.string(),
  resourceType: z.string(),
  mode: z.enum(['managed', 'data']),
  status: z.enum(['current', 'tainted', 'deposed']),
  /** null when the instance names no ARN (a create that failed half-way): then `keyId` is all there is. */
  arn: keyArnSchema.nullable(),
  keyId: z.string().nullable(),
  /** The resource's own `region` attribute (AWS provider 6); null before that. */
  region: z.string().nullable(),
  /** When imported material expires by this state; null when it does not, or the type has none. */
  validTo: instantSchema.nullable(),
  /** What a destroy asks for; null when it is not set, and then KMS takes 30 (AWS KMS API reference, ScheduleKeyDeletion). */
  deletionWindowInDays: z.number().int().nullable().default(null),
  ...stateOriginShape,
  ...attestedShape,
});

/** One `aws_kms_alias` instance in a Terraform state. */
export const stateAliasFactSchema = z.strictObject({
  kind: z.literal('state-alias'),
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  name: z.string(),
  aliasArn: z.string().nullable(),
  targetKeyArn: keyArnSchema.nullable(),
  targetKeyId: z.string().nullable(),
  ...stateOriginShape,
});

/** One `aws_kms_key_policy` instance in a Terraform state: what it sets takes the place of the key resource's own policy. */
export const statePolicyFactSchema = z.strictObject({
  kind: z.literal('state-policy'),
  address: z.string(),
  keyArn: keyArnSchema.nullable(),
  keyId: z.string().nullable(),
  /** As JSON text; null when the state marks it sensitive or has none, and `unknownPolicy` says which. */
  policy: z.string().nullable(),
  unknownPolicy: z.string().optional(),
  ...stateOriginShape,
});

/** One `aws_kms_custom_key_store` instance in a Terraform state. */
export const stateKeyStoreFactSchema = z.strictObject({
  kind: z.literal('state-key-store'),
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  id: z.string(),
  name: z.string().nullable(),
  /** The resource's own `region` attribute (AWS provider 6); null before that: the provider's Region is not in a state. */
  region: z.string().nullable(),
  ...stateOriginShape,
});

/**
 * One key that a configuration declares: one fact for each instance where count and for_each are known, with the index
 * in the address. Where they are not, one fact stands for whatever they come to, with `[*]` for the index that is not known.
 */
export const configurationFactSchema = z.strictObject({
  kind: z.literal('configuration'),
  /** From the root module: `module.a["x"].aws_kms_key.b[0]`, or `module.a[*].aws_kms_key.b[*]`. */
  address: z.string(),
  resourceType: z.string(),
  ...blockShape,
  /** `one`: this instance. `none`: the block declares none (count 0, no for_each element). `unknown`: the address has `[*]`. */
  instances: z.enum(['one', 'none', 'unknown']),
  /** The Region that the block or its provider names; null when neither does, or it is not known. */
  region: z.string().nullable().default(null),
  deletionWindowInDays: z.number().int().nullable().default(null),
  ...attestedShape,
  readAt: instantSchema,
});

/** An `import` block, or one element of its for_each: `to` will manage the key that `id` names. */
const importFactSchema = z.strictObject({
  kind: z.literal('import'),
  /** From the root module, as configuration facts have it; `[*]` for an index that is not known. */
  to: z.string(),
  /** Key id or ARN; null when it is an expression, whose text is then in `unknownId`. */
  id: z.string().nullable(),
  unknownId: z.string().optional(),
  ...blockShape,
});

/** A `moved` block; addresses from the root module, `[*]` for every instance of a module that declares it. */
const movedFactSchema = z.strictObject({
  kind: z.literal('moved'),
  from: z.string(),
  to: z.string(),
  ...blockShape,
});

/**
 * A `removed` block; `destroy` false leaves the key alive, out of the state. null: an expression, or not said: Terraform
 * destroys then, OpenTofu does not.
 */
const removedFactSchema = z.strictObject({
  kind: z.literal('removed'),
  from: z.string(),
  destroy: z.boolean().nullable(),
  ...blockShape,
});

/** A provider, backend or cloud block: where a finding without a block of its own is shown. */
const anchorFactSchema = z.strictObject({
  kind: z.literal('anchor'),
  block: z.enum(['provider', 'backend', 'cloud']),
  /** Region of an aws provider; null when it has none or it is not known. */
  region: z.string().nullable(),
  /** Accounts that an aws provider is bound to, by allowed_account_ids or the role it assumes; empty when it is not. */
  accounts: z.array(z.string()),
  ...blockShape,
});

/**
 * A root module: what it declares, the states that hold it, and the accounts and Regions that it can reach. Nothing of
 * another root's is joined to it.
 */
const rootFactSchema = z.strictObject({
  kind: z.literal('root'),
  /** As the facts of its configuration name it. */
  root: z.string(),
  /** Locators of its states, as coverage names them; null when it is not known which they are. */
  states: z.array(z.string()).nullable(),
  reach: reachSchema,
});

/** What a plan says of one resource instance that is a key (Terraform, "JSON Output Format": resource_changes). */
export const plannedFactSchema = z.strictObject({
  kind: z.literal('planned'),
  /** Locator of the plan, as coverage names it. */
  plan: z.string(),
  /** The root that the plan is of; null when that is not known. */
  root: z.string().nullable(),
  address: z.string(),
  previousAddress: z.string().nullable(),
  resourceType: z.string(),
  /** A former key of this address that waits to be destroyed. */
  deposed: z.boolean(),
  /** The key that exists before the apply; null of one that the apply makes. */
  arn: keyArnSchema.nullable(),
  keyId: z.string().nullable(),
  action: z.enum(['none', 'read', 'create', 'update', 'replace', 'destroy', 'forget', 'replace-and-forget', 'import']),
  /** The new key is made before the old one is destroyed. */
  createsFirst: z.boolean(),
  /** Terraform's `action_reason`, as it spells it. */
  reason: z.string().nullable(),
  /** Of a replacement: our names of the attributes that force it, Terraform's where we have none. */
  because: z.array(z.string()),
  deletionWindowInDays: z.number().int().nullable(),
  /** Values after the apply; what is known only then is Unknown. Of a destroy: what is there before. */
  ...attestedShape,
  readAt: instantSchema,
});

/** What a plan found changed outside Terraform (`resource_drift`): a key that it no longer finds is pending deletion. */
export const planDriftFactSchema = z.strictObject({
  kind: z.literal('plan-drift'),
  plan: z.string(),
  root: z.string().nullable(),
  address: z.string(),
  resourceType: z.string(),
  arn: keyArnSchema.nullable(),
  keyId: z.string().nullable(),
  /** `deleted`: the refresh dropped it, so that the next apply makes another key. */
  change: z.enum(['deleted', 'changed']),
  deletionWindowInDays: z.number().int().nullable(),
  readAt: instantSchema,
});

/** Another tool, or somebody whom the settings name, says that it has this key. */
export const ownerFactSchema = z.strictObject({
  kind: z.literal('owner'),
  arn: keyArnSchema,
  tool: z.enum(['cloudformation', 'pulumi']),
  /** The stack's name, or ARN where that tells more. */
  name: z.string(),
  /** Of a CloudFormation stack its ARN, of a Pulumi stack the file that was read. */
  source: z.string(),
  /** The resource's name in it. */
  resource: z.string().nullable(),
  /** `left`: the stack is deleted, or let go of the key, which is still there. */
  status: z.enum(['active', 'left']),
  readAt: instantSchema,
});

/** When KMS last used a key (AWS KMS API reference, GetKeyLastUsage). */
export const lastUsageFactSchema = z.strictObject({
  kind: z.literal('last-usage'),
  arn: keyArnSchema,
  /** null: not since tracking began. */
  usedAt: instantSchema.nullable(),
  operation: z.string().nullable(),
  eventId: z.string().nullable(),
  /** KMS knows nothing from before this. */
  trackingStart: instantSchema,
  readAt: instantSchema,
});

/** A key that KMS lists or describes. What was not looked up or denied is Unknown, never absent. */
export const liveFactSchema = z.strictObject({
  kind: z.literal('live'),
  arn: keyArnSchema,
  /** null when DescribeKey was denied. New managers may appear. */
  keyManager: z.string().nullable(),
  /** null when DescribeKey was denied; then `unknown.enabled` and the rest say why. */
  keyState: z.string().nullable(),
  createdAt: instantSchema.nullable(),
  deletionDate: instantSchema.nullable(),
  /** Waiting days of a primary that waits for its replicas (PendingReplicaDeletion). */
  pendingWindowInDays: z.number().int().nullable(),
  validTo: instantSchema.nullable(),
  expirationModel: z.string().nullable(),
  /** Alias names, sorted; null when ListAliases was denied. */
  aliases: z.array(z.string()).nullable(),
  /** All members of a multi-Region family, also in Regions that were not scanned; null for single-Region keys. */
  family: z.strictObject({ primary: keyArnSchema, replicas: z.array(keyArnSchema) }).nullable(),
  readAt: instantSchema,
  ...attestedShape,
});

/** KMS, asked for this very ARN in its own Region, said NotFound. */
const absentFactSchema = z.strictObject({ kind: z.literal('absent'), arn: keyArnSchema, readAt: instantSchema });

/** A custom key store; its keys work only while it is connected. */
const keyStoreFactSchema = z.strictObject({
  kind: z.literal('key-store'),
  realm: realmSchema,
  id: z.string(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  connectionState: z.string().nullable(),
  readAt: instantSchema,
});

/** Told apart by `kind`. */
export const factSchema = z.discriminatedUnion('kind', [
  creationFactSchema,
  replicationFactSchema,
  deletionFactSchema,
  stateFactSchema,
  stateAliasFactSchema,
  statePolicyFactSchema,
  stateKeyStoreFactSchema,
  configurationFactSchema,
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
export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;
export type CreationFact = FactOf<'created'>;
export type ReplicationFact = FactOf<'replicated'>;
export type DeletionFact = FactOf<'deletion'>;
export type StateFact = FactOf<'state'>;
export type StateAliasFact = FactOf<'state-alias'>;
export type StatePolicyFact = FactOf<'state-policy'>;
export type StateKeyStoreFact = FactOf<'state-key-store'>;
export type ConfigurationFact = FactOf<'configuration'>;
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

/** A key that waits to be deleted, or for its replicas to go first (AWS KMS developer guide, "Key states"). */
export const isPendingDeletion = (keyState: LiveFact['keyState'] | undefined): boolean =>
  keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';

/** KMS made the call itself, on behalf of somebody whom this record does not name. */
export const isByKms = (actor: Pick<Actor, 'invokedBy'> | undefined): boolean => actor?.invokedBy === KMS_SERVICE;

/** KMS as CloudTrail names it. */
export const KMS_SERVICE = 'kms.amazonaws.com';
