import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { KEY_RESOURCES } from '../../../../src/sources/terraform/state/key-types.ts';
import { OUR_TYPES } from '../../../../src/sources/terraform/state/our-types.ts';
import fc from '../../../support/fast-check.ts';
import { ARN, type Fields, instance, KEY_ID, keyResource, parsed, readable, resource, stateOf } from './state-text.ts';

const REAL = await readFile(new URL('../../../fixtures/state/terraform-1.11-aws-5.100.tfstate', import.meta.url));
const TYPES = [...OUR_TYPES];
const NAMES = [
  'arn',
  'id',
  'key_id',
  'name',
  'description',
  'multi_region',
  'is_enabled',
  'tags',
  'tags_all',
  'policy',
];

const anyInstance = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      index_key: fc.jsonValue(),
      status: fc.jsonValue(),
      deposed: fc.jsonValue(),
      attributes: fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue())),
      attributes_flat: fc.dictionary(fc.constantFrom(...NAMES, 'tags.%', 'tags.a'), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);
const anyResource = fc.oneof(
  fc.jsonValue(),
  fc.record({
    mode: fc.constantFrom('managed', 'data', 'other'),
    type: fc.constantFrom(...TYPES),
    name: fc.string(),
    module: fc.oneof(fc.string(), fc.jsonValue()),
    instances: fc.oneof(fc.array(anyInstance), fc.jsonValue()),
  }),
);

describe('whatever the bytes, reading a state does not throw', () => {
  it('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parsed(bytes)));
  });

  it('any JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => void parsed(text)));
  });

  it('any version 4 document: an entry is a fact or a gap, never nothing', () => {
    fc.assert(
      fc.property(fc.array(anyResource), (resources) => {
        const { facts, gaps } = readable(stateOf(resources));
        const entries = resources.filter((each) => !isForeign(each)).length;
        if (entries > 0) expect(facts.length + gaps.length).toBeGreaterThan(0);
      }),
    );
  });

  it('a real state with bytes overwritten', () => {
    fc.assert(
      fc.property(fc.nat(REAL.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4 }), (at, bytes) => {
        const damaged = new Uint8Array(REAL);
        damaged.set(bytes.subarray(0, damaged.length - at), at);
        parsed(damaged);
      }),
    );
  });
});

/** An entry that is well-formed and still holds no instance of ours. */
function isForeign(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return false;
  const { type, mode, instances, module } = entry as Fields;
  if (typeof type !== 'string') return false;
  const isEmpty = Array.isArray(instances) && instances.length === 0;
  const isSound = mode !== 'other' && (module === null || typeof module === 'string');
  return !TYPES.includes(type) || (isEmpty && isSound);
}

describe('a truncated state never shows fewer keys', () => {
  const text = JSON.stringify(stateOf([keyResource({ description: 'orders "€"' })], { check_results: null }), null, 2);
  const bytes = new TextEncoder().encode(text);

  it('wherever it is cut, it is refused', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = parsed(bytes.subarray(0, length));
      expect(cut.kind).toBe('unreadable');
    }
  });

  it('beyond its first character it is called truncated', () => {
    for (let length = 1; length < text.length; length += 1) {
      expect(parsed(text.slice(0, length))).toMatchObject({
        reason: expect.stringMatching(/^truncated: .* line \d+$/),
      });
    }
  });
});

