import { describe, expect, it } from '@jest/globals';
import type { Report, ReportKey } from '../../src/model/report.ts';
import { table } from '../../src/reporters/table.ts';
import { finding, instance, reportKey, reportOf, scanOf } from '../fixtures/report.ts';

const textOf = (keys: readonly ReportKey[], over: Partial<Report> = {}): string =>
  [...table(reportOf({ keys: [...keys], ...over }), { width: 100, color: false, limit: 10 })].join('');
/** The text as one line: where it wraps is not what these tests are about. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const managed = reportKey('aaaaaaaa', { state: [instance({})] });
const outOfScope = (keyId: string, region: string, account = '111122223333') => {
  const arn = `arn:aws:kms:${region}:${account}:key/${keyId}`;
  const over = { id: arn, arn, account, region, standing: 'out-of-scope', reason: 'not scanned', live: null } as const;
  return reportKey(keyId, { ...over, state: [instance({})] });
};
const tokyo = [outOfScope('bbbbbbbb', 'ap-northeast-1'), outOfScope('cccccccc', 'ap-northeast-1')];
const foreign = outOfScope('dddddddd', 'eu-west-1', '444455556666');

describe('keys of the states whose account or Region was not scanned', () => {
  it('are never accounted for, though the scan is complete', () => {
    const text = flat(textOf([managed, ...tokyo]));
    expect(text).not.toContain('Every key is accounted for');
    expect(text).toContain('Every key that was looked at is accounted for');
    expect(text).toContain('2 keys of the states were not looked at: ap-northeast-1 (2). Add --region ap-northeast-1.');
  });

  it('are named with the account that they are of and the one that was scanned', () => {
    expect(flat(textOf([managed, foreign]))).toContain(
      '1 key of the states was not looked at: account 444455556666 (1). These credentials are of 111122223333.',
    );
  });

  it.each([
    ['beside no finding', {}],
    ['beside a finding', { findings: [finding('unmanaged-key', 'high', reportKey('eeeeeeee'))] }],
  ])('read as a mistake when they are all of them, %s', (_, over) => {
    const text = flat(textOf([...tokyo, foreign, reportKey('eeeeeeee', { standing: 'unmanaged' })], over));
    expect(text).toContain(
      'Probably a mistake: no key of the states was looked at: ap-northeast-1 (2), account 444455556666 (1).',
    );
    expect(text).not.toContain('accounted for');
  });

  it('are told of plans too: what an apply does to them was not judged', () => {
    const change = { action: 'destroy', by: 'plan', address: 'aws_kms_key.a', plan: 'plan.json' } as const;
    const planned = [{ ...change, because: [], createsFirst: false, deletionWindowInDays: null }];
    const elsewhere = { ...outOfScope('bbbbbbbb', 'ap-northeast-1'), state: [], planned };
    expect(flat(textOf([managed, elsewhere]))).toContain(
      '1 key of the plans was not looked at: ap-northeast-1 (1). Add --region ap-northeast-1.',
    );
    expect(flat(textOf([managed, elsewhere, ...tokyo]))).toContain('3 keys of the states and plans were not looked at');
    expect(flat(textOf([elsewhere]))).toContain('Probably a mistake: no key of the plans was looked at');
  });

  it('stand under the count of keys beside findings too', () => {
    const text = textOf([managed, ...tokyo], { findings: [finding('key-disabled', 'medium', managed)] });
    expect(text).toMatch(/\n {2}keys [^\n]*\n {14}2 keys of the states were not looked at: ap-northeast-1 \(2\)\n/);
    expect(text).not.toContain('Add --region');
  });

  it('are listed with why', () => {
    expect(textOf([managed, foreign])).toMatch(/LEFT OPEN[^\n]*\n {2}out-of-scope .* dddddddd {2}not scanned\n/);
  });

  it.each([
    ['keys that no state holds', [managed, { ...foreign, state: [] }], {}],
    ['keys of a scanned Region that are left out', [managed, { ...managed, standing: 'out-of-scope' as const }], {}],
    ['a scan that asked for no keys', [managed, foreign], { scan: scanOf({ requested: ['state'] }) }],
  ] as [string, ReportKey[], Partial<Report>][])('are not %s', (_, keys, over) => {
    expect(textOf(keys, over)).not.toMatch(/not looked at|LEFT OPEN/);
  });
});

it('a key that only its family names, in a Region that was not scanned, is none that was looked at', () => {
  const text = flat(textOf([managed, { ...foreign, state: [] }]));
  expect(text).toContain('Every key that was looked at is accounted for, and no rule found anything.');
});
