import { describe, expect, it } from '@jest/globals';
import type { Change, FormerState } from '../../../src/model/change.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { Fact, StateFact } from '../../../src/model/facts.ts';
import { overtakenStates } from '../../../src/policy/change/overtaken.ts';
import { held, keyArn, LINEAGE, root, STATE, stateCovered } from '../../support/facts.ts';

const K = keyArn(1);
const TWIN = 'twin.tfstate';
const NEWER = stateCovered({ locator: TWIN, serial: 9, digest: 'd9' });
const READ: readonly Coverage[] = [stateCovered(), NEWER];
const ROOTS = [root('.', [STATE, TWIN])];
const PLAN: Coverage = {
  source: 'plan',
  locator: 'plan.json',
  status: 'complete',
  plan: { whole: true, root: '.' },
};

const twin = (over: Partial<StateFact> = {}) => held(K, { source: TWIN, serial: 9, ...over });
const was = (path: string, serial: number, lineage = LINEAGE): FormerState => ({
  path,
  root: null,
  is: { lineage, serial },
  keys: [],
});

function takenOver(
  facts: readonly Fact[],
  change: Partial<Change> = {},
  coverage: readonly Coverage[] = READ,
): readonly (string | undefined)[] {
  const made: Change = { since: 'main', base: 'abc', count: 1, files: [TWIN], resettled: [], ...change };
  return overtakenStates({ facts: [held(K), ...facts], coverage }, made).map(({ locator }) => locator);
}

describe('a state of one lineage that counts by the change in place of another', () => {
  it.each<[string, readonly Fact[]]>([
    ['without its key', ROOTS],
    ['with its key at another address', [...ROOTS, twin({ address: 'aws_kms_key.new' })]],
    ['with its key, and not tainted', [...ROOTS, held(K, { status: 'tainted' }), twin()]],
    [
      'with another word on what cannot change',
      [...ROOTS, twin({ attributes: { ...held(K).attributes, multiRegion: true } })],
    ],
    ['of no root', [root('.', [STATE])]],
    ['of no root, beside another of none', []],
    ['of its root, where another root has a copy as well', [...ROOTS, root('b', [TWIN])]],
  ])('is a gap: %s', (_, facts) => {
    expect(takenOver(facts)).toEqual([TWIN]);
  });

  it.each<[string, readonly Fact[], Partial<Change>, (readonly Coverage[])?]>([
    ['it holds the same', [...ROOTS, twin()], {}, READ],
    [
      'it holds the same, and a description that drifted',
      [...ROOTS, twin({ attributes: { ...held(K).attributes, description: 'x' } })],
      {},
      READ,
    ],
    ['it is no part of the change', ROOTS, { files: [STATE] }, READ],
    ['it counted before', ROOTS, { states: [was(TWIN, 8)] }, READ],
    ['it is of another root', [root('.', [STATE]), root('b', [TWIN])], {}, READ],
    ['it is of another lineage', ROOTS, {}, [stateCovered(), stateCovered({ locator: TWIN, lineage: 'b', serial: 9 })]],
    ['it is no newer', ROOTS, {}, [stateCovered(), stateCovered({ locator: TWIN, digest: 'd2' })]],
    [
      'neither has a lineage',
      ROOTS,
      {},
      [stateCovered({ lineage: '' }), stateCovered({ locator: TWIN, lineage: '', serial: 9 })],
    ],
    ['a plan of its root was given', ROOTS, {}, [...READ, PLAN]],
    [
      'another root has the key in its state now',
      [...ROOTS, root('b', ['b.tfstate']), held(K, { source: 'b.tfstate', lineage: 'b' })],
      {},
      [...READ, stateCovered({ locator: 'b.tfstate', lineage: 'b' })],
    ],
  ])('is none where %s', (_, facts, change, coverage) => {
    expect(takenOver(facts, change, coverage)).toEqual([]);
  });

  it.each<[string, FormerState]>([
    ['had not come as far', was(TWIN, 3)],
    ['was of another lineage', was(TWIN, 8, 'b')],
  ])('is a gap where it %s before', (_, state) => {
    expect(takenOver(ROOTS, { states: [state] })).toEqual([TWIN]);
  });
});
