import { known, SILENT, unknown } from '../../readings.ts';
import { always, derive, originByKeyStore, type AttributeReaders as ReadersOf } from '../readers.ts';
import { type Arguments, argument, flag, otherwise, type Reader, text, wholeNumber } from './arguments.ts';
import type { Value } from './language/value.ts';

type AttributeReaders = ReadersOf<Arguments>;

/** "" is a store that is not set: the provider asks with GetOk (terraform-provider-aws, key.go). */
const storeText = (name: string): Reader<string | null> =>
  derive(text(name), (value) => known<string | null>(value === '' ? null : value));
const customKeyStoreId = otherwise('custom_key_store_id', storeText, null);
const xksKeyId = otherwise('xks_key_id', storeText, null);
const multiRegion = flag('multi_region');

const noKeyStore = { customKeyStoreId: always(null), xksKeyId: always(null) } satisfies AttributeReaders;

/** Types whose read refuses a replica (terraform-provider-aws, key.go and external_key.go). A primary's own ARN is not declared. */
const primaryOrSingle = {
  multiRegion,
  multiRegionRole: derive(multiRegion, (is) => known(is ? ('PRIMARY' as const) : null)),
  primaryKeyArn: derive(multiRegion, (is) => (is ? SILENT : known(null))),
} satisfies AttributeReaders;

/** Multi-Region keys cannot live in a custom key store (AWS KMS developer guide, "Multi-Region keys"). */
const replica = {
  ...noKeyStore,
  multiRegion: always(true),
  multiRegionRole: always('REPLICA' as const),
  primaryKeyArn: text('primary_key_arn'),
} satisfies AttributeReaders;

const isJson = (value: string): boolean => {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
};

/** An empty policy is one that is not set: the providers ask with GetOk. */
export const policy = (name: string): Reader<string> =>
  derive(text(name), (value) => {
    if (value === '') return SILENT;
    return isJson(value) ? known(value) : unknown(`${name} is not JSON`);
  });

/**
 * The declared tags are never all of them: Terraform merges in the provider's default_tags, which also come from
 * TF_AWS_DEFAULT_TAGS_* of whoever runs it (AWS provider documentation, "default_tags").
 */
const mergedTags: Reader<Record<string, string>> = (settings) => {
  const { kind } = settings('tags');
  return kind === 'value' || kind === 'unknown'
    ? unknown("the provider's default_tags, which may come from the environment, are merged into the declared tags")
    : SILENT;
};

/** awscc has no default_tags: a set of `{ key, value }` as in CloudFormation. */
const listedTags: Reader<Record<string, string>> = argument('tags', 'a set of keys and values', (value) => {
  if (value.kind !== 'list' && value.kind !== 'set' && value.kind !== 'tuple') return undefined;
  const entries = value.elements.map(tagOf);
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
});

function tagOf(tag: Value): readonly [string, string] | undefined {
  if (tag.kind !== 'object' && tag.kind !== 'map') return undefined;
  const key = tag.entries.get('key');
  const value = tag.entries.get('value');
  return key?.kind === 'string' && value?.kind === 'string' ? [key.value, value.value] : undefined;
}

/** A period says something only while rotation is on: KMS has none for a key without rotation. */
const rotationPeriodDays: Reader<number> = (settings) => {
  const period = wholeNumber('rotation_period_in_days')(settings);
  if (period.kind === 'silent') return SILENT;
  return derive(flag('enable_key_rotation'), (on) => (on ? period : SILENT))(settings);
};

const aws = { policy: policy('policy'), tags: mergedTags } satisfies AttributeReaders;

/** Defaults and Optional+Computed arguments, which are undeclared when unset: the provider's schema, key.go. */
const awsKey: AttributeReaders = {
  ...aws,
  ...primaryOrSingle,
  keySpec: otherwise('customer_master_key_spec', text, 'SYMMETRIC_DEFAULT'),
  keyUsage: otherwise('key_usage', text, 'ENCRYPT_DECRYPT'),
  origin: originByKeyStore(xksKeyId, customKeyStoreId),
  customKeyStoreId,
  xksKeyId,
  // Optional and Computed: "" is not told from unset, and leaves what is there (provider 5.100: "known after apply").
  description: derive(text('description'), (value) => (value === '' ? SILENT : known(value))),
  enabled: otherwise('is_enabled', flag, true),
  rotationEnabled: otherwise('enable_key_rotation', flag, false),
  rotationPeriodDays,
};

/** Optional but not Computed there, so that unset takes a description away (provider schema 5.100: all but aws_kms_key). */
const description = otherwise('description', text, '');

/** key_spec and key_usage are arguments from provider 6 on; before that they follow the key, so unset says nothing. */
const awsExternal: AttributeReaders = {
  ...aws,
  ...noKeyStore,
  keySpec: text('key_spec'),
  keyUsage: text('key_usage'),
  origin: always('EXTERNAL'),
  description,
  enabled: flag('enabled'),
};

const awsReplica: AttributeReaders = {
  ...aws,
  ...replica,
  // The provider refuses to read any other origin into this type (terraform-provider-aws, replica_key.go).
  origin: always('AWS_KMS'),
  description,
  enabled: otherwise('enabled', flag, true),
};

/**
 * Unset says nothing here: every argument is Optional+Computed, older awscc schemas give none a default, newer ones
 * take CloudFormation's, and a configuration does not tell which provider release reads it.
 */
const awscc = {
  ...noKeyStore,
  description: text('description'),
  enabled: flag('enabled'),
  policy: policy('key_policy'),
  tags: listedTags,
} satisfies AttributeReaders;

const awsccKey: AttributeReaders = {
  ...awscc,
  ...primaryOrSingle,
  keySpec: text('key_spec'),
  keyUsage: text('key_usage'),
  origin: text('origin'),
  rotationEnabled: flag('enable_key_rotation'),
  rotationPeriodDays,
};

/** The resource types that declare a key, and what each says of it. */
export const KEY_TYPES: ReadonlyMap<string, AttributeReaders> = new Map([
  ['aws_kms_key', awsKey],
  ['aws_kms_external_key', { ...awsExternal, ...primaryOrSingle }],
  ['aws_kms_replica_key', awsReplica],
  ['aws_kms_replica_external_key', { ...awsExternal, ...replica }],
  ['awscc_kms_key', awsccKey],
  ['awscc_kms_replica_key', { ...awscc, ...replica }],
]);
