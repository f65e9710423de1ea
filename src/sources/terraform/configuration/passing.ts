/** Which arguments and nested blocks of a resource count. */
export interface Leaving {
  readonly counts: (resourceType: string, name: string) => boolean;
}

/** Of data sources, and where anything that changes counts. */
export const EVERYTHING: Leaving = { counts: () => true };

/** How a resource is made, and not what comes of it. */
const MAKING: ReadonlySet<string> = new Set(['depends_on', 'timeouts', 'connection', 'provisioner']);

/** What changes in place leaves what others know of a resource as it is: of most types only so much is known. */
const IN_PLACE: ReadonlySet<string> = new Set([
  ...MAKING,
  'tags',
  'tags_all',
  'description',
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

/** What an attribute may follow from that nobody sets: a version counts every update, tags_all holds tags. */
const COMPUTED: Leaving = { counts: (_, name) => !MAKING.has(name) };

/** Attributes that tell one resource from another, and stay as long as it does. */
const IDENTITY: ReadonlySet<string> = new Set(['id', 'arn', 'key_id', 'name']);

/** What counts for those who refer to an attribute that is no argument; undefined where it is not known which. */
export const leavingOf = (attribute: string | undefined): Leaving =>
  attribute === undefined || IDENTITY.has(attribute) ? PASSING : COMPUTED;

/** Arguments of `lifecycle` by which a resource becomes another, or something else of it counts. */
export const LIFECYCLE: ReadonlySet<string> = new Set(['replace_triggered_by', 'ignore_changes', 'enabled']);
