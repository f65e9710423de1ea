import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../src/model/facts.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { configurationCovered, declared, inventory, keyArn, planned, root } from '../support/facts.ts';

const K = keyArn(1);
const GONE = keyArn(2);
const ELSEWHERE = { ...root('.', null), elsewhere: true as const };

const knows = (over: Parameters<typeof planned>[0] = {}): Fact =>
  planned({ root: '.', arn: K, keyId: K.split('/')[1] ?? null, action: 'none', ...over });
const MAKES: Parameters<typeof planned>[0] = { arn: null, keyId: null, action: 'create' };

/** Each key with its standing, the blocks that declare it, and why those are not known. */
function keysOf(facts: readonly Fact[]) {
  const seen = inventory([ELSEWHERE, declared(), ...facts], {
    coverage: [configurationCovered(), { source: 'plan', locator: 'plan.json', status: 'complete' }],
  });
  const { keys } = reconcile(seen, { estate: 'partial', graceMs: 0, secondLook: 'assumed' });
  return [...keys].map(({ id, configuration, unknown }) => [
    id,
    configuration.length,
    unknown.configuration !== undefined,
  ]);
}

const BLOCK = '.#aws_kms_key.this';

describe('where no state of a root was read', () => {
  it('its plan says which key a block has', () => {
    expect(keysOf([knows()])).toEqual([[K, 1, false]]);
  });

  it('and that a key which it destroys has no block', () => {
    const destroyed = knows({ arn: GONE, keyId: null, address: 'aws_kms_key.old', action: 'destroy' });
    expect(keysOf([knows(), destroyed])).toEqual([
      [K, 1, false],
      [GONE, 0, false],
    ]);
  });

  it.each<[string, Parameters<typeof planned>[0]]>([
    ['of no known root', { root: null }],
    ['that came with the repository', { committed: true }],
  ])('a plan %s says neither', (_, over) => {
    expect(keysOf([knows(over)]).map(([id, blocks]) => [id, blocks])).toEqual([
      [BLOCK, 1],
      [K, 0],
    ]);
  });

  it.each<[string, Parameters<typeof planned>[0], string]>([
    ['is not created where the plan makes it', {}, 'not-created'],
    ['is not known where the plan came with the repository', { committed: true }, 'undetermined'],
  ])('a key %s', (_, over, standing) => {
    const seen = inventory([ELSEWHERE, declared(), knows({ ...MAKES, ...over })], {
      coverage: [configurationCovered()],
    });
    const { keys } = reconcile(seen, { estate: 'partial', graceMs: 0, secondLook: 'assumed' });
    expect([...keys].map((key) => [key.id, key.standing])).toEqual([[BLOCK, standing]]);
  });
});
