import { describe, expect, it } from '@jest/globals';
import type { ReportKey } from '../../src/model/report.ts';
import { reportKey } from '../../src/policy/report-key.ts';
import { unseenEnds } from '../../src/policy/unseen-ends.ts';
import { keyArn, US_EAST_1 } from '../support/facts.ts';
import { givenKey } from '../support/rules.ts';

const REASON = 'Region us-east-1 of account 111122223333 not scanned';

const key = (n: number, planned: object[], standing = 'out-of-scope'): ReportKey => ({
  ...reportKey(givenKey({ standing, planned })),
  id: keyArn(n, US_EAST_1),
  arn: keyArn(n, US_EAST_1),
  reason: REASON,
});

const gap = (over: object) => ({ operation: 'destroy', ...US_EAST_1, status: 'partial', ...over });

describe('keys that end where nobody looked', () => {
  it.each<[string, object, string]>([
    ['destroyed by a plan', { action: 'destroy', plan: 'plan.json' }, 'plan'],
    ['replaced by a plan', { action: 'replace', plan: 'plan.json' }, 'plan'],
    ['made anew by a plan', { action: 'recreate', plan: 'plan.json' }, 'plan'],
    ['destroyed by what the code says', { action: 'destroy', by: 'configuration' }, 'configuration'],
  ])('are a gap: %s', (_, planned, source) => {
    const where = source === 'plan' ? { locator: 'plan.json' } : {};
    const reason = `1 key that the next apply destroys or replaces was not looked at: ${REASON}`;
    expect(unseenEnds([key(1, [planned])])).toEqual([gap({ source, ...where, reason })]);
  });

  it('are one gap for each plan and Region', () => {
    const ends = (plan: string) => [{ action: 'destroy', plan }];
    const gaps = unseenEnds([key(1, ends('a.json')), key(2, ends('a.json')), key(3, ends('b.json'))]);
    expect(gaps.map(({ locator, reason }) => [locator, reason?.split(' ')[0]])).toEqual([
      ['a.json', '2'],
      ['b.json', '1'],
    ]);
  });

  it.each<[string, ReportKey]>([
    ['a key that was looked at', key(1, [{ action: 'destroy', plan: 'plan.json' }], 'managed')],
    ['a key that stays', key(1, [{ action: 'update', plan: 'plan.json' }])],
    ['a key that is let go of alive', key(1, [{ action: 'forget', plan: 'plan.json' }])],
    ['a key of which nothing is planned', key(1, [])],
  ])('are not %s', (_, one) => {
    expect(unseenEnds([one])).toEqual([]);
  });
});
