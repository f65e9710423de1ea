import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact } from '../../src/model/facts.ts';
import { withoutStrayPlans } from '../../src/reconcile/stray-plans.ts';
import {
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  planned,
  root,
  STATE,
  stateCovered,
} from '../support/facts.ts';

const K = keyArn(1);
const OTHER = keyArn(2);
const PLAN: Coverage = { source: 'plan', locator: 'plan.json', status: 'complete' };
const AT_HOME = [root('.', [STATE]), declared(), held(K)];
const WHY = 'it is of another root or workspace, or of an earlier time';

const of = (over: Parameters<typeof planned>[0]): Fact => planned({ root: '.', ...over });
const knows = (over: Parameters<typeof planned>[0] = {}): Fact =>
  of({ arn: K, keyId: K.split('/')[1] ?? null, ...over });

/** Why the plan does not count; undefined where it does. */
function strayBecause(facts: readonly Fact[], coverage: readonly Coverage[] = [stateCovered()]): string | undefined {
  const told = withoutStrayPlans(
    inventory(facts, { coverage: [kmsCovered(), configurationCovered(), ...coverage, PLAN] }),
  );
  const plan = told.coverage.find(({ source }) => source === 'plan');
  const isThere = told.facts.some(({ kind }) => kind === 'planned' || kind === 'plan-drift');
  expect(isThere).toBe(plan?.status === 'complete');
  return plan?.reason;
}

describe('a plan counts', () => {
  it.each<[string, Fact[]]>([
    ['that leaves what its root declares and holds', [...AT_HOME, knows()]],
    [
      'that makes another key',
      [...AT_HOME, declared({ address: 'aws_kms_key.b' }), knows(), of({ address: 'aws_kms_key.b', action: 'create' })],
    ],
    ['that destroys what is no longer declared', [root('.', [STATE]), held(K), knows({ action: 'destroy' })]],
    [
      'that moves a key and makes another in its place',
      [
        ...AT_HOME,
        declared({ address: 'aws_kms_key.b' }),
        knows({ address: 'aws_kms_key.b', previousAddress: 'aws_kms_key.this' }),
        of({ action: 'create' }),
      ],
    ],
    ['that imports a key', [root('.', [STATE]), declared(), knows({ action: 'import' })]],
    [
      'that replaces a key which it imports',
      [
        root('.', [STATE]),
        declared(),
        { kind: 'import', to: 'aws_kms_key.this', id: K, root: '.', path: 'main.tf', line: 1 },
        knows({ action: 'replace' }),
      ],
    ],
    [
      'that makes again what a refresh dropped',
      [
        ...AT_HOME,
        of({ action: 'create' }),
        {
          kind: 'plan-drift',
          plan: 'plan.json',
          root: '.',
          address: 'aws_kms_key.this',
          resourceType: 'aws_kms_key',
          arn: K,
          keyId: null,
          change: 'deleted',
          deletionWindowInDays: null,
          readAt: '2026-11-23T12:00:00.000Z',
        },
      ],
    ],
    [
      'of one of several instances',
      [
        root('.', [STATE]),
        declared({ address: 'aws_kms_key.this[*]', instances: 'unknown' }),
        held(K, { address: 'aws_kms_key.this[3]' }),
        knows({ address: 'aws_kms_key.this[3]' }),
      ],
    ],
    ['of a root that nobody knows', [...AT_HOME, planned({ arn: OTHER })]],
  ])('%s', (_, facts) => {
    expect(strayBecause(facts)).toBeUndefined();
  });

  it('where the state that it may be of was not read', () => {
    expect(
      strayBecause([...AT_HOME, of({ arn: OTHER })], [stateCovered({ status: 'partial', reason: 'damaged' })]),
    ).toBeUndefined();
  });

  it('where a copy of the state counts in the place of its own', () => {
    const facts = [root('.', ['old.tfstate']), declared(), held(K, { source: STATE }), knows()];
    const old = stateCovered({ locator: 'old.tfstate' });
    const copies = [stateCovered(), { ...old, state: { ...old.state!, serial: 1, digest: 'old' } }];
    expect(strayBecause(facts, copies)).toBeUndefined();
  });

  it('where a module was not read that may declare what it has', () => {
    const gap: Coverage = {
      source: 'configuration',
      operation: 'module',
      locator: '.#module.m',
      status: 'failed',
      reason: 'not installed',
    };
    expect(
      strayBecause([...AT_HOME, of({ address: 'module.m.aws_kms_key.a', action: 'create' })], [stateCovered(), gap]),
    ).toBeUndefined();
  });
});

describe('a plan does not count', () => {
  it.each<[string, Fact[], string]>([
    [
      'that knows a key which the state does not hold: another workspace',
      [...AT_HOME, of({ arn: OTHER })],
      'it has a key at aws_kms_key.this that the state of . does not hold',
    ],
    [
      'that names such a key by its id alone',
      [...AT_HOME, of({ keyId: 'x' })],
      'it has a key at aws_kms_key.this that the state of . does not hold',
    ],
    [
      'that makes what the state holds: it was applied since, or is of an empty workspace',
      [...AT_HOME, of({ action: 'create' })],
      'it makes aws_kms_key.this, where the state of . holds a key already',
    ],
    [
      'that makes what the root does not declare',
      [...AT_HOME, of({ address: 'aws_kms_key.b', action: 'create' })],
      'it has aws_kms_key.b, which . does not declare',
    ],
  ])('%s', (_, facts, reason) => {
    expect(strayBecause(facts)).toBe(`${reason}: ${WHY}`);
  });

  it('that keeps what the root does not declare, also where no state is known', () => {
    const facts = [root('.', null), declared(), of({ address: 'aws_kms_key.b' })];
    expect(strayBecause(facts)).toBe(`it has aws_kms_key.b, which . does not declare: ${WHY}`);
  });
});
