import { describe, expect, it } from '@jest/globals';
import type { Facet } from '../../../src/sources/kms/facets.ts';
import { keyArn, REALM } from '../../support/facts.ts';
import {
  coverageOf,
  emulatedRegion,
  factsOf,
  liveFact,
  type WorldKey,
  worldKey,
  worldKeys,
} from './emulated-region.ts';

const KEY_FACETS: readonly Facet[] = ['rotation', 'tags', 'policy'];

describe('facets', () => {
  it('that no rule needs are not asked for and stay silent', async () => {
    const region = await emulatedRegion({ keys: worldKeys(3, { tags: { team: 'a' }, rotation: true }) });
    const { attributes, unknown } = liveFact(await region.look(), keyArn(1));
    for (const name of ['rotationEnabled', 'rotationPeriodDays', 'tags', 'policy']) {
      expect(attributes).not.toHaveProperty(name);
      expect(unknown).not.toHaveProperty(name);
    }
    expect(region.emulator.requests.map(({ api }) => api).sort()).toEqual([
      'DescribeKey',
      'DescribeKey',
      'DescribeKey',
      'ListAliases',
      'ListKeys',
    ]);
  });

  it('cost one call a key each', async () => {
    const region = await emulatedRegion({ keys: worldKeys(30) });
    const look = await region.look(KEY_FACETS);
    for (const api of ['GetKeyRotationStatus', 'ListResourceTags', 'GetKeyPolicy']) {
      expect(region.calls(api)).toBe(30);
      expect(coverageOf(look, api)).toEqual([{ status: 'complete' }]);
    }
  });

  it('are none of AWS managed keys', async () => {
    const region = await emulatedRegion({ keys: [worldKey(1, { manager: 'AWS' })] });
    const look = await region.look(KEY_FACETS);
    expect(liveFact(look, keyArn(1)).attributes).not.toHaveProperty('tags');
    expect(region.emulator.requests).toHaveLength(3);
  });
});

describe('rotation', () => {
  it.each<[string, Partial<WorldKey>, boolean, number | null, number]>([
    ['on with its period', { rotation: { days: 180 } }, true, 180, 1],
    ['off without a period', {}, false, null, 1],
    ['asked of disabled keys, whose status stays', { rotation: true, state: 'Disabled' }, true, 365, 1],
    ['off for asymmetric keys', { spec: 'RSA_2048', usage: 'SIGN_VERIFY' }, false, null, 0],
    ['off for HMAC keys', { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, false, null, 0],
    ['off for imported material', { origin: 'EXTERNAL' }, false, null, 0],
    ['off in a custom key store', { keyStore: 'cks-1' }, false, null, 0],
  ])('is %s', async (_, key, rotationEnabled, rotationPeriodDays, calls) => {
    const region = await emulatedRegion({
      keyStores: [{ id: 'cks-1', region: REALM.region }],
      keys: [worldKey(1, key)],
    });
    const look = await region.look(['rotation']);
    expect(liveFact(look, keyArn(1)).attributes).toMatchObject({ rotationEnabled, rotationPeriodDays });
    expect(region.calls('GetKeyRotationStatus')).toBe(calls);
  });

  it.each<[string, Partial<WorldKey>]>([
    ['its own', {}],
    ["its replicas'", { state: 'PendingReplicaDeletion' }],
  ])('is Unknown while deletion is pending (%s), for then KMS says false whatever is set', async (_, state) => {
    const region = await emulatedRegion({ keys: [worldKey(1, { rotation: true, deletion: {}, ...state })] });
    const look = await region.look(['rotation']);
    const reason = 'KMS shows no rotation setting of a key that is pending deletion';
    expect(liveFact(look, keyArn(1)).unknown).toMatchObject({ rotationEnabled: reason, rotationPeriodDays: reason });
    expect(region.calls('GetKeyRotationStatus')).toBe(0);
  });

  it('denied for one key is Unknown there and counted once', async () => {
    const region = await emulatedRegion({
      keys: [worldKey(1, { deny: ['GetKeyRotationStatus'] }), worldKey(2), worldKey(3)],
    });
    const look = await region.look(['rotation']);
    const reason = 'kms:GetKeyRotationStatus is denied: no key policy allows it';
    expect(liveFact(look, keyArn(1)).unknown).toEqual({ rotationEnabled: reason, rotationPeriodDays: reason });
    expect(liveFact(look, keyArn(1)).attributes.keySpec).toBe('SYMMETRIC_DEFAULT');
    expect(liveFact(look, keyArn(2)).attributes.rotationEnabled).toBe(false);
    expect(coverageOf(look, 'GetKeyRotationStatus')).toEqual([
      { status: 'partial', reason: `${reason} (1 of 3 keys)`, permission: 'kms:GetKeyRotationStatus' },
    ]);
  });
});

describe('tags', () => {
  it('come from all pages, without those that AWS sets', async () => {
    const tags = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`t${index}`, `v${index}`]));
    const region = await emulatedRegion({ keys: [worldKey(1, { tags: { ...tags, 'aws:backup:source': 'x' } })] });
    const look = await region.look(['tags']);
    expect(liveFact(look, keyArn(1)).attributes.tags).toEqual(tags);
    expect(region.calls('ListResourceTags')).toBe(2);
  });

  it('may be named like parts of JavaScript', async () => {
    const region = await emulatedRegion({
      keys: [worldKey(1, { tags: JSON.parse('{"constructor": "c", "toString": "t"}') })],
    });
    const look = await region.look(['tags']);
    expect(Object.entries(liveFact(look, keyArn(1)).attributes.tags ?? {})).toEqual([
      ['constructor', 'c'],
      ['toString', 't'],
    ]);
  });

  it('are Unknown when one page of them is denied', async () => {
    const tags = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`t${index}`, '']));
    const region = await emulatedRegion(
      { keys: [worldKey(1, { tags })] },
      { faults: [{ fault: 'deny', api: 'ListResourceTags', skip: 1 }] },
    );
    const { attributes, unknown } = liveFact(await region.look(['tags']), keyArn(1));
    expect(attributes).not.toHaveProperty('tags');
    expect(unknown.tags).toBe('kms:ListResourceTags is denied: no identity-based policy allows it');
  });
});

