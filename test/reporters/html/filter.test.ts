import { describe, expect, it } from '@jest/globals';
import type { ReportKey } from '../../../src/model/report.ts';
import { filteredFindings, filteredKeys, NOT_CREATED, sortedKeys } from '../../../src/reporters/html/client/filter.ts';
import { itemsOf, keyById } from '../../../src/reporters/html/client/items.ts';
import { AT_FIRST, type Shown } from '../../../src/reporters/html/client/state.ts';
import { contentsOf, findingRows, keyRows } from '../../../src/reporters/html/page/rows.ts';
import { block, created, finding, reportKey, reportOf } from '../../fixtures/report.ts';

const orders = reportKey('aaaa-1', {
  aliases: ['alias/orders', 'alias/orders-next'],
  configuration: [block({ address: 'module.orders.aws_kms_key.this', path: 'infra/orders.tf', line: 7 })],
});
const rogue = reportKey('bbbb-2', {
  region: 'us-east-1',
  standing: 'unmanaged',
  createdAt: '2026-11-20T00:00:00.000Z',
  created: created({ principal: 'arn:aws:iam::111122223333:user/Mallory', via: 'console' }),
});
const planned: ReportKey = {
  ...reportKey('cccc-3', { standing: 'not-created', aliases: ['alias/next'] }),
  ...{ id: '.#aws_kms_key.next', arn: null, account: null, region: null, keyId: null, live: null, createdAt: null },
};
const report = reportOf({
  keys: [orders, rogue, planned],
  findings: [
    finding('unmanaged-key', 'high', rogue, { message: 'Nobody manages it.' }),
    finding('policy-drift', 'high', orders),
    finding('tags-drift', 'low', orders, { status: 'baselined' }),
    finding('key-without-alias', 'low', rogue),
  ],
});
const contents = contentsOf(report);
const items = itemsOf([...keyRows(report, contents)], [...findingRows(report, contents)], contents);

const shown = (over: Partial<Shown> & Partial<Shown['choice']> = {}): Shown => {
  const { rule = '', status = 'open', account = '', region = '', standing = '', ...rest } = over;
  return { ...AT_FIRST, ...rest, choice: { rule, status, account, region, standing } };
};
const findingsLeft = (over: Parameters<typeof shown>[0]): string[] =>
  filteredFindings(items.findings, shown(over)).items.map(({ rule }) => rule);
const keysLeft = (over: Parameters<typeof shown>[0]): string[] =>
  filteredKeys(items.keys, shown(over)).items.map(({ name }) => name);

describe('findings', () => {
  it.each([
    [{}, ['unmanaged-key', 'policy-drift', 'key-without-alias']],
    [{ status: 'all' }, ['unmanaged-key', 'policy-drift', 'tags-drift', 'key-without-alias']],
    [{ status: 'baselined' }, ['tags-drift']],
    [{ severity: ['low'] }, ['key-without-alias']],
    [{ severity: ['low', 'high'], region: 'us-east-1' }, ['unmanaged-key', 'key-without-alias']],
    [{ standing: 'managed' }, ['policy-drift']],
    [{ rule: 'policy-drift' }, ['policy-drift']],
    [{ account: '999999999999' }, []],
    [{ text: 'NOBODY  manages' }, ['unmanaged-key']],
    [{ text: 'mallory alias' }, ['key-without-alias']],
    [{ text: 'alias/orders-next' }, ['policy-drift']],
    [{ text: 'infra/orders.tf:7' }, ['policy-drift']],
  ])('that pass %j are %j', (over, left) => {
    expect(findingsLeft(over)).toEqual(left);
  });

  it('are counted for each value as if only the other filters were set', () => {
    const { counts } = filteredFindings(items.findings, shown({ severity: ['high'], region: 'us-east-1' }));
    expect([...counts.severity]).toEqual([
      ['high', 1],
      ['low', 1],
    ]);
    expect([...counts.region]).toEqual([
      ['us-east-1', 1],
      ['eu-west-1', 1],
    ]);
    expect([...counts.rule]).toEqual([['unmanaged-key', 1]]);
    expect([...counts.status]).toEqual([['open', 1]]);
  });
});

describe('keys', () => {
  it.each([
    [{}, ['alias/orders', 'bbbb-2', 'alias/next']],
    [{ severity: ['critical'], rule: 'x', status: 'suppressed' }, ['alias/orders', 'bbbb-2', 'alias/next']],
    [{ region: NOT_CREATED }, ['alias/next']],
    [{ region: 'eu-west-1' }, ['alias/orders']],
    [{ text: 'Mallory' }, ['bbbb-2']],
    [{ text: 'module.orders' }, ['alias/orders']],
  ])('that pass %j are %j', (over, left) => {
    expect(keysLeft(over)).toEqual(left);
  });

  it.each([
    ['worst', ['bbbb-2', 'alias/orders', 'alias/next']],
    ['name', ['alias/next', 'alias/orders', 'bbbb-2']],
    ['newest', ['bbbb-2', 'alias/orders', 'alias/next']],
  ] as const)('sorted by %s are %j', (sort, names) => {
    expect(sortedKeys(items.keys, sort).map(({ name }) => name)).toEqual(names);
  });

  it('are found by id, also by how a link writes what it cannot hold', () => {
    const odd = reportOf({ keys: [{ ...orders, id: 'a\ud800' }] });
    const names = contentsOf(odd);
    const found = itemsOf([...keyRows(odd, names)], [], names);
    expect(keyById(items, orders.id)?.name).toBe('alias/orders');
    expect(keyById(found, 'a\ufffd')?.id).toBe('a\ud800');
    expect(keyById(items, 'other')).toBeUndefined();
  });
});
