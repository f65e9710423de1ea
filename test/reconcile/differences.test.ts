import { describe, expect, it } from '@jest/globals';
import type { KeyAttributes } from '../../src/model/attributes.ts';
import type { Fact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import {
  absent,
  created,
  declared,
  denied,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  stateCovered,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const differencesIn = (...facts: Fact[]) =>
  reconciled(inventory(facts), { estate: 'partial', graceMs: HOUR, secondLook: 'required' }).keys.find(
    (key) => key.id === K,
  )?.differences;

describe('created against live', () => {
  it('an immutable attribute that both know', () => {
    expect(differencesIn(created(K, { attributes: { origin: 'EXTERNAL' } }), live(K))).toEqual([
      { attribute: 'origin', pair: 'created/live', values: { created: 'EXTERNAL', live: 'AWS_KMS' }, replaces: false },
    ]);
  });

  it('a description may have been changed since', () => {
    expect(differencesIn(created(K, { attributes: { description: 'then' } }), live(K))).toEqual([]);
  });
});

describe('state against live', () => {
  it.each<[string, Partial<KeyAttributes>, Partial<KeyAttributes>, readonly string[]]>([
    ['key store', { customKeyStoreId: null }, { customKeyStoreId: 'cks-1234567890abcdef0' }, ['customKeyStoreId']],
    ['rotation', { rotationEnabled: true }, { rotationEnabled: false }, ['rotationEnabled']],
    ['rotation that nobody looked up', { rotationEnabled: true }, {}, []],
    ['description', { description: 'a' }, { description: 'b' }, ['description']],
    ['tags', { tags: { a: '1' } }, { tags: { a: '2' } }, ['tags']],
    ['the same tags', { tags: { a: '1', b: '2' } }, { tags: { b: '2', a: '1' } }, []],
    ['role', { multiRegionRole: 'PRIMARY' }, { multiRegionRole: 'REPLICA' }, ['multiRegionRole']],
    [
      'several',
      { keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' },
      { keySpec: 'X', keyUsage: 'Y' },
      ['keySpec', 'keyUsage'],
    ],
  ])('%s', (_, state, now, attributes) => {
    const found = differencesIn(held(K, { attributes: state }), live(K, { attributes: now }));
    expect(found?.map((difference) => difference.attribute)).toEqual(attributes);
    expect(found?.every((difference) => difference.address === 'aws_kms_key.this' && !difference.replaces)).toBe(true);
  });

  it('Unknown differs from nothing', () => {
    const state = held(K, { attributes: { multiRegion: true }, unknown: { keySpec: 'a string was expected' } });
    expect(differencesIn(state, denied(K, { unknown: { multiRegion: 'denied' } }))).toEqual([]);
  });

  it('a deposed instance is a former key: what it says is not compared', () => {
    expect(differencesIn(held(K, { status: 'deposed', attributes: { keySpec: 'RSA_2048' } }), live(K))).toEqual([]);
  });

  const statement = (principal: unknown, action: unknown) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' }],
    });
  it.each<[string, string, string, boolean]>([
    [
      'a scalar and a list of one',
      statement('arn:aws:iam::111122223333:user/A', 'kms:*'),
      statement(['arn:aws:iam::111122223333:user/A'], ['kms:*']),
      true,
    ],
    ['another order', statement(['a', 'b'], ['kms:A', 'kms:B']), statement(['b', 'a'], ['kms:B', 'kms:A']), true],
    [
      'an account and its root',
      statement('111122223333', 'kms:*'),
      statement('arn:aws:iam::111122223333:root', 'kms:*'),
      true,
    ],
    ['another action', statement('a', 'kms:*'), statement('a', 'kms:Decrypt'), false],
    ['another principal', statement('111122223333', 'kms:*'), statement('444455556666', 'kms:*'), false],
    [
      'text nested so deep that it is no policy',
      `{"Statement":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      '{}',
      true,
    ],
    ['text that is no JSON', 'x', statement('a', 'kms:*'), true],
  ])('policies by meaning: %s', (_, a, b, same) => {
    const found = differencesIn(held(K, { attributes: { policy: a } }), live(K, { attributes: { policy: b } }));
    expect(found?.length).toBe(same ? 0 : 1);
  });
});

describe('configuration against live', () => {
  it.each<[string, string, Partial<KeyAttributes>, readonly string[]]>([
    ['aws_kms_key', 'its spec', { keySpec: 'RSA_4096' }, ['keySpec']],
    ['aws_kms_key', 'its key store', { customKeyStoreId: 'cks-1234567890abcdef0' }, ['customKeyStoreId']],
    ['aws_kms_key', 'a pending change', { description: 'new', enabled: false }, []],
    ['aws_kms_key', 'an undeclared multi-Region flag', {}, []],
    ['aws_kms_external_key', 'its multi-Region flag', { multiRegion: true, origin: 'X' }, ['multiRegion']],
    ['aws_kms_external_key', 'its spec, from provider 6 on', { keySpec: 'RSA_4096' }, ['keySpec']],
    ['aws_kms_external_key', 'its usage, from provider 6 on', { keyUsage: 'SIGN_VERIFY' }, ['keyUsage']],
    ['aws_kms_replica_key', 'its primary', { primaryKeyArn: keyArn(7), keySpec: 'X' }, ['primaryKeyArn']],
    ['awscc_kms_key', 'what CloudFormation refuses to change', { keySpec: 'RSA_4096' }, []],
    ['awscc_kms_replica_key', 'its primary', { primaryKeyArn: keyArn(7) }, ['primaryKeyArn']],
  ])('%s: %s', (resourceType, _, attributes, replaced) => {
    const now = live(K);
    const found = differencesIn(declared({ resourceType, attributes }), held(K, { resourceType }), now);
    expect(found?.filter(({ pair }) => pair === 'configuration/live').map(({ attribute }) => attribute)).toEqual(
      replaced,
    );
    expect(found?.every(({ replaces }) => replaces)).toBe(true);
  });

  it('what Terraform last saw stands in where KMS could not be asked', () => {
    const scan = inventory([declared({ attributes: { keySpec: 'RSA_4096' } }), held(K)], {
      coverage: [{ ...kmsCovered(), status: 'failed', reason: 'denied' }, stateCovered()],
    });
    const [key] = reconciled(scan, { estate: 'partial', graceMs: HOUR, secondLook: 'required' }).keys;
    expect(key?.differences.map(({ pair, replaces }) => [pair, replaces])).toEqual([['configuration/state', true]]);
  });

  it('a block whose count is 0 replaces nothing', () => {
    const block = declared({ instances: 'none', attributes: { keySpec: 'RSA_4096' } });
    expect(differencesIn(block, held(K), live(K))).toEqual([]);
  });

  it('a key that is gone cannot be replaced', () => {
    expect(differencesIn(declared({ attributes: { keySpec: 'RSA_4096' } }), held(K), absent(K))).toEqual([]);
  });
});
