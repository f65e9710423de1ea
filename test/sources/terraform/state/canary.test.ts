import { describe, expect, it } from '@jest/globals';
import { OUR_TYPES } from '../../../../src/sources/terraform/state/our-types.ts';
import { ARN, type Fields, KEY_ID, LINEAGE, parsed, readable } from './state-text.ts';

const CANARY = 'c4n4ry';

/** What may leave of an instance, with values as providers write them: the attributes of our vocabulary. */
const LEAVING: Fields = {
  arn: ARN,
  id: KEY_ID,
  key_id: KEY_ID,
  region: 'eu-west-1',
  description: 'orders',
  policy: '{}',
  key_policy: '{}',
  key_spec: 'SYMMETRIC_DEFAULT',
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  enabled: true,
  is_enabled: true,
  enable_key_rotation: true,
  key_rotation_enabled: true,
  rotation_period_in_days: 90,
  deletion_window_in_days: 7,
  multi_region: false,
  primary_key_arn: ARN,
  custom_key_store_id: 'cks-1',
  xks_key_id: 'xks-1',
  valid_to: '2027-01-01T00:00:00Z',
  target_key_arn: ARN,
  target_key_id: KEY_ID,
};

/** The names of aliases and stores are said; those of other types mean nothing to us. */
const NAMES: Readonly<Record<string, Fields>> = {
  aws_kms_alias: { name: 'alias/orders' },
  awscc_kms_alias: { alias_name: 'alias/orders' },
  aws_kms_custom_key_store: { custom_key_store_name: 'vault', id: 'cks-1', custom_key_store_id: 'cks-1' },
};

/** All other attributes that any of our types has (schemas of the AWS provider 5.100), and what may come. */
const STAYING = [
  ...[
    'aws_account_id',
    'bypass_policy_lockout_safety_check',
    'bypass_policy_lockout_safety_check',
    'cloud_hsm_cluster_id',
  ],
  ...[
    'connection_state',
    'creation_date',
    'custom_key_store_type',
    'deletion_date',
    'expiration_model',
    'grant_tokens',
  ],
  ...['key_manager', 'key_material_base64', 'key_state', 'key_store_password', 'name_prefix'],
  ...['pending_deletion_window_in_days', 'pending_window_in_days', 'timeouts', 'trust_anchor_certificate'],
  ...['xks_proxy_authentication_credential', 'xks_proxy_connectivity', 'xks_proxy_uri_endpoint', 'xks_proxy_uri_path'],
  ...['xks_proxy_vpc_endpoint_service_name', 'key_material_wo', 'an_attribute_to_come', '__proto__', 'constructor'],
];

const FORMS: readonly (readonly [string, unknown])[] = [
  ['text', CANARY],
  ['a list', [CANARY, { [CANARY]: [CANARY] }]],
  ['a block', [{ access_key_id: CANARY, raw_secret_access_key: CANARY, id: CANARY, [CANARY]: CANARY }]],
];

const around = {
  outputs: { [CANARY]: { value: CANARY, type: 'string', sensitive: true } },
  check_results: [CANARY],
  [CANARY]: CANARY,
};
const beside = {
  private: CANARY,
  dependencies: [CANARY],
  create_before_destroy: CANARY,
  identity: { id: CANARY },
  [CANARY]: CANARY,
};

const planted = (type: string, value: unknown): Fields =>
  Object.fromEntries([
    ...Object.entries({ ...LEAVING, ...NAMES[type] }),
    ...['tags', 'tags_all'].map((name) => [name, { Team: 'payments' }]),
    ...STAYING.map((name) => [name, value]),
    ['multi_region_configuration', [{ multi_region_key_type: 'PRIMARY', replica_keys: value }]],
    ['xks_key_configuration', [{ id: 'xks-1', secret: value }]],
    ...(type in NAMES ? [] : [['name', value]]),
  ]);

