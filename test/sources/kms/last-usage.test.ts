import { describe, expect, it } from '@jest/globals';
import { lookAtLastUsage } from '../../../src/sources/kms/last-usage.ts';
import { LOOKING } from '../../bench/looking.ts';
import type { World } from '../../support/emulator/emulator.ts';
import { keyArn, REALM, US_EAST_1 } from '../../support/facts.ts';
import { emulatedRegion, worldKey, worldKeys } from './emulated-region.ts';

async function look(world: World, numbers: readonly number[]) {
  const { client, calls } = await emulatedRegion({ now: '2026-11-23T12:00:00Z', ...world });
  const arns = [...numbers.map((number) => keyArn(number)), keyArn(1, US_EAST_1)];
  return { ...(await lookAtLastUsage({ client, realm: REALM, arns }, LOOKING)), calls };
}

describe('the last use of keys', () => {
  it('is the operation and its time, or that there was none since tracking began', async () => {
    const { facts, coverage } = await look(
      {
        usageTrackedSince: '2026-03-01',
        keys: [worldKey(1, { lastUsed: { at: '-3d', operation: 'GenerateDataKey' } }), worldKey(2), worldKey(3)],
      },
      [1, 2],
    );
    expect(facts).toEqual([
      expect.objectContaining({
        arn: keyArn(1),
        usedAt: '2026-11-20T12:00:00.000Z',
        operation: 'GenerateDataKey',
        trackingStart: '2026-03-01T00:00:00.000Z',
      }),
      expect.objectContaining({ arn: keyArn(2), usedAt: null, operation: null }),
    ]);
    expect(coverage).toEqual([expect.objectContaining({ operation: 'GetKeyLastUsage', status: 'complete' })]);
  });

  it('asks nothing where nothing is asked of this Region', async () => {
    const { facts, coverage, calls } = await look({}, []);
    expect({ facts, coverage, calls: calls('GetKeyLastUsage') }).toEqual({ facts: [], coverage: [], calls: 0 });
  });

  it('names the permission of a denied call, and counts', async () => {
    const { facts, coverage } = await look({ keys: [worldKey(1), worldKey(2, { deny: ['GetKeyLastUsage'] })] }, [1, 2]);
    expect(facts).toHaveLength(1);
    expect(coverage).toEqual([
      expect.objectContaining({
        status: 'partial',
        permission: 'kms:GetKeyLastUsage',
        reason: expect.stringMatching(/\(1 of 2 keys\)$/),
      }),
    ]);
  });

  it('asks an endpoint that does not have it no more than at once', async () => {
    const { coverage, calls } = await look(
      { keys: worldKeys(200), faults: [{ fault: 'error', api: 'GetKeyLastUsage', code: 'UnknownOperationException' }] },
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'complete', reason: 'this endpoint of KMS has no GetKeyLastUsage' }),
    ]);
    expect(calls('GetKeyLastUsage')).toBeLessThan(200);
  });
});
