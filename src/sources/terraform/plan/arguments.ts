import type { AttributeName } from '../../../model/attributes.ts';

/** Arguments by the attribute that they set (terraform-provider-aws and terraform-provider-awscc, resource schemas). */
const ATTRIBUTES: ReadonlyMap<string, AttributeName> = new Map([
  ['customer_master_key_spec', 'keySpec'],
  ['key_spec', 'keySpec'],
  ['key_usage', 'keyUsage'],
  ['origin', 'origin'],
  ['custom_key_store_id', 'customKeyStoreId'],
  ['xks_key_id', 'xksKeyId'],
  ['multi_region', 'multiRegion'],
  ['primary_key_arn', 'primaryKeyArn'],
  ['description', 'description'],
  ['is_enabled', 'enabled'],
  ['enabled', 'enabled'],
  ['enable_key_rotation', 'rotationEnabled'],
  ['rotation_period_in_days', 'rotationPeriodDays'],
  ['policy', 'policy'],
  ['key_policy', 'policy'],
  ['tags', 'tags'],
  ['tags_all', 'tags'],
]);

/** A name as provider schemas have them: what else stands there is no argument, and might be anything. */
const ARGUMENT = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * The attributes that `replace_paths` name, in our words, Terraform's where we have none. Of a path within an argument
 * (`["tags", "name"]`) the argument counts.
 */
export function forcing(paths: readonly (readonly unknown[])[]): string[] {
  const names = paths.flatMap(([argument]) =>
    typeof argument === 'string' && ARGUMENT.test(argument) ? [ATTRIBUTES.get(argument) ?? argument] : [],
  );
  return [...new Set(names)].sort();
}
