import { type AttributeName, IMMUTABLE_ATTRIBUTES } from '../../model/attributes.ts';
import type { LiveFact } from '../../model/facts.ts';
import { type KeyArn, parseKeyArn } from '../../model/key-arn.ts';
import type { Instant } from '../../model/time.ts';
import { oneLine } from '../one-line.ts';
import { attest, firstKnown, known, type Readings, unknown } from '../readings.ts';
import { type KeyMetadata, keyMetadataSchema } from './metadata-schema.ts';
import { familyOf, multiRegionOf } from './multi-region.ts';

/** The attributes that DescribeKey speaks of; rotation, tags and policy have calls of their own. */
export const DESCRIBED_ATTRIBUTES = [
  ...IMMUTABLE_ATTRIBUTES,
  'multiRegionRole',
  'primaryKeyArn',
  'description',
  'enabled',
] as const satisfies readonly AttributeName[];

/** Which key was asked for, and when. */
export interface DescribeAsk {
  readonly arn: KeyArn;
  readonly readAt: Instant;
}

/** A description of the key that was asked for, or why it is none. */
export type MetadataReading =
  | { readonly kind: 'read'; readonly fact: LiveFact }
  | { readonly kind: 'unreadable'; readonly reason: string };

const notSaid = (field: string): string => `DescribeKey gave no ${field}`;

/** `Enabled` of the metadata is false in every state but one; only these two say what an owner set (AWS KMS developer guide, "Key states"). */
const enabledOf = (state: string | undefined) => {
  if (state === 'Enabled' || state === 'Disabled') return known(state === 'Enabled');
  return unknown(state === undefined ? notSaid('KeyState') : `KeyState is ${oneLine(state)}`);
};

/**
 * `CustomerMasterKeySpec` is KeySpec's old name, and all that old endpoints give. A key outside a custom key store has
 * no CustomKeyStoreId and one outside an external store no XksKeyConfiguration (AWS KMS API reference, KeyMetadata).
 */
const readingsOf = (metadata: KeyMetadata, arn: KeyArn): Readings => ({
  keySpec: firstKnown([metadata.KeySpec, metadata.CustomerMasterKeySpec], notSaid('KeySpec')),
  keyUsage: firstKnown([metadata.KeyUsage], notSaid('KeyUsage')),
  origin: firstKnown([metadata.Origin], notSaid('Origin')),
  customKeyStoreId: known(metadata.CustomKeyStoreId ?? null),
  xksKeyId: known(metadata.XksKeyConfiguration?.Id ?? null),
  ...multiRegionOf(metadata, arn),
  description: known(metadata.Description ?? ''),
  enabled: enabledOf(metadata.KeyState),
});

const silentLifecycle = {
  keyManager: null,
  keyState: null,
  createdAt: null,
  deletionDate: null,
  pendingWindowInDays: null,
  validTo: null,
  expirationModel: null,
  family: null,
} as const satisfies Partial<LiveFact>;

const liveFact = (asked: DescribeAsk): Pick<LiveFact, 'kind' | 'arn' | 'aliases' | 'readAt'> => ({
  kind: 'live',
  arn: asked.arn,
  aliases: null,
  readAt: asked.readAt,
});

/** A key that ListKeys lists and DescribeKey does not describe: it lives, and the rest is Unknown for this reason. */
export const undescribedKey = (asked: DescribeAsk, reason: string): LiveFact => ({
  ...liveFact(asked),
  ...silentLifecycle,
  ...attest(Object.fromEntries(DESCRIBED_ATTRIBUTES.map((name) => [name, unknown(reason)]))),
});

/** Why these metadata are not about the key that was asked for; undefined when they are. */
function mistaken(metadata: KeyMetadata, asked: DescribeAsk): string | undefined {
  if (metadata.Arn === undefined) return notSaid('Arn');
  if (metadata.Arn === asked.arn) return undefined;
  return parseKeyArn(metadata.Arn) === undefined
    ? `DescribeKey gave a malformed ARN: ${oneLine(metadata.Arn)}`
    : `DescribeKey answered about another key: ${oneLine(metadata.Arn)}`;
}

/**
 * DescribeKey's KeyMetadata as a live fact, its aliases left null. Takes anything: what is no description of the key
 * that was asked for is unreadable, and a single field that makes no sense leaves its attribute Unknown.
 */
export function readKeyMetadata(raw: unknown, asked: DescribeAsk): MetadataReading {
  const { data: metadata } = keyMetadataSchema.safeParse(raw);
  if (metadata === undefined) return { kind: 'unreadable', reason: notSaid('KeyMetadata') };
  const reason = mistaken(metadata, asked);
  if (reason !== undefined) return { kind: 'unreadable', reason };
  const fact: LiveFact = {
    ...liveFact(asked),
    keyManager: metadata.KeyManager ?? null,
    keyState: metadata.KeyState ?? null,
    createdAt: metadata.CreationDate ?? null,
    deletionDate: metadata.DeletionDate ?? null,
    pendingWindowInDays: metadata.PendingDeletionWindowInDays ?? null,
    validTo: metadata.ValidTo ?? null,
    expirationModel: metadata.ExpirationModel ?? null,
    family: familyOf(metadata),
    ...attest(readingsOf(metadata, asked.arn)),
  };
  return { kind: 'read', fact };
}
