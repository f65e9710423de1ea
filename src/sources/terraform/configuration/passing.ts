/** Which arguments and nested blocks of a resource count. */
export interface Leaving {
  readonly counts: (resourceType: string, name: string) => boolean;
}

/** Of data sources, and where anything that changes counts. */
export const EVERYTHING: Leaving = { counts: () => true };

/** What changes in place leaves what others know of a resource as it is: of most types only so much is known. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'tags',
  'tags_all',
  'description',
  'depends_on',
  'lifecycle',
  'timeouts',
  'connection',
  'provisioner',
  // Of custom key stores (terraform-provider-aws, custom_key_store.go).
  'custom_key_store_name',
  'key_store_password',
  'xks_proxy_authentication_credential',
]);

/** Another key comes of these alone (provider schemas). */
const OF_KEYS: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'region',
  'provider',
  'customer_master_key_spec',
  'key_spec',
  'key_usage',
  'custom_key_store_id',
  'xks_key_id',
  'multi_region',
  'origin',
  'primary_key_arn',
  'key_material_base64',
]);

/** What makes a resource another one for those who refer to it. */
export const PASSING: Leaving = {
  counts: (type, name) => (/^(?:aws|awscc)_kms_.*key$/.test(type) ? OF_KEYS.has(name) : !IN_PLACE.has(name)),
};
