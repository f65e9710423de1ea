import { z } from 'zod';

/**
 * What witnesses can say of a key. `null` is a known "has none" (no custom key store); an attribute a witness
 * does not speak of is absent; one it could not tell stands in `unknown` with the reason.
 * Values of AWS's enums are plain strings: new ones appear and pass through.
 */
export const keyAttributesSchema = z.strictObject({
  keySpec: z.string(),
  keyUsage: z.string(),
  origin: z.string(),
  customKeyStoreId: z.string().nullable(),
  xksKeyId: z.string().nullable(),
  multiRegion: z.boolean(),
  /** null for a key that is not multi-Region. */
  multiRegionRole: z.enum(['PRIMARY', 'REPLICA']).nullable(),
  /** The primary of a multi-Region key's family (of a primary: itself); null for a single-Region key. */
  primaryKeyArn: z.string().nullable(),
  description: z.string(),
  enabled: z.boolean(),
  rotationEnabled: z.boolean(),
  /** null where no automatic rotation is on. */
  rotationPeriodDays: z.number().int().nullable(),
  /** The key policy as JSON text. */
  policy: z.string(),
  /** Without `aws:` tags, which AWS sets itself. */
  tags: z.record(z.string(), z.string()),
});
export type KeyAttributes = z.infer<typeof keyAttributesSchema>;
export type AttributeName = keyof KeyAttributes;

/** In the order in which everything that lists attributes lists them. */
export const ATTRIBUTE_NAMES = keyAttributesSchema.keyof().options;

/** Set when the key is made and never changed after (AWS KMS developer guide, "Creating keys"). */
export const IMMUTABLE_ATTRIBUTES = [
  'keySpec',
  'keyUsage',
  'origin',
  'customKeyStoreId',
  'xksKeyId',
  'multiRegion',
] as const satisfies readonly AttributeName[];

/** What one witness knows of a key's attributes, and why it does not know the rest. A name never stands in both. */
export const attestedShape = {
  attributes: keyAttributesSchema.partial(),
  unknown: z.partialRecord(keyAttributesSchema.keyof(), z.string()),
};
/** The same as a type that reads, for every witness. */
export interface Attested {
  readonly attributes: { readonly [A in AttributeName]?: KeyAttributes[A] | undefined };
  readonly unknown: { readonly [A in AttributeName]?: string };
}

/** A value, why there is none, or nothing to say. */
export type Reading<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'silent' };

/** What a witness says of one attribute. `silent`: it does not speak of it, so there is nothing to compare. */
export function reading<A extends AttributeName>(witness: Attested, attribute: A): Reading<KeyAttributes[A]> {
  const reason = witness.unknown[attribute];
  if (reason !== undefined) return { kind: 'unknown', reason };
  const value = witness.attributes[attribute];
  return value === undefined ? { kind: 'silent' } : { kind: 'known', value };
}
