import { describe, expect, it } from '@jest/globals';
import type { Fact, StatePolicyFact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import { declared, held, inventory, keyArn, LINEAGE, live, STATE, T } from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const KEY = keyArn(1);
const statement = (over: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'kms:Decrypt',
  Resource: '*',
  ...over,
});
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const OURS = policy(statement({ Sid: 'Ours' }));
const THEIRS = policy(statement({ Sid: 'Theirs' }));
const DEFAULT = JSON.stringify({
  Version: '2012-10-17',
  Id: 'key-consolepolicy-3',
  Statement: { Sid: 'Enable', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:*'], Resource: '*' },
});

const sets = (text: string | null, over: Partial<StatePolicyFact> = {}): StatePolicyFact => ({
  kind: 'state-policy',
  address: 'aws_kms_key_policy.this',
  keyArn: KEY,
  keyId: null,
  policy: text,
  source: STATE,
  lineage: LINEAGE,
  serial: 4,
  errored: false,
  readAt: T.states,
  ...over,
});
const withPolicy = (text: string) => ({ attributes: { policy: text } });

function keyOf(facts: readonly Fact[]) {
  const { keys } = reconciled(inventory(facts), { estate: 'partial', graceMs: HOUR, secondLook: 'required' });
  const [key] = keys;
  return {
    differs: key?.differences.some(({ attribute }) => attribute === 'policy'),
    declared: key?.policyDeclared,
    gap: key?.unknown.policyDeclared,
    unknown: key?.state[0]?.unknown.policy,
  };
}

describe('the policy that counts', () => {
  it.each<[string, readonly Fact[], object]>([
    [
      'of an aws_kms_key_policy, not what the key has',
      [held(KEY, withPolicy(DEFAULT)), sets(OURS), live(KEY, withPolicy(OURS))],
      { differs: false, declared: true },
    ],
    [
      'differs from what KMS has',
      [held(KEY, withPolicy(THEIRS)), sets(OURS), live(KEY, withPolicy(THEIRS))],
      { differs: true, declared: true },
    ],
    [
      'is found by the key id',
      [
        held(KEY, withPolicy(THEIRS)),
        sets(OURS, { keyArn: null, keyId: KEY.split('/')[1] ?? '' }),
        live(KEY, withPolicy(THEIRS)),
      ],
      { differs: true },
    ],
    [
      'is unknown when sensitive',
      [held(KEY, withPolicy(THEIRS)), sets(null, { unknownPolicy: 'sensitive' }), live(KEY, withPolicy(OURS))],
      { differs: false, unknown: 'sensitive' },
    ],
    [
      'is unknown when two set different ones',
      [held(KEY), sets(OURS), sets(THEIRS, { address: 'b' }), live(KEY, withPolicy(OURS))],
      { differs: false, unknown: expect.stringMatching(/different policies/) },
    ],
    [
      'is one when two set the same',
      [held(KEY), sets(OURS), sets(OURS, { address: 'b' }), live(KEY, withPolicy(OURS))],
      { differs: false, unknown: undefined },
    ],
    [
      'of a superseded copy does not count',
      [held(KEY, withPolicy(OURS)), sets(THEIRS, { source: 'old.tfstate' }), live(KEY, withPolicy(OURS))],
      { differs: false },
    ],
  ])('%s', (_, facts, expected) => {
    expect(keyOf(facts)).toMatchObject(expected);
  });
});

it('names the block or resource that declares it, which an apply of the key alone does not set', () => {
  const by = { address: 'aws_kms_key_policy.moved', path: 'kms.tf', line: 9 };
  const addressOf = (...facts: readonly Fact[]) => {
    const differing = [held(KEY, withPolicy(OURS)), live(KEY, withPolicy(THEIRS)), ...facts];
    const { keys } = reconciled(inventory(differing), { estate: 'partial', graceMs: HOUR, secondLook: 'required' });
    return [...keys][0]?.differences.map(({ attribute, address }) => `${attribute} ${address}`);
  };
  expect(addressOf()).toEqual(['policy aws_kms_key.this']);
  expect(addressOf(sets(OURS))).toEqual(['policy aws_kms_key_policy.this']);
  const [one, other] = ['b', 'a'].map((name) => sets(OURS, { address: `aws_kms_key_policy.${name}` })) as [Fact, Fact];
  expect(addressOf(one, other)).toEqual(['policy aws_kms_key_policy.a']);
  expect(addressOf(sets(OURS), declared({ policyBy: by }))).toEqual(['policy aws_kms_key_policy.moved']);
});

describe('whether a policy is declared', () => {
  it.each<[string, readonly Fact[], boolean | null]>([
    ['the block sets it', [declared({ attributes: { policy: OURS } }), held(KEY), live(KEY)], true],
    [
      'the block sets what only Terraform knows',
      [declared({ unknown: { policy: 'an expression' } }), held(KEY), live(KEY)],
      true,
    ],
    [
      'the block is silent, whatever the state has',
      [declared({ attributes: {} }), held(KEY, withPolicy(OURS)), live(KEY)],
      false,
    ],
    ['only the state speaks, of another than the default one', [held(KEY, withPolicy(OURS)), live(KEY)], true],
    ['only the state speaks, of the default one', [held(KEY, withPolicy(DEFAULT)), live(KEY)], null],
    [
      'the state has the default one of another account',
      [held(KEY, withPolicy(DEFAULT.replace('111122223333', '222233334444'))), live(KEY)],
      true,
    ],
    ['the state has an empty document', [held(KEY, withPolicy('{}')), live(KEY, withPolicy(OURS))], null],
    ['nobody speaks of it', [held(KEY), live(KEY)], null],
  ])('%s', (_, facts, expected) => {
    expect(keyOf(facts).declared).toBe(expected);
  });

  it('is said to be unknown where the default one was changed', () => {
    expect(keyOf([held(KEY, withPolicy(DEFAULT)), live(KEY, withPolicy(OURS))])).toMatchObject({
      differs: true,
      declared: null,
      gap: expect.stringMatching(/default key policy/),
    });
  });
});
