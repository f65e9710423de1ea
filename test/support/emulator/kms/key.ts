import type { Realm } from '../../../../src/model/key-arn.ts';
import type { EmulatedKey } from '../cloud.ts';

/** The rotation period when none is given (AWS KMS API reference, EnableKeyRotation). */
export const USUAL_ROTATION_DAYS = 365;

/** The policy a key has when its maker gives none (AWS KMS developer guide, "Default key policy"). */
export const defaultPolicy = ({ partition, account }: Realm): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

/** What tells one new key from another; the rest is as KMS makes it. */
export type NewKey = Pick<
  EmulatedKey,
  'realm' | 'keyId' | 'spec' | 'usage' | 'origin' | 'state' | 'createdAt' | 'fresh'
> &
  Partial<Omit<EmulatedKey, 'arn'>>;

/** A key with everything that is not given as KMS makes it. */
export const newKey = (key: NewKey): EmulatedKey => ({
  manager: 'CUSTOMER',
  multiRegion: false,
  primaryRegion: undefined,
  keyStoreId: undefined,
  xksKeyId: undefined,
  settles: undefined,
  description: '',
  policy: defaultPolicy(key.realm),
  tags: new Map(),
  rotation: { enabled: false, periodInDays: USUAL_ROTATION_DAYS, enabledAt: key.createdAt },
  deletionDate: undefined,
  pendingWindowInDays: undefined,
  material: undefined,
  boundMaterial: undefined,
  whenAvailable: undefined,
  lastUsed: undefined,
  grants: new Map(),
  denied: new Set(),
  ...key,
  arn: `arn:${key.realm.partition}:kms:${key.realm.region}:${key.realm.account}:key/${key.keyId}`,
});

/** The state of a key that was just made: one that waits for its material cannot be used. */
export const firstState = (origin: string): string => (origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled');
