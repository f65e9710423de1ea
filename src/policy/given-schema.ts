import { z } from 'zod';
import { ATTRIBUTE_NAMES, keyAttributesSchema } from '../model/attributes.ts';
import { VIAS } from '../model/facts/cloudtrail.ts';
import { ESTATES } from '../model/inventory.ts';
import { keyArnSchema } from '../model/key-arn.ts';
import {
  OWNER_STATUSES,
  OWNER_STRENGTHS,
  OWNERS_BY,
  PLANNED_ACTIONS,
  PLANNED_BY,
  STANDINGS,
  WITNESS_PAIRS,
} from '../model/key-record.ts';
import { parseInstant } from '../model/time.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const AS_OF = '2026-06-01T00:00:00.000Z';
const EARLIER = '2026-05-20T00:00:00.000Z';

const time = z.string().transform((value, context) => {
  const instant = parseInstant(value);
  if (instant === undefined) context.addIssue('no time; write it like 2026-06-08');
  return instant ?? AS_OF;
});

const attributesShape = {
  ...keyAttributesSchema.partial().shape,
  unknown: z.partialRecord(z.enum(ATTRIBUTE_NAMES), z.string()).default({}),
};
const actorShape = {
  via: z.enum(VIAS).default('unknown'),
  principal: z.string().nullable().default(null),
  role: z.string().nullable().default(null),
  userAgent: z.string().nullable().default(null),
  invokedBy: z.string().nullable().default(null),
};
const attributeValue = z.union([z.string(), z.boolean(), z.number().int(), z.record(z.string(), z.string()), z.null()]);
const recordShape = { eventId: z.string().default('event'), eventTime: time.default(EARLIER), ...actorShape };

const stateShape = z.strictObject({
  address: z.string().default('aws_kms_key.orders'),
  resourceType: z.string().default('aws_kms_key'),
  status: z.enum(['current', 'tainted', 'deposed']).default('current'),
  source: z.string().default('terraform.tfstate'),
  lineage: z.string().default('lineage'),
  serial: z.number().int().default(1),
  validTo: time.nullable().default(null),
  ...attributesShape,
});

/** A key as a rule's test writes it down: the words of the views, with a plain default for what is left out. */
export const givenSchema = z.strictObject({
  id: z.string().optional(),
  /** The ARN of a key that is not created is only its stand-in. */
  arn: keyArnSchema.prefault(KEY),
  standing: z.enum(STANDINGS),
  standingReason: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  declaredAliases: z.array(z.string()).default([]),
  createdAt: time.nullable().default(null),
  creator: z.strictObject(actorShape).optional(),
  created: z.strictObject({ ...recordShape, ...attributesShape }).optional(),
  replicated: z.strictObject({ primaryArn: keyArnSchema, ...recordShape }).optional(),
  deletion: z
    .strictObject({ pendingWindowInDays: z.number().int().nullable().default(null), ...recordShape })
    .optional(),
  configuration: z
    .array(
      z.strictObject({
        address: z.string().default('aws_kms_key.orders'),
        resourceType: z.string().default('aws_kms_key'),
        root: z.string().default('.'),
        path: z.string().default('main.tf'),
        line: z.number().int().positive().default(1),
        instances: z.enum(['one', 'none', 'unknown']).default('one'),
        ...attributesShape,
      }),
    )
    .default([]),
  state: z.array(stateShape).default([]),
  errored: z.array(stateShape).default([]),
  claims: z.array(stateShape).default([]),
  split: z.array(z.string()).default([]),
  live: z
    .strictObject({
      keyState: z.string().nullable().default('Enabled'),
      keyManager: z.string().nullable().default('CUSTOMER'),
      deletionDate: time.nullable().default(null),
      pendingWindowInDays: z.number().int().nullable().default(null),
      validTo: time.nullable().default(null),
      expirationModel: z.string().nullable().default(null),
      aliases: z.array(z.string()).nullable().default([]),
      ...attributesShape,
    })
    .optional(),
  keyStore: z
    .strictObject({
      id: z.string().default('cks-1234567890abcdef0'),
      name: z.string().nullable().default(null),
      type: z.string().nullable().default(null),
      connectionState: z.string().nullable().default(null),
    })
    .optional(),
  primaryStanding: z.enum(STANDINGS).nullable().default(null),
  differences: z
    .array(
      z.strictObject({
        attribute: z.enum(ATTRIBUTE_NAMES),
        pair: z.enum(WITNESS_PAIRS),
        created: attributeValue.optional(),
        configuration: attributeValue.optional(),
        state: attributeValue.optional(),
        live: attributeValue.optional(),
        address: z.string().optional(),
        replaces: z.boolean().default(false),
      }),
    )
    .default([]),
  owners: z
    .array(
      z.strictObject({
        name: z.string().default('payments'),
        by: z.enum(OWNERS_BY),
        strength: z.enum(OWNER_STRENGTHS).default('strong'),
        status: z.enum(OWNER_STATUSES).default('active'),
      }),
    )
    .default([]),
  aliasDrifts: z
    .array(
      z.strictObject({
        name: z.string(),
        address: z.string().default('aws_kms_alias.orders'),
        source: z.string().default('terraform.tfstate'),
        target: keyArnSchema.nullable().default(null),
      }),
    )
    .default([]),
  isByDeployer: z.boolean().default(false),
  policyDeclared: z.boolean().nullable().default(null),
  missingKeyStores: z.array(z.string()).default([]),
  stateKeyStores: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().nullable().default(null),
        address: z.string().default('aws_kms_custom_key_store.hsm'),
        source: z.string().default('terraform.tfstate'),
      }),
    )
    .default([]),
  lastUsage: z
    .strictObject({
      usedAt: time.nullable().default(null),
      operation: z.string().nullable().default(null),
      trackingStart: time.default('2026-01-01T00:00:00.000Z'),
    })
    .optional(),
  planned: z
    .array(
      z.strictObject({
        action: z.enum(PLANNED_ACTIONS),
        by: z.enum(PLANNED_BY).default('plan'),
        address: z.string().default('aws_kms_key.orders'),
        plan: z.string().nullable().default(null),
        because: z.array(z.string()).default([]),
        reason: z.string().nullable().default(null),
        createsFirst: z.boolean().default(false),
        deletionWindowInDays: z.number().int().nullable().default(null),
        location: z.strictObject({ path: z.string(), line: z.number().int().positive() }).nullable().default(null),
        stillHeldBy: z.array(stateShape).default([]),
        successor: z.strictObject({ from: z.string(), to: z.string() }).optional(),
      }),
    )
    .default([]),
  unknown: z
    .strictObject({
      created: z.string(),
      replicated: z.string(),
      configuration: z.string(),
      state: z.string(),
      live: z.string(),
      keyStore: z.string(),
      deletion: z.string(),
      planned: z.string(),
      owners: z.string(),
      aliasDrifts: z.string(),
      lastUsage: z.string(),
      missingKeyStores: z.string(),
      policyDeclared: z.string(),
      declaredAliases: z.string(),
    })
    .partial()
    .default({}),
  estate: z.enum(ESTATES).default('partial'),
  asOf: time.default(AS_OF),
});
export type Given = z.output<typeof givenSchema>;
