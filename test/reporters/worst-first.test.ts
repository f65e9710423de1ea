import { expect, it } from '@jest/globals';
import { worstFirst } from '../../src/reporters/worst-first.ts';
import { finding, reportKey } from '../fixtures/report.ts';

it('what counts least stands last, and the report is left as it is', () => {
  const key = reportKey('1');
  const findings = [
    finding('suppressed', 'critical', key, { status: 'suppressed' }),
    finding('outside', 'critical', key, { outsideChange: true }),
    finding('low', 'low', key),
    finding('high', 'high', key),
    finding('high-too', 'high', key),
    finding('baselined', 'low', key, { status: 'baselined' }),
  ];
  const before = [...findings];
  expect(worstFirst(findings).map(({ rule }) => rule)).toEqual([
    'high',
    'high-too',
    'low',
    'outside',
    'suppressed',
    'baselined',
  ]);
  expect(findings).toEqual(before);
});
