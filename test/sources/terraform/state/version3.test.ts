import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { factSchema } from '../../../../src/model/facts.ts';
import { ARN, type Fields, KEY_ID, LINEAGE, readable } from './state-text.ts';

const REAL = new URL('../../../fixtures/state/terraform-0.11-version-3.tfstate', import.meta.url);

const primary = (fields: Fields = {}): Fields => ({
  id: KEY_ID,
  attributes: { arn: ARN, id: KEY_ID, key_id: KEY_ID },
  meta: {},
  tainted: false,
  ...fields,
});
const legacy = (type: string, fields: Fields = {}): Fields => ({
  type,
  depends_on: [],
  primary: primary(),
  deposed: [],
  provider: 'provider.aws',
  ...fields,
});
const moduleOf = (resources: unknown, path: unknown = ['root']): Fields => ({
  path,
  outputs: {},
  resources,
  depends_on: [],
});
const version3 = (modules: unknown, fields: Fields = {}): Fields => ({
  version: 3,
  terraform_version: '0.11.15',
  serial: 9,
  lineage: LINEAGE,
  modules,
  ...fields,
});

describe('a version 3 state', () => {
  it('gives every key and alias with address, status, identity and values of their types', async () => {
    const state = readable(await readFile(REAL));
    expect(state).toMatchObject({ serial: 9, terraformVersion: '0.11.15', gaps: [], diagnostics: [] });
    const told = state.facts.map((fact) => {
      if (fact.kind !== 'state') return ['address' in fact ? fact.address : '', fact.kind];
      const { enabled, rotationEnabled, tags } = fact.attributes;
      return [
        fact.address,
        fact.status,
        fact.keyId?.slice(-4),
        enabled,
        rotationEnabled,
        fact.deletionWindowInDays,
        tags,
      ];
    });
    expect(told).toEqual([
      ['aws_kms_alias.orders', 'state-alias'],
      ['aws_kms_key.orders', 'current', '9001', true, true, 7, { Team: 'payments' }],
      ['aws_kms_key.orders', 'deposed', '9008', undefined, undefined, null, {}],
      ['aws_kms_key.signing[0]', 'tainted', '9004', false, false, null, {}],
      ['aws_kms_key.signing[1]', 'current', '9005', undefined, undefined, null, {}],
      ['data.aws_kms_key.orders', 'current', '9001', true, undefined, null, undefined],
      ['module.nested.module.vault.aws_kms_external_key.imported', 'current', '9002', true, undefined, 30, {}],
    ]);
    expect(JSON.stringify(state)).not.toContain('c4n4ry');
    for (const fact of state.facts) expect(factSchema.parse(fact)).toEqual(fact);
  });

  it('without resources is complete and empty', () => {
    expect(readable(version3([]))).toMatchObject({ facts: [], gaps: [], lineage: LINEAGE, serial: 9 });
    expect(readable(version3([moduleOf({})]))).toMatchObject({ facts: [], gaps: [] });
  });

  it('knows a key by the id of its instance where that has no attributes', () => {
    const { facts } = readable(
      version3([moduleOf({ 'aws_kms_key.orders': legacy('aws_kms_key', { primary: primary({ attributes: null }) }) })]),
    );
    expect(facts).toMatchObject([{ arn: null, keyId: KEY_ID }]);
  });

  it('has no instance where there is no primary and nothing deposed', () => {
    const gone = legacy('aws_kms_key', { primary: null });
    expect(readable(version3([moduleOf({ 'aws_kms_key.orders': gone })]))).toMatchObject({ facts: [], gaps: [] });
  });

  it.each<[string, unknown, string]>([
    ['a module that is none', 7, 'modules[0].resources is not what a version 3 state has there'],
    ['a module without resources', moduleOf(undefined), 'modules[0].resources is not what a version 3 state has there'],
    ['a list of resources', moduleOf([]), 'modules[0].resources is not what a version 3 state has there'],
    ['no path', moduleOf({}, null), 'modules[0].path is not what a version 3 state has there'],
    ['a path from elsewhere', moduleOf({}, ['a']), 'modules[0].path is not what a version 3 state has there'],
    [
      'a path that is no path',
      moduleOf({}, ['root', 'a b']),
      'modules[0].path is not what a version 3 state has there',
    ],
    ['a resource without a type', moduleOf({ 'null_resource.x': {} }), 'modules[0].resources[0] has no type'],
    [
      'a resource of another type than its key says',
      moduleOf({ 'aws_kms_key.orders': legacy('aws_s3_bucket') }),
      'modules[0].resources[0] is not what a version 3 state has there',
    ],
    [
      'a key that names no resource',
      moduleOf({ orders: legacy('aws_kms_key') }),
      'modules[0].resources[0] is not what a version 3 state has there',
    ],
    [
      'a key with an index that is none',
      moduleOf({ 'aws_kms_key.orders.x': legacy('aws_kms_key') }),
      'modules[0].resources[0] is not what a version 3 state has there',
    ],
    [
      'an instance that is none',
      moduleOf({ 'aws_kms_key.orders': legacy('aws_kms_key', { primary: 'x' }) }),
      'modules[0].resources[0].instances[0] is damaged',
    ],
    [
      'deposed instances that are none',
      moduleOf({ 'aws_kms_key.orders': legacy('aws_kms_key', { primary: null, deposed: 'x' }) }),
      'modules[0].resources[0].instances[0] is damaged',
    ],
    [
      'attributes that are none',
      moduleOf({ 'aws_kms_key.orders': legacy('aws_kms_key', { primary: primary({ attributes: 'x' }) }) }),
      'modules[0].resources[0].instances[0] is damaged',
    ],
    [
      'an instance without an id',
      moduleOf({ 'aws_kms_key.orders': legacy('aws_kms_key', { primary: { id: '', attributes: {} } }) }),
      'aws_kms_key.orders names no key',
    ],
  ])('with %s keeps its other keys and says what is lost', (_, module, gap) => {
    const sound = moduleOf({ 'aws_kms_key.sound': legacy('aws_kms_key') });
    const state = readable(version3([module, sound]));
    expect(state.facts).toContainEqual(expect.objectContaining({ address: 'aws_kms_key.sound' }));
    expect(state.gaps).toEqual([gap]);
  });

  it.each([
    ['null', null, 'damaged: it has no list of modules, which Terraform writes even where there are none'],
    ['an object', {}, 'damaged: modules is not what a version 3 state has there'],
  ])('whose modules are %s is damaged', (_, modules, reason) => {
    expect(() => readable(version3(modules))).toThrow(reason);
  });

  it('without modules and lineage is none', () => {
    expect(() => readable({ version: 3 })).toThrow('JSON with version 3, but neither modules nor a lineage');
  });
});
