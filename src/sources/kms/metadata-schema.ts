import { z } from 'zod';
import { type Instant, instantSchema } from '../../model/time.ts';

/** An empty string says as little as no string; a field of another type is one we cannot read. */
const text = z.string().min(1).optional().catch(undefined);

/** A Date beyond the years that an instant can hold is no date of a key. */
const instant = z
  .date()
  .transform((date): Instant | undefined => instantSchema.safeParse(date.toISOString()).data)
  .optional()
  .catch(undefined);

const member = z.object({ Arn: text }).optional().catch(undefined);

/**
 * DescribeKey's KeyMetadata, field by field, so that one strange field costs itself alone (AWS KMS API reference,
 * KeyMetadata). Enum values are plain text: KMS grows new ones.
 */
export const keyMetadataSchema = z.object({
  Arn: text,
  KeyManager: text,
  KeyState: text,
  KeySpec: text,
  CustomerMasterKeySpec: text,
  KeyUsage: text,
  Origin: text,
  CustomKeyStoreId: text,
  XksKeyConfiguration: z.object({ Id: text }).optional().catch(undefined),
  Description: z.string().optional().catch(undefined),
  MultiRegion: z.boolean().optional().catch(undefined),
  MultiRegionConfiguration: z
    .object({
      MultiRegionKeyType: text,
      PrimaryKey: member,
      ReplicaKeys: z.array(member).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  CreationDate: instant,
  DeletionDate: instant,
  ValidTo: instant,
  ExpirationModel: text,
  PendingDeletionWindowInDays: z.number().int().optional().catch(undefined),
});
export type KeyMetadata = z.infer<typeof keyMetadataSchema>;
