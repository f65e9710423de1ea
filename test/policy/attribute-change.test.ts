import { describe, expect, it } from '@jest/globals';
import type { Difference } from '../../src/model/key-record.ts';
import { admittedBy, changeOf } from '../../src/policy/attribute-change.ts';

const differ = (attribute: Difference['attribute'], state: unknown, live: unknown): Difference =>
  ({ attribute, pair: 'state/live', values: { state, live }, replaces: false }) as Difference;

const allow = (Sid: string | undefined, over: object = {}) => ({
  ...(Sid === undefined ? {} : { Sid }),
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
  Action: 'kms:Decrypt',
  Resource: '*',
  ...over,
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

describe('what changed in a policy', () => {
  it.each([
    ['a statement more', [allow('A')], [allow('A'), allow('B')], 'added B'],
    ['a statement less', [allow('A'), allow('B')], [allow('B')], 'removed A'],
    ['another meaning', [allow('A')], [allow('A', { Action: 'kms:*' })], 'changed A (Action)'],
    [
      'without a Sid',
      [allow('A'), allow(undefined)],
      [allow('A'), allow(undefined, { Action: 'x' })],
      'changed statement 2 (Action)',
    ],
    [
      'a role that is no more',
      [allow('A')],
      [allow('A', { Principal: { AWS: ['AROAEXAMPLE0123456789', 'AIDAEXAMPLE0123456789'] } })],
      'changed A (Principal) (AIDAEXAMPLE0123456789, AROAEXAMPLE0123456789 stands for a user or role that was deleted)',
    ],
    [
      'very many',
      [],
      ['a', 'b', 'c', 'd', 'e'].map((sid) => allow(sid, { Action: sid })),
      'added a, b, c and 2 others',
    ],
    ['a hostile name', [], [allow(`\u001b[2J\n${'x'.repeat(100)}`)], `added [2J ${'x'.repeat(56)}…`],
  ])('%s', (_, before, after, text) => {
    expect(changeOf(differ('policy', policy(...before), policy(...after)))).toBe(text);
  });

  it('says that what came or went forbids', () => {
    const fence = allow('Fence', { Effect: 'Deny' });
    expect(changeOf(differ('policy', policy(allow('A'), fence), policy(allow('A'))))).toBe('removed Fence (a Deny)');
  });

  it('may be outside of its statements', () => {
    const old = JSON.stringify({ Version: '2008-10-17', Statement: [allow('A')] });
    expect(changeOf(differ('policy', old, policy(allow('A'))))).toBe('its Version');
  });
});

describe('whom KMS lets in', () => {
  it('stands beside what changed', () => {
    const everybody = policy(allow('A', { Principal: '*' }));
    expect(admittedBy(differ('policy', policy(allow('A')), everybody))).toBe('EVERYBODY (Principal *)');
  });

  it.each([
    ['nobody else', differ('policy', policy(allow('A')), policy(allow('A', { Action: 'x' })))],
    ['tags', differ('tags', {}, { AWS: '*' })],
    ['what cannot be compared', differ('policy', 'text', policy(allow('A', { Principal: '*' })))],
  ])('is nobody: %s', (_, difference) => {
    expect(admittedBy(difference)).toBeUndefined();
  });
});

describe('what changed in tags', () => {
  it.each([
    [{ a: '1', b: '2' }, { b: '3', c: '4' }, 'added c; removed a; changed b'],
    [{}, JSON.parse('{"__proto__":"x"}'), 'added __proto__'],
    [{ constructor: 'x' }, {}, 'removed constructor'],
  ])('from %j to %j', (before, after, text) => {
    expect(changeOf(differ('tags', before, after))).toBe(text);
  });
});

it.each([
  ['another attribute', differ('keySpec', 'RSA_2048', 'RSA_4096')],
  ['a witness that says nothing', differ('policy', policy(), undefined)],
  ['text that is no policy', differ('policy', 'text', policy())],
])('nothing is said of %s', (_, difference) => {
  expect(changeOf(difference)).toBeUndefined();
});
