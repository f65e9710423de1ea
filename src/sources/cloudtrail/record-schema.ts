import { z } from 'zod';
import { parseInstant } from '../../model/time.ts';

const text = z.string().min(1).optional().catch(undefined);
const anyText = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const days = z.number().int().optional().catch(undefined);
/** CloudTrail writes some flags as the string "true" (CloudTrail user guide, "CloudTrail record contents"). */
const looseFlag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
  .optional()
  .catch(undefined);
const part = <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined);

const keyMetadata = part({
  arn: text,
  keyId: text,
  AWSAccountId: text,
  aWSAccountId: text,
  keySpec: text,
  customerMasterKeySpec: text,
  keyUsage: text,
  origin: text,
  customKeyStoreId: text,
  xksKeyConfiguration: part({ id: text }),
  multiRegion: flag,
  multiRegionConfiguration: part({
    multiRegionKeyType: z.enum(['PRIMARY', 'REPLICA']).optional().catch(undefined),
    primaryKey: part({ arn: text }),
  }),
  description: anyText,
  enabled: flag,
  keyState: text,
});
export type KeyMetadata = NonNullable<z.infer<typeof keyMetadata>>;

const requestParameters = part({
  /** CloudTrail sets this in place of fields that are too large (CloudTrail user guide, "CloudTrail record contents"). */
  omitted: flag,
  keyId: text,
  keySpec: text,
  customerMasterKeySpec: text,
  keyUsage: text,
  origin: text,
  customKeyStoreId: text,
  xksKeyId: text,
  multiRegion: flag,
  description: anyText,
  dryRun: looseFlag,
  pendingWindowInDays: days,
}).transform((request) => (request?.omitted === true ? undefined : request));

const userIdentity = part({
  type: text,
  arn: text,
  accountId: text,
  invokedBy: text,
  sessionContext: part({ sessionIssuer: part({ type: text, arn: text }) }),
});

/**
 * A record of one call to KMS as CloudTrail writes it (CloudTrail user guide, "CloudTrail record contents"), the fields
 * that are read here and no others. Tolerant: a field of another type than expected counts as absent. What no record
 * can do without is demanded.
 */
export const recordSchema = z.object({
  eventVersion: text,
  eventID: z.string().min(1),
  eventTime: z.string().transform((written, context) => {
    const instant = parseInstant(written);
    if (instant !== undefined) return instant;
    context.addIssue('not a time');
    return z.NEVER;
  }),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: text,
  recipientAccountId: text,
  eventType: text,
  sourceIPAddress: text,
  userAgent: text,
  sessionCredentialFromConsole: looseFlag,
  userIdentity,
  /** Present at all: the call failed. */
  errorCode: z
    .unknown()
    .optional()
    .transform((code) => {
      if (code === undefined || code === null || code === '') return undefined;
      return typeof code === 'string' ? code : 'unreadable';
    }),
  requestParameters,
  /** null or absent: the call answered nothing. An answer that cannot be read is an empty object. */
  responseElements: z.object({ keyId: text, keyMetadata, replicaKeyMetadata: keyMetadata }).nullish().catch({}),
  addendum: part({ reason: text, originalEventID: text }),
});
export type CloudTrailRecord = z.infer<typeof recordSchema>;
/** What the caller asked for; its fields vary with the event and its age. */
export type RequestParameters = NonNullable<CloudTrailRecord['requestParameters']>;
