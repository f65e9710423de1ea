import { z } from 'zod';

const KEY_ARN = /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):key\/((?:mrk-)?[0-9A-Za-z-]{1,128})$/;

/** The identity of a key: partition, Region, account and id. Replicas of a multi-Region key share the id only. */
export const keyArnSchema = z.string().regex(KEY_ARN).brand<'KeyArn'>();
export type KeyArn = z.infer<typeof keyArnSchema>;

/** One account in one Region of one partition: what is scanned, and where a key lives. */
export const realmSchema = z.strictObject({ partition: z.string(), account: z.string(), region: z.string() });
export type Realm = z.infer<typeof realmSchema>;

/** A key ARN taken apart. */
export interface KeyArnParts extends Realm {
  readonly arn: KeyArn;
  /** The last part of the ARN: a UUID, or `mrk-` and 32 hex digits. */
  readonly keyId: string;
}

/** The parts of a key ARN; undefined when the text is no ARN of a KMS key (an alias ARN is none). */
export function parseKeyArn(text: string): KeyArnParts | undefined {
  const [arn, partition, region, account, keyId] = KEY_ARN.exec(text) ?? [];
  if (arn === undefined || partition === undefined || region === undefined || account === undefined) return undefined;
  return keyId === undefined ? undefined : { arn: arn as KeyArn, partition, region, account, keyId };
}

/** The ARN of the key with this id in this realm; undefined when the id cannot be one. */
export const keyArnIn = (realm: Realm, keyId: string): KeyArn | undefined =>
  parseKeyArn(`arn:${realm.partition}:kms:${realm.region}:${realm.account}:key/${keyId}`)?.arn;

/** One string per realm, for maps and sets. */
export const realmKey = (realm: Realm): string => `${realm.partition}:${realm.account}:${realm.region}`;

/** Multi-Region keys share their id between Regions, and their id says so. */
export const isMultiRegionId = (keyId: string): boolean => keyId.startsWith('mrk-');

/** The last part of a key's ARN. */
export const keyIdOf = (arn: KeyArn): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Whether the text is the ARN of a key in this realm. */
export function isKeyIn(realm: Realm, text: string): text is KeyArn {
  const parts = parseKeyArn(text);
  return parts !== undefined && realmKey(parts) === realmKey(realm);
}
