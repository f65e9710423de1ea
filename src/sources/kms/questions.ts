import {
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { z } from 'zod';
import type { KeyArn } from '../../model/key-arn.ts';
import type { Ask } from '../aws/ask.ts';

const text = z.string().optional().catch(undefined);
const paged = { NextMarker: text, Truncated: z.boolean().optional().catch(undefined) };

const keysPage = z.object({ ...paged, Keys: z.array(z.object({ KeyId: text, KeyArn: text })) });
const aliasesPage = z.object({ ...paged, Aliases: z.array(z.object({ AliasName: text, TargetKeyId: text })) });
const tagsPage = z.object({ ...paged, Tags: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })) });
const storesPage = z.object({
  ...paged,
  CustomKeyStores: z.array(
    z.object({ CustomKeyStoreId: text, CustomKeyStoreName: text, CustomKeyStoreType: text, ConnectionState: text }),
  ),
});
const described = z.object({ KeyMetadata: z.unknown() });
const keyPolicy = z.object({ Policy: z.string() });
const rotationStatus = z.object({
  KeyRotationEnabled: z.boolean(),
  RotationPeriodInDays: z.number().int().optional().catch(undefined),
});

const lastUsage = z.object({
  KeyLastUsage: z
    .object({ Operation: text, Timestamp: z.date().optional().catch(undefined), CloudTrailEventId: text })
    .optional(),
  TrackingStartDate: z.date(),
});

export type KeysPage = z.infer<typeof keysPage>;
export type KeyLastUsage = z.infer<typeof lastUsage>;
export type TagsPage = z.infer<typeof tagsPage>;

/** Largest pages that KMS gives (AWS KMS API reference, ListKeys, ListAliases, ListResourceTags). */
const KEYS_A_PAGE = 1000;
const ALIASES_A_PAGE = 100;
const TAGS_A_PAGE = 50;

/** Every call that keydrift makes to KMS, with the permission it needs. All of them only read. */
export const kmsQuestions = (client: KMSClient, ask: Ask) => ({
  listKeys: (Marker: string | undefined) =>
    ask('kms:ListKeys', keysPage, (options) =>
      client.send(new ListKeysCommand({ Limit: KEYS_A_PAGE, Marker }), options),
    ),
  listAliases: (Marker: string | undefined) =>
    ask('kms:ListAliases', aliasesPage, (options) =>
      client.send(new ListAliasesCommand({ Limit: ALIASES_A_PAGE, Marker }), options),
    ),
  listAliasesOf: (KeyId: KeyArn, Marker: string | undefined) =>
    ask('kms:ListAliases', aliasesPage, (options) =>
      client.send(new ListAliasesCommand({ KeyId, Limit: ALIASES_A_PAGE, Marker }), options),
    ),
  describeKey: (KeyId: KeyArn) =>
    ask('kms:DescribeKey', described, (options) => client.send(new DescribeKeyCommand({ KeyId }), options)),
  getKeyRotationStatus: (KeyId: KeyArn) =>
    ask('kms:GetKeyRotationStatus', rotationStatus, (options) =>
      client.send(new GetKeyRotationStatusCommand({ KeyId }), options),
    ),
  listResourceTags: (KeyId: KeyArn, Marker: string | undefined) =>
    ask('kms:ListResourceTags', tagsPage, (options) =>
      client.send(new ListResourceTagsCommand({ KeyId, Limit: TAGS_A_PAGE, Marker }), options),
    ),
  getKeyPolicy: (KeyId: KeyArn) =>
    ask('kms:GetKeyPolicy', keyPolicy, (options) =>
      client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), options),
    ),
  getKeyLastUsage: (KeyId: KeyArn) =>
    ask('kms:GetKeyLastUsage', lastUsage, (options) => client.send(new GetKeyLastUsageCommand({ KeyId }), options)),
  describeCustomKeyStores: (Marker: string | undefined) =>
    ask('kms:DescribeCustomKeyStores', storesPage, (options) =>
      client.send(new DescribeCustomKeyStoresCommand({ Marker }), options),
    ),
});
/** One function a call of KMS, each with an answer or why there is none. */
export type KmsQuestions = ReturnType<typeof kmsQuestions>;
