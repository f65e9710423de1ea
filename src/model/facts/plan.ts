import { z } from 'zod';
import { attestedShape } from '../attributes.ts';
import { keyArnSchema } from '../key-arn.ts';
import { instantSchema } from '../time.ts';

/** The Region in which a plan has a key after the apply, as far as it tells. */
const plannedRegionSchema = z.strictObject({
  /** null where the plan does not tell, and no variable of the root can decide it. */
  name: z.string().nullable(),
  /**
   * `resource`: by its own argument (AWS provider 6). `provider`: by what the block of its provider says. `variable`: by the one
   * variable that the block names, which an expression may make another Region of. `code`: by configuration alone.
   */
  by: z.enum(['resource', 'provider', 'variable', 'code']),
});
export type PlannedRegion = z.infer<typeof plannedRegionSchema>;

/** What a plan says of one resource instance that is a key (Terraform, "JSON Output Format": resource_changes). */
export const plannedFactSchema = z.strictObject({
  kind: z.literal('planned'),
  /** Locator of the plan, as coverage names it. */
  plan: z.string(),
  /** The root that the plan is of; null when that is not known. */
  root: z.string().nullable(),
  /** git tracks the file: it came with the repository that it speaks of. */
  committed: z.literal(true).optional(),
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
  region: plannedRegionSchema.optional(),
  /** Values after the apply; what is known only then is Unknown. Of a destroy: what is there before. */
  ...attestedShape,
  readAt: instantSchema,
});

/**
 * What a plan found changed outside Terraform (`resource_drift`): a key that it no longer finds is pending deletion, or in
 * another Region than its provider.
 */
export const planDriftFactSchema = z.strictObject({
  kind: z.literal('plan-drift'),
  plan: z.string(),
  root: z.string().nullable(),
  /** git tracks the file: it came with the repository that it speaks of. */
  committed: z.literal(true).optional(),
  address: z.string(),
  resourceType: z.string(),
  arn: keyArnSchema.nullable(),
  keyId: z.string().nullable(),
  /** `deleted`: the refresh dropped it, so that the next apply makes another key. */
  change: z.enum(['deleted', 'changed']),
  deletionWindowInDays: z.number().int().nullable(),
  /** Of a key that the apply makes again: where the refresh looked for it. */
  region: plannedRegionSchema.optional(),
  readAt: instantSchema,
});
