import { describe, expect, it } from '@jest/globals';
import { factSchema } from '../../../../src/model/facts.ts';
import { ARN, type Fields, instance, KEY_ID, LINEAGE, READ_AT, readable, resource, stateOf } from './state-text.ts';

const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const ORIGIN = { source: 'terraform.tfstate', lineage: LINEAGE, serial: 4, errored: false, readAt: READ_AT };

const factsOf = (type: string, attributes: Fields, { mode = 'managed', ...fields }: Fields = {}) =>
  readable(stateOf([resource(type, { mode }, instance(attributes, fields))]));

describe('aws_kms_key_policy', () => {
  const policy = (attributes: Fields, fields: Fields = {}) => factsOf('aws_kms_key_policy', attributes, fields);

  it.each([
    [{ id: KEY_ID, key_id: KEY_ID }, null, KEY_ID],
    [{ id: ARN, key_id: ARN }, ARN, KEY_ID],
    [{ id: KEY_ID, key_id: ARN }, ARN, KEY_ID],
    [{ id: ARN }, ARN, KEY_ID],
  ])('of the key that %j names', (named, keyArn, keyId) => {
    const { facts, gaps } = policy({ ...named, policy: POLICY });
    expect(gaps).toEqual([]);
    expect(facts).toEqual([
      { kind: 'state-policy', address: 'aws_kms_key_policy.orders', keyArn, keyId, policy: POLICY, ...ORIGIN },
    ]);
    expect(factSchema.parse(facts[0])).toEqual(facts[0]);
  });

  it.each<[string, Fields, string]>([
    [
      'marked sensitive',
      { sensitive_attributes: [[{ type: 'get_attr', value: 'policy' }]] },
      'marked sensitive in the state',
    ],
    ['wholly sensitive', { sensitive_attributes: [[]] }, 'marked sensitive in the state'],
    ['marked in no way that is known', { sensitive_attributes: 'x' }, 'what the state marks sensitive cannot be read'],
  ])('%s is Unknown', (_, fields, unknownPolicy) => {
    const { facts } = policy({ id: KEY_ID, key_id: KEY_ID, policy: POLICY }, fields);
    expect(facts).toMatchObject([{ keyId: KEY_ID, policy: null, unknownPolicy }]);
    expect(JSON.stringify(facts)).not.toContain('2012');
  });

  it.each([
    [null, 'the state has no policy there'],
    ['', 'the state has no policy there'],
    [{ Version: '2012-10-17' }, 'policy is not text in the state'],
  ])('that is %j is Unknown', (text, unknownPolicy) => {
    expect(policy({ id: KEY_ID, key_id: KEY_ID, policy: text }).facts).toMatchObject([{ policy: null, unknownPolicy }]);
  });

  it('that names no key leaves the state covered in part', () => {
    expect(policy({ id: 'alias/orders', policy: POLICY })).toMatchObject({
      facts: [{ keyArn: null, keyId: null }],
      gaps: ['aws_kms_key_policy.orders names no key'],
    });
  });

  it('is no data source', () => {
    expect(policy({ id: KEY_ID }, { mode: 'data' })).toMatchObject({
      facts: [],
      gaps: ['data.aws_kms_key_policy.orders is a data source that keydrift does not know'],
    });
  });
});

describe('aws_kms_custom_key_store', () => {
  const STORE = 'cks-1234567890abcdef0';

  it.each([
    ['managed', { id: STORE, custom_key_store_name: 'vault' }, 'vault', null],
    ['managed', { id: STORE, custom_key_store_name: '', region: 'eu-west-1' }, null, 'eu-west-1'],
    ['data', { id: STORE, custom_key_store_id: STORE, custom_key_store_name: 'vault' }, 'vault', null],
    ['data', { custom_key_store_id: STORE }, null, null],
  ])('%s with %j', (mode, attributes, name, region) => {
    const { facts, gaps } = factsOf('aws_kms_custom_key_store', attributes, { mode });
    const address = `${mode === 'data' ? 'data.' : ''}aws_kms_custom_key_store.orders`;
    expect(gaps).toEqual([]);
    expect(facts).toEqual([{ kind: 'state-key-store', address, mode, id: STORE, name, region, ...ORIGIN }]);
    expect(factSchema.parse(facts[0])).toEqual(facts[0]);
  });

  it('without an id leaves the state covered in part', () => {
    expect(factsOf('aws_kms_custom_key_store', { custom_key_store_name: 'vault' })).toMatchObject({
      facts: [],
      gaps: ['aws_kms_custom_key_store.orders has no id'],
    });
  });
});
