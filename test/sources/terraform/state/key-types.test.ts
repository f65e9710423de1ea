import { describe, expect, it } from '@jest/globals';
import { ARN, type Fields, KEY_ID, keyOf, MRK_ID, PRIMARY_ARN, REPLICA_ARN } from './state-text.ts';

const POLICY = '{"Version":"2012-10-17","Statement":[]}';

const awsCommon = {
  description: 'orders',
  key_usage: 'ENCRYPT_DECRYPT',
  policy: POLICY,
  tags: { Name: 'orders' },
  tags_all: { Name: 'orders', Team: 'payments', 'aws:cloudformation:stack-name': 'x' },
};
const TAGS = { Name: 'orders', Team: 'payments' };
const single = { arn: ARN, id: KEY_ID, multi_region: false };
const SINGLE = { multiRegion: false, multiRegionRole: null, primaryKeyArn: null };
const REPLICA = { multiRegion: true, multiRegionRole: 'REPLICA', primaryKeyArn: PRIMARY_ARN };
const COMMON = { description: 'orders', keyUsage: 'ENCRYPT_DECRYPT', policy: POLICY, tags: TAGS };

const key = {
  ...awsCommon,
  ...single,
  key_id: KEY_ID,
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  is_enabled: true,
};
const KEY = { ...COMMON, ...SINGLE, keySpec: 'SYMMETRIC_DEFAULT', enabled: true };
const replica = {
  ...awsCommon,
  arn: REPLICA_ARN,
  id: MRK_ID,
  key_id: MRK_ID,
  primary_key_arn: PRIMARY_ARN,
  enabled: true,
};
const awscc = {
  arn: ARN,
  id: KEY_ID,
  key_id: KEY_ID,
  description: 'orders',
  enabled: true,
  key_policy: POLICY,
  tags: [
    { key: 'Name', value: 'orders' },
    { key: 'Team', value: 'payments' },
    { key: 'aws:cloudformation:stack-name', value: 'x' },
  ],
};

