import { ATTRIBUTE_NAMES, type AttributeName } from '../model/attributes.ts';

/** As the schemas of most key resources spell them (terraform-provider-aws, internal/service/kms; awscc_kms_key). */
const ARGUMENTS: Readonly<Record<AttributeName, string>> = {
  keySpec: 'key_spec',
  keyUsage: 'key_usage',
  origin: 'origin',
  customKeyStoreId: 'custom_key_store_id',
  xksKeyId: 'xks_key_id',
  multiRegion: 'multi_region',
  multiRegionRole: 'multi_region',
  primaryKeyArn: 'primary_key_arn',
  description: 'description',
  enabled: 'enabled',
  rotationEnabled: 'enable_key_rotation',
  rotationPeriodDays: 'rotation_period_in_days',
  policy: 'policy',
  tags: 'tags',
};

/** Where a type has its own name for one. */
const OWN: Readonly<Record<string, Partial<Record<AttributeName, string>>>> = {
  aws_kms_key: { keySpec: 'customer_master_key_spec', enabled: 'is_enabled' },
  awscc_kms_key: { policy: 'key_policy' },
  awscc_kms_replica_key: { policy: 'key_policy' },
};

/** What to write in a block of this type; a name that is none of our attributes is an argument already. */
export function argumentName(resourceType: string, attribute: string): string {
  const ours = ATTRIBUTE_NAMES.find((name) => name === attribute);
  if (ours === undefined) return attribute;
  return (Object.hasOwn(OWN, resourceType) ? OWN[resourceType]?.[ours] : undefined) ?? ARGUMENTS[ours];
}
