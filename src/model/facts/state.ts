import { z } from 'zod';
import { attestedShape } from '../attributes.ts';
import { keyArnSchema } from '../key-arn.ts';
import { instantSchema } from '../time.ts';

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

/** The module instances in which a Terraform state holds resources of other types than ours, by their addresses. */
export const stateModulesFactSchema = z.strictObject({
  kind: z.literal('state-modules'),
  modules: z.array(z.string()),
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