describe('policy', () => {
  it('is the default key policy as text', async () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const region = await emulatedRegion({ keys: [worldKey(1, { policy })] });
    const look = await region.look(['policy']);
    expect(JSON.parse(liveFact(look, keyArn(1)).attributes.policy ?? '')).toEqual(policy);
  });
});

describe('custom key stores', () => {
  const keyStores = [
    { id: 'cks-1', region: REALM.region, name: 'vault', state: 'DISCONNECTED' as const },
    { id: 'cks-2', region: REALM.region, type: 'EXTERNAL_KEY_STORE' as const },
  ];

  it('are asked for once, however many keys live in them', async () => {
    const region = await emulatedRegion({ keyStores, keys: [...worldKeys(5, { keyStore: 'cks-1' }), worldKey(6)] });
    const look = await region.look(['keyStore']);
    expect(factsOf(look, 'key-store')).toMatchObject([
      { realm: REALM, id: 'cks-1', name: 'vault', type: 'AWS_CLOUDHSM', connectionState: 'DISCONNECTED' },
      { realm: REALM, id: 'cks-2', name: 'cks-2', type: 'EXTERNAL_KEY_STORE', connectionState: 'CONNECTED' },
    ]);
    expect(region.calls('DescribeCustomKeyStores')).toBe(1);
    expect(coverageOf(look, 'DescribeCustomKeyStores')).toEqual([{ status: 'complete' }]);
  });

  it('are not asked for where no key lives in one', async () => {
    const region = await emulatedRegion({ keyStores, keys: [worldKey(1)] });
    await region.look(['keyStore']);
    expect(region.calls('DescribeCustomKeyStores')).toBe(0);
  });

  it('that may not be described leave a gap in coverage', async () => {
    const region = await emulatedRegion(
      { keyStores, keys: [worldKey(1, { keyStore: 'cks-1' })] },
      { faults: [{ fault: 'deny', api: 'DescribeCustomKeyStores' }] },
    );
    const look = await region.look(['keyStore']);
    expect(factsOf(look, 'key-store')).toEqual([]);
    expect(coverageOf(look, 'DescribeCustomKeyStores')).toMatchObject([
      { status: 'partial', permission: 'kms:DescribeCustomKeyStores' },
    ]);
  });
});