const cases: readonly (readonly [type: string, is: string, attributes: Fields, expected: Fields])[] = [
  [
    'aws_kms_key',
    'a key with rotation',
    { ...key, custom_key_store_id: '', xks_key_id: '', enable_key_rotation: true, rotation_period_in_days: 365 },
    {
      ...KEY,
      origin: 'AWS_KMS',
      customKeyStoreId: null,
      xksKeyId: null,
      rotationEnabled: true,
      rotationPeriodDays: 365,
    },
  ],
  [
    'aws_kms_key',
    'a key in a CloudHSM key store, where there is no rotation to have a period',
    { ...key, custom_key_store_id: 'cks-1', enable_key_rotation: false, rotation_period_in_days: 0 },
    {
      ...KEY,
      origin: 'AWS_CLOUDHSM',
      customKeyStoreId: 'cks-1',
      xksKeyId: null,
      rotationEnabled: false,
      rotationPeriodDays: null,
    },
  ],
  [
    'aws_kms_key',
    'a key in an external key store, disabled',
    { ...key, custom_key_store_id: 'cks-2', xks_key_id: 'xks-1', is_enabled: false },
    { ...KEY, enabled: false, origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-2', xksKeyId: 'xks-1' },
  ],
  [
    'aws_kms_key',
    'a multi-Region primary with a period that old providers do not know',
    { ...key, arn: PRIMARY_ARN, id: MRK_ID, key_id: MRK_ID, multi_region: true, enable_key_rotation: true },
    {
      ...KEY,
      multiRegion: true,
      multiRegionRole: 'PRIMARY',
      primaryKeyArn: PRIMARY_ARN,
      origin: 'AWS_KMS',
      customKeyStoreId: null,
      xksKeyId: null,
      rotationEnabled: true,
    },
  ],
  [
    'aws_kms_external_key',
    'provider 5, which has no spec',
    { ...awsCommon, ...single, enabled: true },
    { ...COMMON, ...SINGLE, enabled: true, origin: 'EXTERNAL' },
  ],
  [
    'aws_kms_external_key',
    'provider 6, a multi-Region primary',
    { ...awsCommon, arn: PRIMARY_ARN, id: MRK_ID, multi_region: true, enabled: false, key_spec: 'RSA_2048' },
    {
      ...COMMON,
      keySpec: 'RSA_2048',
      origin: 'EXTERNAL',
      enabled: false,
      multiRegion: true,
      multiRegionRole: 'PRIMARY',
      primaryKeyArn: PRIMARY_ARN,
    },
  ],
  [
    'aws_kms_replica_key',
    'a replica',
    { ...replica, key_spec: 'SYMMETRIC_DEFAULT', key_rotation_enabled: true },
    { ...COMMON, ...REPLICA, keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS', enabled: true, rotationEnabled: true },
  ],
  ['aws_kms_replica_external_key', 'a replica', replica, { ...COMMON, ...REPLICA, origin: 'EXTERNAL', enabled: true }],
  [
    'awscc_kms_key',
    'a key as CloudFormation names it',
    {
      ...awscc,
      key_spec: 'ECC_NIST_P256',
      key_usage: 'SIGN_VERIFY',
      origin: 'AWS_KMS',
      multi_region: false,
      enable_key_rotation: true,
      rotation_period_in_days: 90,
    },
    {
      ...COMMON,
      ...SINGLE,
      keySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      origin: 'AWS_KMS',
      enabled: true,
      rotationEnabled: true,
      rotationPeriodDays: 90,
    },
  ],
  [
    'awscc_kms_replica_key',
    'a replica',
    { ...awscc, arn: REPLICA_ARN, id: MRK_ID, key_id: MRK_ID, primary_key_arn: PRIMARY_ARN },
    { description: 'orders', policy: POLICY, tags: TAGS, enabled: true, ...REPLICA },
  ],
];

describe('what each key type says', () => {
  it.each(cases)('%s: %s', (type, _, attributes, expected) => {
    const { attributes: said, unknown, arn, keyId, status, mode, resourceType } = keyOf(type, attributes);
    expect(said).toEqual(expected);
    expect(unknown).toEqual({});
    expect({ arn, keyId, status, mode, resourceType }).toEqual({
      arn: attributes['arn'],
      keyId: attributes['id'],
      status: 'current',
      mode: 'managed',
      resourceType: type,
    });
  });

  it.each(['aws_kms_key', 'awscc_kms_key'])('data.%s is no management', (type) => {
    expect(keyOf(type, single, { mode: 'data' })).toMatchObject({
      mode: 'data',
      arn: ARN,
      address: `data.${type}.orders`,
    });
  });

  it('data.aws_kms_key says what DescribeKey said, and nothing of tags, policy and rotation', () => {
    const fact = keyOf(
      'aws_kms_key',
      {
        arn: REPLICA_ARN,
        id: MRK_ID,
        key_id: 'alias/orders',
        key_spec: 'SYMMETRIC_DEFAULT',
        key_usage: 'ENCRYPT_DECRYPT',
        origin: 'EXTERNAL_KEY_STORE',
        custom_key_store_id: 'cks-2',
        xks_key_configuration: [{ id: 'xks-1' }],
        description: 'orders',
        enabled: true,
        multi_region: true,
        multi_region_configuration: [
          {
            multi_region_key_type: 'REPLICA',
            primary_key: [{ arn: PRIMARY_ARN, region: 'eu-west-1' }],
            replica_keys: [],
          },
        ],
        valid_to: '2027-01-01T00:00:00Z',
      },
      { mode: 'data' },
    );
    expect(fact).toMatchObject({ keyId: MRK_ID, validTo: '2027-01-01T00:00:00.000Z' });
    expect(fact.attributes).toEqual({
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      origin: 'EXTERNAL_KEY_STORE',
      customKeyStoreId: 'cks-2',
      xksKeyId: 'xks-1',
      description: 'orders',
      enabled: true,
      ...REPLICA,
    });
  });

  it.each([
    ['2027-01-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T02:00:00+02:00', '2027-01-01T00:00:00.000Z'],
    ['', null],
    [null, null],
    ['next year', null],
    [17, null],
  ])('material valid to %j expires %j', (validTo, expected) => {
    expect(keyOf('aws_kms_external_key', { ...single, valid_to: validTo }).validTo).toBe(expected);
  });

  it("provider 6 says the resource's own Region", () => {
    expect(keyOf('aws_kms_key', { ...key, region: 'us-east-1' }).region).toBe('us-east-1');
    expect(keyOf('aws_kms_key', key).region).toBeNull();
  });
});

describe('attributes that are not set', () => {
  it.each([
    ['""', ''],
    ['null', null],
    ['absent', undefined],
  ])('%s means the same as the others', (_, unset) => {
    const { attributes, unknown } = keyOf('aws_kms_key', {
      ...single,
      custom_key_store_id: unset,
      xks_key_id: unset,
      description: unset,
      policy: unset,
      customer_master_key_spec: unset,
      is_enabled: unset,
      tags: unset ?? undefined,
      tags_all: unset ?? undefined,
    });
    const { tags, ...rest } = attributes;
    expect(rest).toEqual({ ...SINGLE, origin: 'AWS_KMS', customKeyStoreId: null, xksKeyId: null, description: '' });
    expect(Object.keys(unknown)).toEqual(unset === '' ? ['tags'] : []);
    expect(tags).toEqual(unset === '' ? undefined : {});
  });

  it('tags stand in for tags_all in states of old providers', () => {
    expect(keyOf('aws_kms_key', { ...single, tags: { Name: 'orders' } }).attributes.tags).toEqual({ Name: 'orders' });
  });

  it('a rotation period of 0 is one that the provider did not learn', () => {
    const { attributes } = keyOf('aws_kms_key', { ...single, enable_key_rotation: true, rotation_period_in_days: 0 });
    expect(attributes.rotationEnabled).toBe(true);
    expect(attributes).not.toHaveProperty('rotationPeriodDays');
  });

  it('an empty tags_all is a known absence of tags', () => {
    expect(keyOf('aws_kms_key', { ...single, tags: null, tags_all: {} }).attributes.tags).toEqual({});
  });
});

describe('attributes of a form that no provider writes', () => {
  it.each([
    ['aws_kms_key', { is_enabled: 'yes' }, { enabled: 'is_enabled is not true or false in the state' }],
    ['aws_kms_key', { description: ['x'] }, { description: 'description is not text in the state' }],
    [
      'aws_kms_key',
      { enable_key_rotation: true, rotation_period_in_days: 1.5 },
      { rotationPeriodDays: 'rotation_period_in_days is not a whole number in the state' },
    ],
    [
      'aws_kms_key',
      { custom_key_store_id: 1 },
      {
        customKeyStoreId: 'custom_key_store_id is not text in the state',
        origin: 'custom_key_store_id is not text in the state',
      },
    ],
    [
      'aws_kms_key',
      { multi_region: 'true' },
      {
        multiRegion: 'multi_region is not true or false in the state',
        multiRegionRole: 'multi_region is not true or false in the state',
        primaryKeyArn: 'multi_region is not true or false in the state',
      },
    ],
    ['aws_kms_key', { tags_all: { Name: 7 } }, { tags: 'tags_all is no set of tags in the state' }],
    ['aws_kms_key', { tags_all: 'Name' }, { tags: 'tags_all is no set of tags in the state' }],
    ['awscc_kms_key', { tags: { Name: 'orders' } }, { tags: 'tags is no set of tags in the state' }],
    ['awscc_kms_key', { tags: [{ key: 'Name' }] }, { tags: 'tags is no set of tags in the state' }],
    ['awscc_kms_key', { key_policy: { Version: '2012-10-17' } }, { policy: 'key_policy is not text in the state' }],
  ])('%s %j is Unknown with its reason', (type, wrong, unknown) => {
    const fact = keyOf(type, { ...single, ...wrong });
    expect(fact.unknown).toEqual(unknown);
    for (const name of Object.keys(unknown)) expect(fact.attributes).not.toHaveProperty(name);
    expect(fact.arn).toBe(ARN);
  });

  it('a tag whose name is __proto__ is a tag like any other', () => {
    const tags = JSON.parse('{"__proto__":"x","constructor":"y"}');
    const { attributes } = keyOf('aws_kms_key', { ...single, tags_all: tags });
    expect(Object.entries(attributes.tags ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});
