import { describe, expect, it } from '@jest/globals';
import { counts, failsAt } from '../../src/model/counting.ts';

describe('counts', () => {
  it.each([
    { status: 'open', counted: true },
    { status: 'open', outsideChange: true, counted: false },
    { status: 'baselined', counted: false },
    { status: 'suppressed', counted: false },
  ] as const)('$status, outside of the change: $outsideChange → $counted', ({ counted, ...finding }) => {
    expect(counts(finding)).toBe(counted);
  });
});

describe('failsAt', () => {
  it.each([
    ['critical', 'high', true],
    ['high', 'high', true],
    ['medium', 'high', false],
    ['critical', 'never', false],
    ['info', 'info', true],
  ] as const)('a %s finding with --fail-on %s: %s', (severity, failOn, fails) => {
    expect(failsAt(severity, failOn)).toBe(fails);
  });
});
