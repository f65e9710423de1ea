import { describe, expect, it } from '@jest/globals';
import { beforeRecords, IN_NO_PLAN, isExpected, NOT_ASKED, notAskedOf } from '../../src/model/not-asked.ts';

describe('a reason that every scan of its kind has', () => {
  it.each(['cloudtrail', 'state', 'configuration', 'plan'] as const)(
    'names the source %s, which was not asked for',
    (source) => {
      expect(notAskedOf(NOT_ASKED[source])).toBe(source);
      expect(isExpected(NOT_ASKED[source])).toBe(true);
    },
  );

  it('is that a key is older than the records', () => {
    expect(beforeRecords('2026-08-25T12:00:00.000Z')).toBe('made before the records begin (2026-08-25)');
    expect(isExpected(beforeRecords('2026-08-25T12:00:00.000Z'))).toBe(true);
  });

  it('is that a key is of another root than the plans', () => {
    expect([isExpected(IN_NO_PLAN), notAskedOf(IN_NO_PLAN)]).toEqual([true, undefined]);
  });

  it('is not that somebody denied an answer', () => {
    expect(isExpected('kms:DescribeKey is denied')).toBe(false);
    expect(notAskedOf('kms:DescribeKey is denied')).toBeUndefined();
  });
});
