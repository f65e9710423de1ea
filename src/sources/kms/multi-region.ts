import type { LiveFact } from '../../model/facts.ts';
import { isMultiRegionId, type KeyArn, keyIdOf, parseKeyArn } from '../../model/key-arn.ts';
import { known, type Readings, unknown } from '../readings.ts';
import type { KeyMetadata } from './metadata-schema.ts';

type MultiRegionReadings = Pick<Readings, 'multiRegion' | 'multiRegionRole' | 'primaryKeyArn'>;

const keyArn = (text: string | undefined): KeyArn | undefined =>
  text === undefined ? undefined : parseKeyArn(text)?.arn;

/** The id tells where MultiRegion is missing: it begins with `mrk-` (AWS KMS developer guide, "Multi-Region keys"). */
const isMultiRegion = (metadata: KeyMetadata, arn: KeyArn): boolean =>
  metadata.MultiRegion ?? isMultiRegionId(keyIdOf(arn));

/**
 * While UpdatePrimaryRegion runs the keys are Updating, and the old and the new primary may both show as replicas
 * (AWS KMS developer guide, "Change the primary key in a set of multi-Region keys").
 */
export function multiRegionOf(metadata: KeyMetadata, arn: KeyArn): MultiRegionReadings {
  if (!isMultiRegion(metadata, arn)) {
    return { multiRegion: known(false), multiRegionRole: known(null), primaryKeyArn: known(null) };
  }
  const multiRegion = known(true);
  if (metadata.KeyState === 'Updating') {
    const moving = unknown('KeyState is Updating: the primary Region is being changed');
    return { multiRegion, multiRegionRole: moving, primaryKeyArn: moving };
  }
  const role = metadata.MultiRegionConfiguration?.MultiRegionKeyType;
  const primary = keyArn(metadata.MultiRegionConfiguration?.PrimaryKey?.Arn);
  if (contradicts(role, primary, arn)) {
    const either = unknown(
      `DescribeKey contradicts itself: ${role}, but the primary that it names is ${primary === arn ? 'this key' : 'another'}`,
    );
    return { multiRegion, multiRegionRole: either, primaryKeyArn: either };
  }
  return {
    multiRegion,
    multiRegionRole:
      role === 'PRIMARY' || role === 'REPLICA'
        ? known(role)
        : unknown(role === undefined ? 'DescribeKey gave no MultiRegionKeyType' : 'MultiRegionKeyType is a new value'),
    primaryKeyArn: primary === undefined ? unknown('DescribeKey gave no ARN of the primary key') : known(primary),
  };
}

/** A primary that names another key as the primary, or a replica that names itself: which of the two fields is wrong? */
const contradicts = (role: string | undefined, primary: KeyArn | undefined, arn: KeyArn): boolean =>
  primary !== undefined && ((role === 'PRIMARY' && primary !== arn) || (role === 'REPLICA' && primary === arn));

/** Every member of a multi-Region key's family, replicas sorted; null for a single-Region key or without a primary. */
export function familyOf(metadata: KeyMetadata): LiveFact['family'] {
  const primary = keyArn(metadata.MultiRegionConfiguration?.PrimaryKey?.Arn);
  if (primary === undefined) return null;
  const replicas = (metadata.MultiRegionConfiguration?.ReplicaKeys ?? [])
    .map((replica) => keyArn(replica?.Arn))
    .filter((arn) => arn !== undefined);
  return { primary, replicas: replicas.sort() };
}
