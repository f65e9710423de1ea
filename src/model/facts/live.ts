import { z } from 'zod';
import { attestedShape } from '../attributes.ts';
import { keyArnSchema, realmSchema } from '../key-arn.ts';
import { instantSchema } from '../time.ts';

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
export const absentFactSchema = z.strictObject({ kind: z.literal('absent'), arn: keyArnSchema, readAt: instantSchema });

/** A custom key store; its keys work only while it is connected. */
export const keyStoreFactSchema = z.strictObject({
  kind: z.literal('key-store'),
  realm: realmSchema,
  id: z.string(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  connectionState: z.string().nullable(),
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

/** A key that waits to be deleted, or for its replicas to go first (AWS KMS developer guide, "Key states"). */
export const isPendingDeletion = (keyState: string | null | undefined): boolean =>
  keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';
