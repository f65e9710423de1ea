import { z } from 'zod';
import { ATTRIBUTE_NAMES, keyAttributesSchema } from './attributes.ts';
import { VIAS } from './facts/cloudtrail.ts';
import {
  NOT_OURS_BY,
  OWNER_STATUSES,
  OWNER_STRENGTHS,
  OWNERS_BY,
  PLANNED_ACTIONS,
  PLANNED_BY,
  STANDINGS,
} from './key-record.ts';
import { policyChangeSchema } from './policy-change.ts';
import { instantSchema } from './time.ts';

/** Known attributes as plain values beside the witness's own fields; Unknown ones in `unknown` with the reason. */
const witnessShape = {
  ...keyAttributesSchema.partial().shape,
  unknown: z.partialRecord(z.enum(ATTRIBUTE_NAMES), z.string()),
};

const actorShape = {
  principal: z.string().nullable(),
  via: z.enum(VIAS),
  userAgent: z.string().nullable(),
  invokedBy: z.string().nullable(),
};

const recordedSchema = z.strictObject({ eventId: z.string(), eventTime: instantSchema, ...actorShape });

/** A key in the report: all that its witnesses say, and how it stands. */
export const reportKeySchema = z.strictObject({
  id: z.string(),
  arn: z.string().nullable(),
  account: z.string().nullable(),
  region: z.string().nullable(),
  keyId: z.string().nullable(),
  standing: z.enum(STANDINGS),
  /** Why the standing is what it is, and why a witness that says nothing says nothing. */
  reason: z.string().optional(),
  /** Where `ownership` makes it out-of-scope: by its account or Region (`place`), or by whose it is. */
  notOurs: z.enum(NOT_OURS_BY).optional(),
  aliases: z.array(z.string()),
  /** Those that a state or a configuration binds to it. Left out when there are none. */
  declaredAliases: z.array(z.string()).optional(),
  /** What it is called, where that is neither the first of `declaredAliases` nor, without any, of `aliases`: those may be another key's. */
  name: z.string().optional(),
  family: z.strictObject({ primary: z.string(), replicas: z.array(z.string()) }).optional(),
  /** Facets that could not be asked, each with the reason: absence of these is not proved. */
  unknown: z.record(z.string(), z.string()),
  createdAt: instantSchema.nullable(),
  created: recordedSchema.extend(witnessShape).nullable(),
  /** The ReplicateKey call behind a replica's creation record. */
  replicated: recordedSchema.nullable(),
  deletion: recordedSchema.extend({ pendingWindowInDays: z.number().int().nullable() }).nullable(),
  configuration: z.array(
    z.strictObject({
      address: z.string(),
      resourceType: z.string(),
      root: z.string(),
      path: z.string(),
      line: z.number().int().positive(),
      ...witnessShape,
    }),
  ),
  state: z.array(
    z.strictObject({
      address: z.string(),
      resourceType: z.string(),
      status: z.enum(['current', 'tainted', 'deposed']),
      source: z.string(),
      lineage: z.string(),
      serial: z.number().int(),
      ...witnessShape,
    }),
  ),
  live: z
    .strictObject({
      keyManager: z.string().nullable(),
      keyState: z.string().nullable(),
      deletionDate: instantSchema.nullable(),
      validTo: instantSchema.nullable(),
      expirationModel: z.string().nullable(),
      /** Connection state of the key's custom key store, where it has one and it was looked up. */
      keyStoreConnection: z.string().nullable(),
      readAt: instantSchema,
      ...witnessShape,
    })
    .nullable(),
  /** What the next apply does to it, by each plan or root that says so. Left out when nothing does. */
  planned: z
    .array(
      z.strictObject({
        action: z.enum(PLANNED_ACTIONS),
        by: z.enum(PLANNED_BY),
        address: z.string(),
        plan: z.string().optional(),
        /** Attributes that force a replacement; Terraform's argument names where they are none of ours. */
        because: z.array(z.string()),
        reason: z.string().optional(),
        createsFirst: z.boolean(),
        /** null where nothing sets it: KMS takes 30. */
        deletionWindowInDays: z.number().int().nullable(),
        path: z.string().optional(),
        line: z.number().int().positive().optional(),
      }),
    )
    .optional(),
  differences: z.array(
    z.strictObject({
      attribute: z.enum(ATTRIBUTE_NAMES),
      /** Which witnesses disagree. */
      between: z.array(z.string()),
      created: z.unknown().optional(),
      configuration: z.unknown().optional(),
      state: z.unknown().optional(),
      live: z.unknown().optional(),
      replaces: z.boolean(),
      /** Of policies of which the state and KMS have another: in what they differ. Left out where that cannot be told. */
      change: policyChangeSchema.optional(),
    }),
  ),
  /** Who else has it; a weak claim, by tag or alias, changes nothing. Left out when nobody has. */
  owners: z
    .array(
      z.strictObject({
        name: z.string(),
        by: z.enum(OWNERS_BY),
        strength: z.enum(OWNER_STRENGTHS),
        /** `left`: the stack is deleted, or let go of the key. */
        status: z.enum(OWNER_STATUSES),
      }),
    )
    .optional(),
  /** Aliases that a state binds to it and that KMS has on `target`, or nowhere. Left out when there are none. */
  aliasDrifts: z
    .array(z.strictObject({ name: z.string(), address: z.string(), source: z.string(), target: z.string().nullable() }))
    .optional(),
  /** Custom key stores that a state or a configuration puts it in and that KMS does not have. Left out when there are none. */
  missingKeyStores: z.array(z.string()).optional(),
  /** Its last use, where that was asked for. */
  lastUsage: z
    .strictObject({
      /** null: not since tracking began. */
      usedAt: instantSchema.nullable(),
      operation: z.string().nullable(),
      eventId: z.string().nullable(),
      trackingStart: instantSchema,
    })
    .optional(),
});
