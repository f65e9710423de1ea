import { z } from 'zod';
import { VIAS } from '../../../../src/model/facts/cloudtrail.ts';
import { faultSchema } from '../faults/schema.ts';
import { worldDurationSchema, worldTimeSchema } from './times.ts';

const accountId = z.string().regex(/^\d{12}$/, 'an account id is 12 digits');
const json = z.record(z.string(), z.unknown());
const days = z.number().int().min(7).max(30);

/** An account. Without `accessKeys` it takes every access key that no other account names. */
const accountSchema = z.strictObject({
  id: accountId,
  partition: z.string().default('aws'),
  /** Access key id to the ARN of whoever signs with it. */
  accessKeys: z.record(z.string(), z.string()).optional(),
  /** Role names that AssumeRole may take; every name when absent. */
  roles: z.array(z.string()).optional(),
});

const actorObject = z.strictObject({
  via: z.enum(VIAS),
  /** ARN of the caller; each `via` has one of its own. */
  principal: z.string().optional(),
  userAgent: z.string().optional(),
  sourceIp: z.string().optional(),
  /** The AWS service in between; `cloudformation` and `aws-service` have one of their own. */
  invokedBy: z.string().optional(),
  /** When the call was made; of a creation, the key's own `created`. */
  at: worldTimeSchema.optional(),
  eventId: z.string().optional(),
  /** When LookupEvents first shows the record. */
  delivered: worldTimeSchema.optional(),
  /** How often LookupEvents shows it. */
  copies: z.number().int().positive().optional(),
  /** Merged into the record (RFC 7396: null takes a field away). */
  patch: json.optional(),
});
/** Who did something, as a word (`"terraform"`) or in full. */
const actorSchema = z.union([z.enum(VIAS).transform((via): z.infer<typeof actorObject> => ({ via })), actorObject]);
export type WorldActor = z.infer<typeof actorSchema>;

