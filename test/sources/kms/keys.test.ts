import { describe, expect, it } from '@jest/globals';
import { keyArn, multiRegionArn, REALM, T, US_EAST_1 } from '../../support/facts.ts';
import { coverageOf, emulatedRegion, factsOf, liveFact, worldKey, worldKeys } from './emulated-region.ts';

const complete = [{ status: 'complete' }];

describe('a Region full of keys', () => {
  it('is listed page by page, each key described once', async () => {
    const region = await emulatedRegion({ keys: worldKeys(1050) });
    const look = await region.look();
    expect(new Set(factsOf(look, 'live').map(({ arn }) => arn)).size).toBe(1050);
    expect([region.calls('ListKeys'), region.calls('DescribeKey'), region.calls('ListAliases')]).toEqual([2, 1050, 1]);
    expect(region.emulator.requests).toHaveLength(1053);
    expect(look.coverage).toEqual([
      { source: 'kms', operation: 'ListKeys', ...REALM, readAt: T.live, status: 'complete' },
      { source: 'kms', operation: 'ListAliases', ...REALM, readAt: T.live, status: 'complete' },
    ]);
    expect(look.diagnostics).toEqual([]);
    expect(region.pauses).toEqual([]);
  });

  it('tells how far it has come, not key by key', async () => {
    const region = await emulatedRegion({ keys: worldKeys(130) });
    await region.look();
    expect(region.progress.at(-1)).toBe('kms eu-west-1 130 of 130 keys');
    expect(region.progress.length).toBeLessThanOrEqual(8);
  });

  it('without a key is covered as well', async () => {
    const region = await emulatedRegion({});
    const look = await region.look(['rotation', 'tags', 'policy', 'keyStore']);
    expect(look.facts).toEqual([]);
    expect(coverageOf(look, 'ListKeys')).toEqual(complete);
    expect(region.calls('DescribeKey')).toBe(0);
  });
});

describe('aliases', () => {
  it('stand with their key, sorted, from a list in pages', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `alias/many-${String(index).padStart(3, '0')}`);
    const region = await emulatedRegion({
      keys: [worldKey(1, { aliases: ['alias/b', 'alias/a'] }), worldKey(2, { aliases: many }), worldKey(3)],
    });
    const look = await region.look();
    expect(liveFact(look, keyArn(1)).aliases).toEqual(['alias/a', 'alias/b']);
    expect(liveFact(look, keyArn(2)).aliases).toEqual(many);
    expect(liveFact(look, keyArn(3)).aliases).toEqual([]);
    expect(region.calls('ListAliases')).toBe(3);
  });

  it.each([
    ['a page', { skip: 1, status: 'partial' }],
    ['even the first page', { skip: 0, status: 'failed' }],
  ])('are unknown for every key when %s of them is missing', async (_which, { skip, status }) => {
    const aliases = Array.from({ length: 150 }, (_, index) => `alias/n${index}`);
    const region = await emulatedRegion(
      { keys: [worldKey(1, { aliases }), worldKey(2)] },
      { faults: [{ fault: 'deny', api: 'ListAliases', skip }] },
    );
    const look = await region.look();
    expect(factsOf(look, 'live').map((fact) => fact.aliases)).toEqual([null, null]);
    expect(coverageOf(look, 'ListAliases')).toEqual([
      {
        status,
        permission: 'kms:ListAliases',
        reason: 'kms:ListAliases is denied: no identity-based policy allows it',
      },
    ]);
    expect(coverageOf(look, 'ListKeys')).toEqual(complete);
  });
});