describe('order means nothing', () => {
  const document = JSON.parse(REAL.toString('utf8')) as Fields;
  const factsOf = (content: Fields) =>
    readable(content)
      .facts.map((fact) => JSON.stringify(sorted(fact)))
      .sort();
  const expected = factsOf(document);

  it('of fields and of resources', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const reordered = shuffled(document, numbers) as Fields;
        expect(factsOf(reordered)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

/** Fields of objects and entries of `resources` and `instances` in another order. */
function shuffled(value: unknown, numbers: Iterator<number>): unknown {
  const mixed = <T>(list: readonly T[]): T[] =>
    list
      .map((each) => [numbers.next().value as number, each] as const)
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each);
  if (Array.isArray(value)) return mixed(value.map((each) => shuffled(each, numbers)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    mixed(Object.entries(value).map(([name, each]) => [name, shuffled(each, numbers)] as const)),
  );
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted((value as Fields)[name])]));
}

describe('secrets stay in the state', () => {
  const CANARY = 'c4n4ry';
  const ours =
    /^(arn|id|key_id|name|alias_name|custom_key_store_name|region|valid_to|description|policy|key_policy|primary_key_arn|.*key_spec|key_usage|origin|.*key_store_id|xks_key_id|tags|tags_all|target_key_.*)$/;
  const secretName = fc
    .oneof(
      fc.constantFrom(
        'key_material_base64',
        'key_store_password',
        'xks_proxy_authentication_credential',
        'private',
        'timeouts',
      ),
      fc.string({ minLength: 1 }),
    )
    .filter((name) => !ours.test(name));
  const secret = fc.oneof(fc.constant(CANARY), fc.constant([CANARY]), fc.constant({ [CANARY]: CANARY }));
  const secrets = fc.dictionary(secretName, secret, { minKeys: 1 });

  const silent = (content: string | Fields) => expect(JSON.stringify(parsed(content))).not.toContain(CANARY);

  it.each(TYPES)('of %s, in any attribute that has no name in our vocabulary', (type) => {
    fc.assert(
      fc.property(secrets, secrets, fc.constantFrom('managed', 'data'), (attributes, around, mode) => {
        const known = { arn: ARN, id: KEY_ID, name: 'alias/orders', alias_name: 'alias/orders' };
        const filled = instance({ ...attributes, ...known }, { private: CANARY, sensitive_attributes: [CANARY] });
        const outputs = { password: { value: CANARY, type: 'string' } };
        silent(
          stateOf([resource(type, { mode }, filled), resource('aws_db_instance', {}, instance(around))], { outputs }),
        );
      }),
      { numRuns: 40 },
    );
  });

  const sensible = [
    ...['description', 'policy', 'key_policy', 'tags', 'tags_all', 'customer_master_key_spec', 'key_spec', 'key_usage'],
    ...['custom_key_store_id', 'xks_key_id', 'primary_key_arn', 'origin', 'multi_region_configuration'],
  ];
  const values = { tags: { [CANARY]: CANARY }, tags_all: { [CANARY]: CANARY }, valid_to: '2027-01-01T00:00:00Z' };

  it.each([...KEY_RESOURCES.keys()])('of %s, in any attribute that the state marks sensitive', (type) => {
    const attributes = { ...Object.fromEntries(sensible.map((name) => [name, CANARY])), ...values };
    const named = { arn: ARN, id: KEY_ID, key_id: KEY_ID, region: 'eu-west-1', multi_region: true };
    const filled = { ...attributes, ...named };
    fc.assert(
      fc.property(
        fc.constantFrom(
          Object.keys(attributes).map((name) => [{ type: 'get_attr', value: name }]),
          [[]],
          [CANARY],
          { [CANARY]: CANARY },
          [[{ type: CANARY, value: CANARY }]],
        ),
        fc.constantFrom('managed', 'data'),
        (sensitive_attributes, mode) => {
          const state = stateOf([resource(type, { mode }, instance(filled, { sensitive_attributes }))]);
          silent(state);
          expect(readable(state).facts).toMatchObject([
            { arn: ARN, keyId: KEY_ID, region: 'eu-west-1', validTo: null },
          ]);
        },
      ),
    );
  });

  it.each([
    'is_enabled',
    'enabled',
    'multi_region',
    'enable_key_rotation',
    'key_rotation_enabled',
    'rotation_period_in_days',
  ])('where %s should stand', (name) => {
    for (const type of TYPES)
      silent(stateOf([resource(type, {}, instance({ arn: ARN, enable_key_rotation: true, [name]: CANARY }))]));
  });

  it('where the text is no JSON, wherever the fault is', () => {
    const text = JSON.stringify(stateOf([keyResource({ key_material_base64: CANARY })], { outputs: { x: CANARY } }));
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom(',', '}', '"', CANARY, '\n', '\\q', '] in JSON at position 77'),
        (at, fault) => {
          const broken = parsed(text.slice(0, at) + fault + text.slice(at));
          if (broken.kind !== 'state') expect(JSON.stringify(broken)).not.toMatch(/c4n4ry|77/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('where a document is refused', () => {
    for (const document of [
      { version: 3, [CANARY]: CANARY },
      { encryption_version: CANARY, encrypted_data: CANARY },
      { format_version: CANARY, values: CANARY },
      { ID: CANARY, Operation: CANARY, Who: CANARY },
      { version: 4, serial: CANARY, lineage: CANARY },
      { version: CANARY },
    ]) {
      silent(document);
    }
  });
});
