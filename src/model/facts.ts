import { z } from 'zod';
import { attestedShape } from './attributes.ts';
import { keyArnSchema, realmSchema } from './key-arn.ts';
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

/** One key resource block of a configuration; without an index, which count and for_each add. */
export const configurationFactSchema = z.strictObject({
  kind: z.literal('configuration'),
  address: z.string(),
  resourceType: z.string(),
  ...blockShape,
  /** `one`: neither count nor for_each. `none`: count is literally 0. `many`: literal count above 0. `unknown`: an expression. */
  instances: z.enum(['one', 'many', 'none', 'unknown']),
  ...attestedShape,
  readAt: instantSchema,
});

/** An `import` block: `to` will manage the key that `id` names. */
const importFactSchema = z.strictObject({
  kind: z.literal('import'),
  to: z.string(),
  /** Key id or ARN; null when it is an expression, whose text is then in `unknownId`. */
  id: z.string().nullable(),
  unknownId: z.string().optional(),
  ...blockShape,
});

/** A `moved` block. */
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
  /** Literal region of an aws provider; null when it has none or an expression. */
  region: z.string().nullable(),
  /** Literal allowed_account_ids of an aws provider. */
  accounts: z.array(z.string()),
  ...blockShape,
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
  configurationFactSchema,
  importFactSchema,
  movedFactSchema,
  removedFactSchema,
  anchorFactSchema,
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
export type ConfigurationFact = FactOf<'configuration'>;
export type ImportFact = FactOf<'import'>;
export type MovedFact = FactOf<'moved'>;
export type RemovedFact = FactOf<'removed'>;
export type AnchorFact = FactOf<'anchor'>;
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