/** A state that holds `attributes` and as much else as Terraform writes, in each of the forms that are read. */
const STATES: readonly (readonly [string, (type: string, mode: string, attributes: Fields) => Fields])[] = [
  [
    'version 4',
    (type, mode, attributes) => {
      const resource = { mode, type, name: 'orders', provider: CANARY, each: CANARY };
      const instances = [{ schema_version: 0, attributes, sensitive_attributes: [], ...beside }];
      const other = { ...resource, type: `${type}_${CANARY}`, instances: [{ attributes: { [CANARY]: CANARY } }] };
      return { version: 4, serial: 1, lineage: LINEAGE, resources: [{ ...resource, instances }, other], ...around };
    },
  ],
  [
    'version 3',
    (type, mode, attributes) => {
      const flat = Object.fromEntries(
        Object.entries(attributes).flatMap(([name, value]): [string, unknown][] => {
          if (typeof value !== 'object' || value === null) return [[name, String(value)]];
          return [
            [`${name}.#`, CANARY],
            ...Object.entries(value).map(([key, each]): [string, unknown] => [`${name}.0.${key}`, each]),
          ];
        }),
      );
      const tags = { 'tags.%': '1', 'tags.Team': 'payments' };
      const withoutTags = Object.entries(flat).filter(([name]) => !name.startsWith('tags'));
      const primary = {
        id: KEY_ID,
        attributes: { ...Object.fromEntries(withoutTags), ...tags },
        meta: { [CANARY]: CANARY },
        ...beside,
      };
      const key = `${mode === 'data' ? 'data.' : ''}${type}.orders`;
      const resources = {
        [key]: { type, primary, provider: CANARY, deposed: [] },
        [`x.${CANARY}`]: { type: CANARY, primary },
      };
      return {
        version: 3,
        serial: 1,
        lineage: LINEAGE,
        modules: [{ path: ['root'], resources, ...around }],
        ...around,
      };
    },
  ],
  [
    'show -json',
    (type, mode, values) => {
      const resource = {
        address: CANARY,
        mode,
        type,
        name: 'orders',
        provider_name: CANARY,
        values,
        sensitive_values: {},
        ...beside,
      };
      const root_module = { resources: [resource, { ...resource, type: CANARY }], ...around };
      return { format_version: '1.0', values: { root_module, ...around }, ...around };
    },
  ],
];

const CASES = STATES.flatMap(([form, stateOf]) =>
  [...OUR_TYPES].flatMap((type) =>
    ['managed', 'data'].flatMap((mode) => FORMS.map(([how, value]) => ({ form, type, mode, how, stateOf, value }))),
  ),
);

describe('a secret in any attribute that has no name in our vocabulary, and in all that is around', () => {
  it.each(CASES)('stays in a state: $form, $mode $type, $how', ({ type, mode, value, stateOf }) => {
    const document = stateOf(type, mode, planted(type, value));
    expect(JSON.stringify(document)).toContain(CANARY);
    const state = readable(document);
    expect(state.facts.length + state.gaps.length).toBe(1);
    expect(JSON.stringify(state)).not.toContain(CANARY);
  });

  it.each(CASES)('stays in a state that is cut: $form, $mode $type, $how', ({ type, mode, value, stateOf }) => {
    const text = JSON.stringify(stateOf(type, mode, planted(type, value)));
    for (const part of [0.3, 0.6, 0.9]) {
      const cut = parsed(text.slice(0, text.length * part));
      expect(cut.kind).toBe('unreadable');
      expect(JSON.stringify(cut)).not.toContain(CANARY);
    }
  });

  it.each([
    { version: 3, deployment: { secrets_providers: CANARY, [CANARY]: CANARY } },
    { version: 3, checkpoint: { [CANARY]: CANARY }, [CANARY]: CANARY },
    { format_version: '1.0', planned_values: CANARY, [CANARY]: CANARY },
    { format_version: '1.0', [CANARY]: CANARY },
    {
      format_version: '1.0',
      values: { root_module: { [CANARY]: CANARY, resources: CANARY, child_modules: [CANARY] } },
    },
    { format_version: '1.0', values: { root_module: { child_modules: [{ address: CANARY }] } } },
    { version: 3, modules: [{ path: ['root', `${CANARY} `], resources: {} }] },
    { version: 3, modules: [{ path: ['root'], resources: { [CANARY]: { type: 'aws_kms_key', primary: CANARY } } }] },
    {
      version: 3,
      modules: [
        { path: ['root'], resources: { 'aws_kms_key.x': { type: 'aws_kms_key', primary: CANARY, deposed: CANARY } } },
      ],
    },
    { version: 3, modules: CANARY, lineage: LINEAGE },
    { version: 4, resources: [{ type: 'aws_kms_key', mode: CANARY, name: 'x', instances: [] }] },
    { lineage: LINEAGE, encrypted_data: CANARY, meta: CANARY },
  ])('stays in what is refused or damaged: %j', (document) => {
    expect(JSON.stringify(parsed(document))).not.toContain(CANARY);
  });
});
