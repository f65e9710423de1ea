import { describe, expect, it } from '@jest/globals';
import { DESCRIBED_ATTRIBUTES } from '../../../src/sources/kms/key-metadata.ts';
import { keyArn } from '../../support/facts.ts';
import { coverageOf, emulatedRegion, factsOf, liveFact, ONE_TRY, worldKey, worldKeys } from './emulated-region.ts';

describe('one denied key', () => {
  it('costs its own attributes and nothing else', async () => {
    const region = await emulatedRegion({
      keys: [worldKey(1, { deny: ['*'], aliases: ['alias/secret'] }), ...worldKeys(5).slice(1)],
    });
    const look = await region.look(['tags', 'rotation']);
    const reason = 'kms:DescribeKey is denied: no key policy allows it';
    const denied = liveFact(look, keyArn(1));
    expect(denied).toMatchObject({ keyManager: null, keyState: null, aliases: ['alias/secret'], attributes: {} });
    expect(denied.unknown).toEqual(
      Object.fromEntries(
        [...DESCRIBED_ATTRIBUTES, 'tags', 'rotationEnabled', 'rotationPeriodDays'].map((name) => [name, reason]),
      ),
    );
    expect(coverageOf(look, 'DescribeKey')).toEqual([
      { status: 'partial', locator: keyArn(1), permission: 'kms:DescribeKey', reason },
    ]);
    expect(coverageOf(look, 'ListResourceTags')).toEqual([{ status: 'complete' }]);
    for (const n of [2, 3, 4, 5]) expect(liveFact(look, keyArn(n)).unknown).toEqual({});
    expect(region.calls('DescribeKey')).toBe(5);
  });
});

describe('a permission that is missing for all keys', () => {
  it('is one entry with a count, while each key carries its reason', async () => {
    const region = await emulatedRegion({ keys: worldKeys(30) }, { faults: [{ fault: 'deny', api: 'DescribeKey' }] });
    const look = await region.look();
    const reason = 'kms:DescribeKey is denied: no identity-based policy allows it';
    expect(coverageOf(look, 'DescribeKey')).toEqual([
      { status: 'partial', permission: 'kms:DescribeKey', reason: `${reason} (30 of 30 keys)` },
    ]);
    expect(factsOf(look, 'live').map(({ unknown }) => unknown.keySpec)).toEqual(Array(30).fill(reason));
  });

  it('for ListKeys is failed coverage and no key', async () => {
    const region = await emulatedRegion({ keys: worldKeys(3) }, { faults: [{ fault: 'deny', api: 'ListKeys' }] });
    const look = await region.look(['tags']);
    expect(look.facts).toEqual([]);
    expect(coverageOf(look, 'ListKeys')).toEqual([
      {
        status: 'failed',
        permission: 'kms:ListKeys',
        reason: 'kms:ListKeys is denied: no identity-based policy allows it',
      },
    ]);
    expect(coverageOf(look, 'ListAliases')).toEqual([{ status: 'complete' }]);
  });

  it('midway through ListKeys leaves a partial list, described as far as it goes', async () => {
    const region = await emulatedRegion(
      { keys: worldKeys(1005) },
      { faults: [{ fault: 'deny', api: 'ListKeys', skip: 1 }] },
    );
    const look = await region.look();
    expect(factsOf(look, 'live')).toHaveLength(1000);
    expect(coverageOf(look, 'ListKeys')).toMatchObject([{ status: 'partial', permission: 'kms:ListKeys' }]);
  });
});

