import { describe, expect, it } from '@jest/globals';
import { ARN, aliasesIn, type Fields, instance, KEY_ID, keysIn, REPLICA_ARN, resource } from './state-text.ts';

const MARKED = 'marked sensitive in the state';
const UNREADABLE = 'what the state marks sensitive cannot be read';
const ATTRIBUTES = {
  arn: ARN,
  id: KEY_ID,
  key_id: KEY_ID,
  region: 'eu-west-1',
  description: 'orders',
  policy: '{}',
  is_enabled: true,
  tags: { Name: 'orders' },
  tags_all: { Name: 'orders', Team: 'payments' },
};

const attribute = (value: unknown) => ({ type: 'get_attr', value });
const element = (value: string) => ({ type: 'index', value: { value, type: 'string' } });

function keyMarked(sensitive_attributes: unknown, attributes: Fields = {}, type = 'aws_kms_key') {
  const [key] = keysIn(resource(type, {}, instance({ ...ATTRIBUTES, ...attributes }, { sensitive_attributes })));
  if (key === undefined) throw new Error('no key');
  return key;
}

describe('what the state marks sensitive is Unknown', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['nothing', [], []],
    ['nothing, in states from before Terraform 0.14', undefined, []],
    ['nothing, as null', null, []],
    ['an attribute', [[attribute('description')]], ['description']],
    ['several', [[attribute('description')], [attribute('policy')]], ['description', 'policy']],
    ['the tags', [[attribute('tags')]], ['tags']],
    ['one tag', [[attribute('tags'), element('Name')]], ['tags']],
    ['one tag of all', [[attribute('tags_all'), element('Team')]], ['tags']],
    ['a number', [[attribute('is_enabled')]], ['enabled']],
    ['what has no name in our vocabulary', [[attribute('key_material_base64')]], []],
    ['identifiers, which say what key it is', ['arn', 'id', 'key_id', 'region'].map((name) => [attribute(name)]), []],
  ])('%s', (_, marks, names) => {
    const key = keyMarked(marks);
    expect(key).toMatchObject({ arn: ARN, keyId: KEY_ID, region: 'eu-west-1' });
    expect(key.unknown).toEqual(Object.fromEntries(names.map((name) => [name, MARKED])));
    for (const name of names) expect(key.attributes).not.toHaveProperty(name);
  });

  it('whether it is set or not', () => {
    const marks = [[attribute('description')], [attribute('custom_key_store_id')]];
    expect(keyMarked(marks, { description: '' }).unknown).toEqual({
      description: MARKED,
      customKeyStoreId: MARKED,
      origin: MARKED,
    });
  });

  it('as a whole instance, but for what says which key it is', () => {
    const { attributes, unknown } = keyMarked([[]], { multi_region: false });
    expect(attributes).toEqual({});
    expect(new Set(Object.values(unknown))).toEqual(new Set([MARKED]));
    expect(Object.keys(unknown)).toEqual(expect.arrayContaining(['description', 'enabled', 'multiRegion', 'tags']));
  });

  it.each([
    ['text', 'description'],
    ['an object', { description: true }],
    ['names', ['description']],
    ['a step of another type', [[{ type: 'splat', value: 'description' }]]],
    ['a step without a name', [[attribute(7)]]],
    ['a path that begins with an element', [[element('description')]]],
  ])('and everything is where the marks are %s: Terraform would refuse them', (_, marks) => {
    const key = keyMarked(marks);
    expect(key).toMatchObject({ arn: ARN, keyId: KEY_ID, attributes: {} });
    expect(new Set(Object.values(key.unknown))).toEqual(new Set([UNREADABLE]));
  });

  it.each([
    ['awscc_kms_key', 'key_policy', 'policy'],
    ['awscc_kms_key', 'tags', 'tags'],
    ['aws_kms_replica_key', 'primary_key_arn', 'primaryKeyArn'],
  ])('in %s, %s', (type, name, said) => {
    const key = keyMarked([[attribute(name)]], { [name]: REPLICA_ARN }, type);
    expect(key.unknown).toMatchObject({ [said]: MARKED });
  });

  it('in flat attributes too', () => {
    const flat = { arn: ARN, id: KEY_ID, description: 'orders', 'tags.%': '1', 'tags.Name': 'orders' };
    const sensitive_attributes = [[attribute('description')], [attribute('tags'), element('Name')]];
    const [key] = keysIn(resource('aws_kms_key', {}, { attributes_flat: flat, sensitive_attributes }));
    expect(key).toMatchObject({ arn: ARN, unknown: { description: MARKED, tags: MARKED } });
  });

  it('but an alias keeps its name and its key', () => {
    const attributes = { name: 'alias/orders', id: 'alias/orders', target_key_arn: ARN, target_key_id: KEY_ID };
    const sensitive_attributes = Object.keys(attributes).map((name) => [attribute(name)]);
    expect(aliasesIn(resource('aws_kms_alias', {}, instance(attributes, { sensitive_attributes })))).toMatchObject([
      { name: 'alias/orders', targetKeyArn: ARN },
    ]);
  });
});
