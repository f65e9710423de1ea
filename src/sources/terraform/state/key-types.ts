import { known, SILENT, unknown } from '../../readings.ts';
import { type AttributeReaders, always, derive, originByKeyStore } from '../readers.ts';
import { listedTags, mappedTags } from './tags.ts';
import { firstOf, flag, otherwise, type Reader, text, type Values, wholeNumber, within } from './values.ts';

/** How a state's instances of one type are read. */
export type StateReaders = AttributeReaders<Values>;

type FamilyReaders = Pick<StateReaders, 'multiRegion' | 'multiRegionRole' | 'primaryKeyArn'>;

const customKeyStoreId = otherwise(text('custom_key_store_id'), null);
const xksKeyId = otherwise(text('xks_key_id'), null);
const multiRegion = flag('multi_region');

/** Types that read primaries and single-Region keys only (terraform-provider-aws, key.go and external_key.go). */
const primaryOrSingle: FamilyReaders = {
  multiRegion,
  multiRegionRole: derive(multiRegion, (is) => known(is ? ('PRIMARY' as const) : null)),
  primaryKeyArn: derive(multiRegion, (is, values) => (is ? text('arn')(values) : known(null))),
};

const replica: FamilyReaders = {
  multiRegion: always(true),
  multiRegionRole: always('REPLICA' as const),
  primaryKeyArn: text('primary_key_arn'),
};

/** A key without automatic rotation has no period; providers leave 0 or the last value there. */
const rotationPeriodDays: Reader<number | null> = derive(flag('enable_key_rotation'), (on, values) => {
  if (!on) return known(null);
  return derive(wholeNumber('rotation_period_in_days'), (days) => (days === 0 ? SILENT : known(days)))(values);
});

const common = {
  keyUsage: text('key_usage'),
  // KMS has an empty description where none is set (AWS KMS API reference, KeyMetadata).
  description: otherwise(text('description'), ''),
  enabled: flag('enabled'),
} satisfies StateReaders;

const aws = { ...common, policy: text('policy'), tags: mappedTags } satisfies StateReaders;
const awscc = { ...common, policy: text('key_policy'), tags: listedTags } satisfies StateReaders;

const awsKey: StateReaders = {
  ...aws,
  ...primaryOrSingle,
  keySpec: firstOf(text('customer_master_key_spec'), text('key_spec')),
  origin: originByKeyStore(xksKeyId, customKeyStoreId),
  customKeyStoreId,
  xksKeyId,
  enabled: flag('is_enabled'),
  rotationEnabled: flag('enable_key_rotation'),
  rotationPeriodDays,
};

/** key_spec is there from provider 6 on; before that the state does not know it. */
const awsExternal = { ...aws, keySpec: text('key_spec'), origin: always('EXTERNAL') } satisfies StateReaders;

const awsReplica: StateReaders = {
  ...aws,
  ...replica,
  keySpec: text('key_spec'),
  // The provider refuses to read any other origin into this type (terraform-provider-aws, replica_key.go).
  origin: always('AWS_KMS'),
  rotationEnabled: flag('key_rotation_enabled'),
};

const awsccKey: StateReaders = {
  ...awscc,
  ...primaryOrSingle,
  keySpec: text('key_spec'),
  origin: text('origin'),
  rotationEnabled: flag('enable_key_rotation'),
  rotationPeriodDays,
};

/** How managed resources of each key type are read (attribute names: the providers' schemas, aws 5.100 and awscc 1). */
export const KEY_RESOURCES: ReadonlyMap<string, StateReaders> = new Map([
  ['aws_kms_key', awsKey],
  ['aws_kms_external_key', { ...awsExternal, ...primaryOrSingle }],
  ['aws_kms_replica_key', awsReplica],
  ['aws_kms_replica_external_key', { ...awsExternal, ...replica }],
  ['awscc_kms_key', awsccKey],
  ['awscc_kms_replica_key', { ...awscc, ...replica }],
]);

const family = <T>(reader: Reader<T>): Reader<T> => within('multi_region_configuration', reader);
const roleInFamily: Reader<'PRIMARY' | 'REPLICA'> = derive(text('multi_region_key_type'), (type) =>
  type === 'PRIMARY' || type === 'REPLICA' ? known(type) : unknown('multi_region_key_type is new'),
);

/** `data.aws_kms_key` shows what DescribeKey said: no tags, policy or rotation (terraform-provider-aws, key_data_source.go). */
const awsKeyData: StateReaders = {
  ...common,
  keySpec: firstOf(text('key_spec'), text('customer_master_key_spec')),
  origin: text('origin'),
  customKeyStoreId,
  xksKeyId: otherwise(within('xks_key_configuration', text('id')), null),
  multiRegion,
  multiRegionRole: derive(multiRegion, (is, values) => (is ? family(roleInFamily)(values) : known(null))),
  primaryKeyArn: derive(multiRegion, (is, values) =>
    is ? family(within('primary_key', text('arn')))(values) : known(null),
  ),
};

/** How an instance of this type is read; undefined when the type is no key. */
export function readersOf(mode: 'managed' | 'data', type: string): StateReaders | undefined {
  return mode === 'data' && type === 'aws_kms_key' ? awsKeyData : KEY_RESOURCES.get(type);
}