describe('keys of every kind', () => {
  it('are shown as KMS describes them', async () => {
    const region = await emulatedRegion({
      now: T.live,
      keyStores: [{ id: 'cks-1', region: REALM.region, type: 'EXTERNAL_KEY_STORE', state: 'DISCONNECTED' }],
      keys: [
        worldKey(1, { deletion: { windowDays: 7 } }),
        worldKey(2, { origin: 'EXTERNAL', validTo: '+3d' }),
        worldKey(3, { keyStore: 'cks-1', xksKeyId: 'xks-3' }),
        worldKey(4, { replicas: [{ region: US_EAST_1.region }] }),
        worldKey(5, { spec: 'ML_KEM_768', usage: 'ENCAPSULATE' }),
        worldKey(6, { state: 'Disabled', description: 'line\n\u001b[2Jtwo' }),
        worldKey(7, { manager: 'AWS', aliases: ['alias/aws/ebs'] }),
      ],
    });
    const look = await region.look();
    const primary = factsOf(look, 'live').find((fact) => fact.attributes.multiRegion === true);
    expect(liveFact(look, keyArn(1)).keyState).toBe('PendingDeletion');
    expect(liveFact(look, keyArn(1)).deletionDate).not.toBeNull();
    expect(liveFact(look, keyArn(1)).unknown).toEqual({ enabled: 'KeyState is PendingDeletion' });
    expect(liveFact(look, keyArn(2))).toMatchObject({
      validTo: '2026-11-26T12:00:00.000Z',
      expirationModel: 'KEY_MATERIAL_EXPIRES',
      attributes: { origin: 'EXTERNAL' },
    });
    expect(liveFact(look, keyArn(3)).attributes).toMatchObject({ customKeyStoreId: 'cks-1', xksKeyId: 'xks-3' });
    expect(primary?.attributes).toMatchObject({ multiRegionRole: 'PRIMARY', primaryKeyArn: primary?.arn });
    expect(primary?.family?.replicas).toEqual([primary?.arn.replace(REALM.region, US_EAST_1.region)]);
    expect(liveFact(look, keyArn(5)).attributes).toMatchObject({ keySpec: 'ML_KEM_768', keyUsage: 'ENCAPSULATE' });
    expect(liveFact(look, keyArn(6)).attributes).toMatchObject({ enabled: false, description: 'line\n\u001b[2Jtwo' });
    expect(liveFact(look, keyArn(7))).toMatchObject({ keyManager: 'AWS', aliases: ['alias/aws/ebs'] });
  });
});

describe('keys that only records or states name', () => {
  it('are asked about by ARN, in their own account and Region only', async () => {
    const region = await emulatedRegion({ keys: [worldKey(1)] });
    const look = await region.describe([keyArn(1), keyArn(1), keyArn(9), multiRegionArn(1, US_EAST_1)]);
    expect(factsOf(look, 'live').map(({ arn, aliases }) => [arn, aliases])).toEqual([[keyArn(1), null]]);
    expect(factsOf(look, 'absent')).toEqual([{ kind: 'absent', arn: keyArn(9), readAt: T.live }]);
    expect(look.coverage).toEqual([]);
    expect(look.diagnostics).toEqual([
      {
        level: 'warning',
        source: 'kms',
        message: '1 keys of other accounts or Regions were not asked about in 111122223333 eu-west-1',
      },
    ]);
    expect(region.emulator.requests.map(({ input }) => input['KeyId'])).toEqual([keyArn(1), keyArn(9), keyArn(9)]);
  });

  it('are no more only when KMS says so twice, a pause apart', async () => {
    const region = await emulatedRegion(
      { keys: [worldKey(1)] },
      { faults: [{ fault: 'error', code: 'NotFoundException', api: 'DescribeKey', times: 2 }] },
    );
    const look = await region.describe([keyArn(1), keyArn(2)]);
    expect(factsOf(look, 'live').map(({ arn }) => arn)).toEqual([keyArn(1)]);
    expect(factsOf(look, 'absent').map(({ arn }) => arn)).toEqual([keyArn(2)]);
    expect(region.calls('DescribeKey')).toBe(4);
    expect(region.pauses).toEqual([1000]);
  });

  it('are neither live nor absent when KMS refuses to speak of them', async () => {
    const region = await emulatedRegion({ keys: [worldKey(1, { deny: ['DescribeKey'] })] });
    const look = await region.describe([keyArn(1)], ['tags']);
    expect(look.facts).toEqual([]);
    expect(coverageOf(look, 'DescribeKey')).toEqual([
      {
        status: 'partial',
        locator: keyArn(1),
        permission: 'kms:DescribeKey',
        reason: 'kms:DescribeKey is denied: no key policy allows it',
      },
    ]);
    expect(region.calls('DescribeKey')).toBe(1);
  });

  it('cost no call when there are none', async () => {
    const region = await emulatedRegion({ keys: [worldKey(1)] });
    expect(await region.describe([], ['keyStore'])).toEqual({ facts: [], coverage: [], diagnostics: [] });
    expect(region.emulator.requests).toEqual([]);
  });
});
