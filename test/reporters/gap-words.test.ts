import { describe, expect, it } from '@jest/globals';
import { SOURCES } from '../../src/model/coverage.ts';
import { gapsOf, isUnanswered } from '../../src/model/gaps.ts';
import type { ReportCoverage } from '../../src/model/report.ts';
import { askedText, whyText } from '../../src/reporters/gap-words.ts';

const place = { path: 'keydrift.yaml', line: 3 };
const accepted = { by: 'settings', reason: 'locked out', owner: 'team-a', expires: '2027-01-31', place } as const;
const denied = (n: number, over: Partial<ReportCoverage> = {}): ReportCoverage => ({
  source: 'kms',
  operation: 'DescribeKey',
  locator: `arn:${n}`,
  account: '111122223333',
  region: 'eu-west-1',
  status: 'failed',
  reason: 'denied',
  permission: 'kms:DescribeKey',
  ...over,
});

describe('gaps', () => {
  it('are nothing that nobody asked for', () => {
    expect(gapsOf({ scan: { requested: ['plan'] }, coverage: [denied(1)] })).toEqual([]);
  });

  it('are told once for all that lack the same, those that somebody answers for last', () => {
    const coverage = [denied(1, { accepted }), denied(2), denied(3), { source: 'state', status: 'complete' } as const];
    const groups = gapsOf({ scan: { requested: SOURCES }, coverage });
    expect(groups.map((group) => [askedText(group), whyText(group), isUnanswered(group)])).toEqual([
      ['kms DescribeKey 111122223333 eu-west-1, 2 times, the first of arn:2', 'denied (needs kms:DescribeKey)', true],
      [
        'kms DescribeKey 111122223333 eu-west-1 of arn:1',
        'denied (needs kms:DescribeKey). accepted: locked out; owner team-a; until 2027-01-31; settings, keydrift.yaml:3',
        false,
      ],
    ]);
  });

  it('count again, and say so, when nobody answers for them any more', () => {
    const lapsed = { ...accepted, because: 'it ended on 2026-01-31' };
    const [group] = gapsOf({ scan: { requested: SOURCES }, coverage: [denied(1, { lapsed })] });
    expect(group && isUnanswered(group)).toBe(true);
    expect(group && whyText(group)).toContain('accepted before, it ended on 2026-01-31: locked out');
  });

  it('name a few reasons and count the rest', () => {
    const coverage = [1, 2, 3, 4, 5].map(
      (n): ReportCoverage => ({
        source: 'kms',
        operation: 'ListKeys',
        region: 'eu-west-1',
        status: 'failed',
        reason: `reason ${n}`,
      }),
    );
    const groups = gapsOf({ scan: { requested: SOURCES }, coverage });
    expect(groups.map(whyText)).toEqual(['reason 1; reason 2; reason 3; and 2 more reasons']);
  });
});