const perKey = {
  region: z.string(),
  description: z.string().default(''),
  state: z
    .enum([
      'Enabled',
      'Disabled',
      'Creating',
      'Updating',
      'PendingImport',
      'PendingDeletion',
      'PendingReplicaDeletion',
      'Unavailable',
    ])
    .optional(),
  created: worldTimeSchema.optional(),
  /** Absent: the key has no creation record. */
  createdBy: actorSchema.optional(),
  /** Key policy; the default one when absent. */
  policy: z.union([z.string(), json]).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  aliases: z.array(z.string().regex(/^alias\//, 'an alias begins with alias/')).default([]),
  /** Scheduled deletion: the key is pending deletion, and a ScheduleKeyDeletion record says who did it. */
  deletion: z.strictObject({ windowDays: days.default(30), by: actorSchema.optional() }).optional(),
  /** The key is no more since then; its records remain. */
  deleted: worldTimeSchema.optional(),
  /** APIs that answer AccessDeniedException for this key; `*` for all. */
  deny: z.array(z.string()).default([]),
  /** The last cryptographic operation; absent: none since tracking began. */
  lastUsed: z
    .union([
      worldTimeSchema.transform((at) => ({ at, operation: 'Decrypt' })),
      z.strictObject({ at: worldTimeSchema, operation: z.string() }),
    ])
    .optional(),
  /** When imported material expires. */
  validTo: worldTimeSchema.optional(),
};

const replicaSchema = z.strictObject(perKey);

const keySchema = z.strictObject({
  /** A key id, or a number that stands for `00000000-0000-4000-8000-` and its 12 digits; made up when absent. */
  id: z.union([z.string(), z.number().int().nonnegative()]).optional(),
  /** The first account when absent. */
  account: accountId.optional(),
  ...perKey,
  spec: z.string().default('SYMMETRIC_DEFAULT'),
  usage: z.string().optional(),
  origin: z.string().optional(),
  manager: z.string().default('CUSTOMER'),
  /** Makes it a multi-Region primary key. */
  replicas: z.array(replicaSchema).optional(),
  multiRegion: z.boolean().default(false),
  /** Where the primary is now, after UpdatePrimaryRegion; its own Region when absent. */
  primaryRegion: z.string().optional(),
  rotation: z.union([z.boolean(), z.strictObject({ days: z.number().int().min(90).max(2560) })]).default(false),
  keyStore: z.string().optional(),
  xksKeyId: z.string().optional(),
});
export type WorldKey = z.infer<typeof keySchema>;
export type WorldReplica = z.infer<typeof replicaSchema>;

const keyStoreSchema = z.strictObject({
  id: z.string().regex(/^cks-/, 'a custom key store id begins with cks-'),
  account: accountId.optional(),
  region: z.string(),
  name: z.string().optional(),
  type: z.enum(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).default('AWS_CLOUDHSM'),
  state: z.enum(['CONNECTED', 'CONNECTING', 'FAILED', 'DISCONNECTED', 'DISCONNECTING']).default('CONNECTED'),
  clusterId: z.string().default('cluster-1a23b4cdefg'),
});
export type WorldKeyStore = z.infer<typeof keyStoreSchema>;

const resourceStatus = z.enum([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'IMPORT_COMPLETE',
  'DELETE_COMPLETE',
  'DELETE_SKIPPED',
  'DELETE_FAILED',
  'DELETE_IN_PROGRESS',
]);

/** A CloudFormation stack and what it holds. */
const stackSchema = z.strictObject({
  name: z.string(),
  account: accountId.optional(),
  region: z.string(),
  /** StackStatus. A deleted stack is found by the physical ids of its resources, and by its id. */
  status: z.string().default('CREATE_COMPLETE'),
  resources: z.array(
    z.strictObject({
      logicalId: z.string(),
      /** A key id, or the number of a key. */
      physicalId: z.union([z.string(), z.number().int().nonnegative()]),
      type: z.string().default('AWS::KMS::Key'),
      status: resourceStatus.default('CREATE_COMPLETE'),
    }),
  ),
  /** So many other resources stand before these. */
  others: z.number().int().nonnegative().default(0),
});
export type WorldStack = z.infer<typeof stackSchema>;

const delivery = { delivered: worldTimeSchema.optional(), copies: z.number().int().positive().default(1) };

/** A CloudTrail record: whole (`record`), as a text that may be no JSON (`raw`), or by its call (`event`). */
const recordSchema = z.union([
  z.strictObject({ record: json, at: worldTimeSchema.optional(), ...delivery }),
  z.strictObject({
    raw: z.string(),
    eventName: z.string(),
    eventSource: z.string().default('kms.amazonaws.com'),
    account: accountId.optional(),
    region: z.string(),
    at: worldTimeSchema,
    ...delivery,
  }),
  z.strictObject({
    event: z.string(),
    eventSource: z.string().default('kms.amazonaws.com'),
    account: accountId.optional(),
    region: z.string(),
    at: worldTimeSchema,
    by: actorSchema.default({ via: 'cli' }),
    request: json.nullable().default(null),
    response: json.nullable().default(null),
    errorCode: z.string().optional(),
    resources: z.array(z.string()).default([]),
    ...delivery,
  }),
]);
export type WorldRecord = z.infer<typeof recordSchema>;

/** What the emulator is told of an AWS estate. README.md beside it explains each field with examples. */
export const worldSchema = z.strictObject({
  /** The world's time when the emulator starts; the machine's when absent. */
  now: z.iso.datetime({ offset: true }).optional(),
  accounts: z
    .array(accountSchema)
    .min(1)
    .default([{ id: '111122223333', partition: 'aws' }]),
  /** Regions that are enabled: calls to any other fail. Every Region when absent. */
  regions: z.array(z.string()).optional(),
  keyStores: z.array(keyStoreSchema).default([]),
  stacks: z.array(stackSchema).default([]),
  /** When KMS began to keep the last use of keys. */
  usageTrackedSince: worldTimeSchema.optional(),
  /** Alias names of AWS services that have no key yet: ListAliases shows them without a target. */
  awsAliases: z
    .array(
      z.strictObject({ name: z.string().startsWith('alias/aws/'), region: z.string(), account: accountId.optional() }),
    )
    .default([]),
  keys: z.array(keySchema).default([]),
  records: z.array(recordSchema).default([]),
  faults: z.array(faultSchema).default([]),
  limits: z
    .strictObject({
      /** LookupEvents calls a second for each account and Region; null: no limit. */
      lookupEventsPerSecond: z.number().positive().nullable().default(2),
      /** How long after an event LookupEvents shows it. */
      delivery: worldDurationSchema.default(0),
      /** How long a replica stays Creating, and a family Updating, after a call. */
      replication: worldDurationSchema.default(0),
    })
    .default({ lookupEventsPerSecond: 2, delivery: 0, replication: 0 }),
});
/** A world as one writes it. */
export type World = z.input<typeof worldSchema>;
/** A world with its defaults filled in. */
export type ReadWorld = z.output<typeof worldSchema>;