describe('what passes by itself', () => {
  it.each([
    ['throttling', { fault: 'throttle', times: 1 }],
    ['internal errors', { fault: 'server-error', times: 3 }],
    ['connection resets', { fault: 'reset', times: 3 }],
  ] as const)('%s is retried until the look is whole', async (_, fault) => {
    const region = await emulatedRegion({ keys: worldKeys(20) }, { faults: [{ ...fault, service: 'kms', skip: 5 }] });
    const look = await region.look();
    expect(look.coverage.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(factsOf(look, 'live').every(({ unknown }) => Object.keys(unknown).length === 0)).toBe(true);
  });

  it.each([
    ['throttled', { fault: 'throttle' }],
    ['failing', { fault: 'server-error' }],
    ['silent', { fault: 'reset' }],
    ['not found though listed', { fault: 'error', code: 'NotFoundException' }],
  ] as const)('a key that is %s once is asked about again after a pause', async (_, fault) => {
    const region = await emulatedRegion(
      { keys: worldKeys(3) },
      { bounds: ONE_TRY, faults: [{ ...fault, api: 'DescribeKey', times: 1 }] },
    );
    const look = await region.look(['rotation']);
    expect(coverageOf(look, 'DescribeKey')).toEqual([]);
    expect(factsOf(look, 'live').every(({ attributes }) => attributes.rotationEnabled === false)).toBe(true);
    expect([region.calls('DescribeKey'), region.pauses]).toEqual([4, [1000]]);
  });

  it.each([
    ['throttled', { fault: 'throttle' }, 'ThrottlingException: Rate exceeded'],
    ['failing', { fault: 'server-error' }, 'KMSInternalException: Internal failure'],
    ['not found', { fault: 'error', code: 'NotFoundException', message: 'gone?' }, 'NotFoundException: gone?'],
  ] as const)('a listed key that stays %s is live and Unknown, the others go on', async (_, fault, reason) => {
    const region = await emulatedRegion(
      { keys: worldKeys(3) },
      { bounds: ONE_TRY, faults: [{ ...fault, api: 'DescribeKey', key: keyArn(2) }] },
    );
    const look = await region.look(['tags']);
    expect(liveFact(look, keyArn(2))).toMatchObject({ attributes: {}, unknown: { keySpec: reason, tags: reason } });
    expect(coverageOf(look, 'DescribeKey')).toEqual([{ status: 'partial', locator: keyArn(2), reason }]);
    expect(liveFact(look, keyArn(3)).unknown).toEqual({});
    expect(factsOf(look, 'absent')).toEqual([]);
  });
});

describe('a KMS that is down', () => {
  it.each([
    [
      'refuses',
      { fault: 'error', code: 'ExpiredTokenException', message: 'expired' },
      'ExpiredTokenException: expired',
    ],
    ['fails', { fault: 'server-error' }, 'KMSInternalException: Internal failure'],
  ] as const)('and %s is not asked on and on, and keeps its first reason', async (_, fault, reason) => {
    const region = await emulatedRegion(
      { keys: worldKeys(400) },
      { bounds: ONE_TRY, faults: [{ ...fault, api: 'DescribeKey' }] },
    );
    const look = await region.look();
    expect(factsOf(look, 'live')).toHaveLength(400);
    expect(region.calls('DescribeKey')).toBeLessThan(200);
    expect(coverageOf(look, 'DescribeKey').map((entry) => entry.reason?.replace(/\d+ of/, 'some of'))).toEqual([
      `${reason} (some of 400 keys)`,
      `not asked, 100 calls before it failed in a row: ${reason} (some of 400 keys)`,
    ]);
  });
});

describe('an interrupted look', () => {
  it("ends with the signal's reason and asks nothing more", async () => {
    const region = await emulatedRegion(
      { keys: worldKeys(300) },
      { slowScale: 1, faults: [{ fault: 'slow', ms: 20, api: 'DescribeKey' }] },
    );
    const controller = new AbortController();
    const reason = new Error('interrupted by SIGINT');
    const look = region.look(['tags'], controller.signal);
    while (region.calls('DescribeKey') === 0) await new Promise(setImmediate);
    controller.abort(reason);
    await expect(look).rejects.toBe(reason);
    expect(region.calls('DescribeKey')).toBeLessThan(300);
  });

  it('that was interrupted before it began asks nothing', async () => {
    const region = await emulatedRegion({ keys: worldKeys(3) });
    const reason = new Error('interrupted by SIGTERM');
    await expect(region.look([], AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(region.emulator.requests).toEqual([]);
  });
});
