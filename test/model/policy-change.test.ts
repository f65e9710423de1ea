import { describe, expect, it } from '@jest/globals';
import { policyChange } from '../../src/model/policy-change.ts';
import { admittedText, policyChangeTexts } from '../../src/model/policy-change-text.ts';
import { policyMeaning } from '../../src/model/policy-meaning.ts';
import fc from '../support/fast-check.ts';

const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const allow = (over: object = {}) => ({
  Sid: 'Root',
  Effect: 'Allow',
  Principal: ROOT,
  Action: 'kms:*',
  Resource: '*',
  ...over,
});
const policy = (...Statement: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const between = (declared: object, live: object) => policyChange(policy(declared), policy(live));
const textsOf = (declared: string, live: string) => {
  const change = policyChange(declared, live);
  return change === undefined ? undefined : policyChangeTexts(change);
};

describe('how two policies differ', () => {
  it('is told by what they mean, whatever the order of their texts', () => {
    const live =
      '{"Statement":[{"Resource":"*","Principal":{"AWS":"*"},"Effect":"Allow","Sid":"Root","Action":["KMS:*"]}]}';
    expect(textsOf(JSON.stringify({ Statement: [allow()] }), live)).toEqual([
      'changed Root: Principal - AWS 111122223333 + AWS *',
    ]);
  });

  it.each([
    ['nothing', [allow()], [allow({ Principal: { AWS: '111122223333' } })], []],
    [
      'a statement more',
      [allow()],
      [allow(), allow({ Sid: 'Guests', Principal: '*', Action: ['kms:Decrypt', 'kms:Encrypt'] })],
      ['added Guests: Effect Allow; Principal AWS *; Action kms:decrypt, kms:encrypt; Resource *'],
    ],
    [
      'a statement less',
      [allow(), allow({ Sid: 'Fence', Effect: 'Deny' })],
      [allow()],
      ['removed Fence: Effect Deny; Principal AWS 111122223333; Action kms:*; Resource *'],
    ],
    [
      'a condition less',
      [allow({ Condition: { StringEquals: { 'kms:CallerAccount': ['111122223333'] } } })],
      [allow()],
      ['changed Root: Condition - StringEquals kms:CallerAccount 111122223333'],
    ],
    [
      'statements without a Sid',
      [allow(), allow({ Sid: undefined, Action: 'a' })],
      [allow(), allow({ Sid: undefined, Action: 'b' })],
      ['changed statement 2: Action - a + b'],
    ],
    [
      'very many',
      [allow({ Action: 'z' })],
      [allow({ Action: ['a', 'b', 'c', 'd', 'x'.repeat(100)] })],
      ['changed Root: Action - z + a, b, c and 2 more'],
    ],
    [
      'two of one name',
      [allow({ Action: 'a' }), allow({ Action: 'b' })],
      [allow({ Action: 'c' })],
      ['changed Root: Action - a + c', 'removed Root: Effect Allow; Principal AWS 111122223333; Action b; Resource *'],
    ],
    ['what is no statement', [1], [2], ['changed statement 1: statement - 1 + 2']],
  ])('in %s', (_, declared, live, texts) => {
    expect(textsOf(policy(...declared), policy(...live))).toEqual(texts);
  });

  it('beside its statements', () => {
    const old = JSON.stringify({ Version: '2008-10-17', Statement: [allow()] });
    expect(textsOf(old, policy(allow()))).toEqual(['changed the policy itself: Version - 2008-10-17 + 2012-10-17']);
  });

  it('cannot be told of what is no policy', () => {
    expect(policyChange('text', policy(allow()))).toBeUndefined();
    expect(policyChange(policy(allow()), '{}')).toBeUndefined();
  });

  it('is nothing where they mean the same, and something where not', () => {
    const member = fc.constantFrom('Sid', 'Effect', 'Principal', 'Action', 'Condition', '__proto__', 'constructor');
    const statement = fc.dictionary(member, fc.jsonValue({ maxDepth: 2 }));
    const policies = fc.array(statement, { maxLength: 3 }).map((statements) => policy(...statements));
    fc.assert(
      fc.property(policies, policies, (one, other) => {
        const change = policyChange(one, other);
        const isSame = policyMeaning(one) === policyMeaning(other);
        expect(change?.statements.length === 0 && change.document.length === 0).toBe(isSame);
      }),
    );
  });
});

describe('whom KMS lets in and the declared policy does not', () => {
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } };
  it.each([
    ['everybody', {}, { Principal: '*' }, 'EVERYBODY (Principal *)'],
    ['everybody, with AWS', {}, { Principal: { AWS: ['*'] } }, 'EVERYBODY (Principal *)'],
    [
      'everybody under a condition',
      {},
      { Principal: '*', Condition: condition },
      'EVERYBODY (Principal *) under a Condition',
    ],
    [
      'everybody without the condition',
      { Principal: '*', Condition: condition },
      { Principal: '*' },
      'EVERYBODY (Principal *)',
    ],
    ['everybody under an empty condition', {}, { Principal: '*', Condition: {} }, 'EVERYBODY (Principal *)'],
    ['all but some', {}, { Principal: undefined, NotPrincipal: ROOT }, 'EVERYBODY (Principal *)'],
    [
      'roles of other accounts',
      {},
      { Principal: { AWS: ['arn:aws-cn:sts::444455556666:assumed-role/a/b', '777788889999'] } },
      'account 444455556666, account 777788889999',
    ],
  ])('%s', (_, declared, live, text) => {
    expect(admittedText(between(allow(declared), allow(live))?.admitted ?? [])).toBe(text);
  });

  it.each([
    ['a role of an account that it lets in', {}, { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }],
    ['everybody is forbidden', {}, { Principal: '*', Effect: 'Deny' }],
    ['everybody may already', { Principal: '*' }, { Principal: { AWS: '444455556666' } }],
    [
      'another condition',
      { Principal: '*', Condition: condition },
      { Principal: '*', Condition: { Null: { a: 'b' } } },
    ],
    ['a service', {}, { Principal: { Service: 's3.amazonaws.com' } }],
  ])('is nobody: %s', (_, declared, live) => {
    expect(between(allow(declared), allow(live))?.admitted).toEqual([]);
  });
});
