import { z } from 'zod';
import { attestedShape } from '../attributes.ts';
import { keyArnSchema } from '../key-arn.ts';
import { instantSchema } from '../time.ts';

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

/** Whether what somebody made with it is written down in code, made by hand, or neither is known. */
export const MADE_BY: Readonly<Record<Via, 'code' | 'hand' | 'unknown'>> = {
  terraform: 'code',
  opentofu: 'code',
  pulumi: 'code',
  crossplane: 'code',
  cloudformation: 'code',
  console: 'hand',
  cli: 'hand',
  sdk: 'hand',
  'aws-service': 'unknown',
  unknown: 'unknown',
};

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

/** KMS made the call itself, on behalf of somebody whom this record does not name. */
export const isByKms = (actor: Pick<Actor, 'invokedBy'> | undefined): boolean => actor?.invokedBy === KMS_SERVICE;

/** KMS as CloudTrail names it. */
export const KMS_SERVICE = 'kms.amazonaws.com';

const recordShape = { eventId: z.string(), eventTime: instantSchema, actor: actorSchema, readAt: instantSchema };

/** A creation record: CloudTrail says this key was made, like so. */
export const creationFactSchema = z.strictObject({
  kind: z.literal('created'),
  arn: keyArnSchema,
  ...recordShape,
  /** eventID of the addendum whose correction this fact carries. */
  correctedBy: z.string().optional(),
  ...attestedShape,
});

/** A ReplicateKey record, read in the primary's Region: who asked for this replica. */
export const replicationFactSchema = z.strictObject({
  kind: z.literal('replicated'),
  arn: keyArnSchema,
  primaryArn: keyArnSchema,
  ...recordShape,
});

/** A deletion record: ScheduleKeyDeletion without an errorCode. */
export const deletionFactSchema = z.strictObject({
  kind: z.literal('deletion'),
  arn: keyArnSchema,
  /** The waiting period asked for, in days; null when the record does not say. */
  pendingWindowInDays: z.number().int().nullable(),
  ...recordShape,
});
