import { type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { digest } from '../ids.ts';
import { algorithmsOf, isOldSpec } from './algorithms.ts';

/** AWS JSON 1.1 carries times as epoch seconds. */
export const seconds = (epochMs: number): number => epochMs / 1000;

/** All keys with this id in the account, over all Regions: a multi-Region family, or the key alone. */
export function familyOf(cloud: Cloud, key: EmulatedKey): readonly EmulatedKey[] {
  if (!key.multiRegion) return [key];
  return [...cloud.realms.values()].flatMap(({ realm, contents }) => {
    const member = realm.account === key.realm.account ? contents.keys.get(key.keyId) : undefined;
    return member === undefined ? [] : [member];
  });
}

/** The primary of a key's family; of a single-Region key itself; undefined when the primary was deleted. */
export const primaryOf = (cloud: Cloud, key: EmulatedKey): EmulatedKey | undefined =>
  key.primaryRegion === undefined
    ? key
    : contentsOf(cloud, { ...key.realm, region: key.primaryRegion }).keys.get(key.keyId);

export const isPrimary = (key: EmulatedKey): boolean => key.multiRegion && key.primaryRegion === key.realm.region;

/** The replicas that still exist, whatever their state. */
export const replicasOf = (cloud: Cloud, key: EmulatedKey): readonly EmulatedKey[] =>
  familyOf(cloud, key).filter((member) => member.multiRegion && !isPrimary(member));

const multiRegionKey = (key: EmulatedKey) => ({ Arn: key.arn, Region: key.realm.region });

function multiRegionConfiguration(cloud: Cloud, key: EmulatedKey) {
  const primary = primaryOf(cloud, key);
  return {
    // While UpdatePrimaryRegion runs, both keys may show as replicas (AWS KMS developer guide, "Updating the primary Region").
    MultiRegionKeyType: isPrimary(key) && key.state !== 'Updating' ? 'PRIMARY' : 'REPLICA',
    ...(primary === undefined ? {} : { PrimaryKey: multiRegionKey(primary) }),
    ReplicaKeys: replicasOf(cloud, key).map(multiRegionKey),
  };
}

/** The 64 hex digits that name a symmetric key's current material (AWS KMS API reference, KeyMetadata). */
export const materialId = (key: EmulatedKey): string => digest(`material ${key.keyId} ${key.material?.digest ?? ''}`);

function storeFields(cloud: Cloud, key: EmulatedKey) {
  if (key.keyStoreId === undefined) return {};
  const clusterId = contentsOf(cloud, key.realm).keyStores.get(key.keyStoreId)?.clusterId;
  return {
    CustomKeyStoreId: key.keyStoreId,
    ...(clusterId === undefined ? {} : { CloudHsmClusterId: clusterId }),
    ...(key.xksKeyId === undefined ? {} : { XksKeyConfiguration: { Id: key.xksKeyId } }),
  };
}

function materialFields(key: EmulatedKey) {
  if (key.origin !== 'EXTERNAL' || key.material === undefined) return {};
  const { validTo } = key.material;
  return validTo === undefined
    ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
    : { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: seconds(validTo) };
}

function deletionFields(key: EmulatedKey) {
  return {
    ...(key.deletionDate === undefined ? {} : { DeletionDate: seconds(key.deletionDate) }),
    // Only a primary that waits for its replicas shows its window (AWS KMS API reference, PendingDeletionWindowInDays).
    ...(key.state === 'PendingReplicaDeletion' ? { PendingDeletionWindowInDays: key.pendingWindowInDays } : {}),
  };
}

const hasMaterialId = (key: EmulatedKey): boolean =>
  key.spec === 'SYMMETRIC_DEFAULT' && (key.origin === 'AWS_KMS' || key.material !== undefined);

/** KeyMetadata as DescribeKey answers it. */
export function keyMetadata(cloud: Cloud, key: EmulatedKey): Readonly<Record<string, unknown>> {
  return {
    AWSAccountId: key.realm.account,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: seconds(key.createdAt),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    Origin: key.origin,
    KeyManager: key.manager,
    ...(isOldSpec(key.spec) ? { CustomerMasterKeySpec: key.spec } : {}),
    KeySpec: key.spec,
    ...algorithmsOf(key.spec, key.usage),
    ...deletionFields(key),
    ...materialFields(key),
    ...storeFields(cloud, key),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion ? { MultiRegionConfiguration: multiRegionConfiguration(cloud, key) } : {}),
    ...(hasMaterialId(key) ? { CurrentKeyMaterialId: materialId(key) } : {}),
  };
}
