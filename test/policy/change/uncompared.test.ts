import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { Fact } from '../../../src/model/facts.ts';
import { strayStates, uncomparedRoots } from '../../../src/policy/change/uncompared.ts';
import { configurationCovered, root, stateCovered } from '../../support/facts.ts';

const CHANGE = { since: 'main', base: 'abc', count: 1, files: ['b/main.tf'], resettled: [] };
const FACTS: readonly Fact[] = [
  { ...root('a', ['a.tfstate']), places: ['a'] },
  { ...root('b', ['s3://states/b']), places: ['b'], elsewhere: true },
  { ...root('c', ['s3://states/c']), places: ['c'], elsewhere: true },
];
const LOOKED = ['a', 'b', 'c'].map((locator): Coverage => ({ ...configurationCovered(), locator }));
const state = (locator: string, lineage: string, over: object = {}): Coverage => {
  const { state: read, ...covered } = stateCovered({ locator, lineage });
  return read === undefined ? covered : { ...covered, state: { ...read, ...over } };
};
const OWN = state('a.tfstate', 'one');

describe('a state that was read and is of no root', () => {
  it.each<[string, Coverage[], string | undefined]>([
    ['is of another lineage', [OWN, state('x.json', 'two')], 'x.json'],
    ['is one of several', [OWN, state('x.json', 'two'), state('y.json', 'three')], 'x.json and 1 more'],
    ['has no lineage, as another', [state('a.tfstate', ''), state('x.json', '')], 'x.json'],
    ['is none where it is a copy of one that is of a root', [OWN, state('copy.json', 'one')], undefined],
    ['is none where a crashed apply left it', [OWN, state('errored.tfstate', 'two', { errored: true })], undefined],
    ['is none where nobody could read it', [OWN, { source: 'state', locator: 'x.json', status: 'failed' }], undefined],
    [
      'is none where the state of the touched root was read as well',
      [OWN, state('s3://states/b', 'b'), state('x.json', 'two')],
      undefined,
    ],
  ])('%s', (_, states, named) => {
    const gaps = strayStates({ facts: FACTS, coverage: [...LOOKED, ...states] }, CHANGE);
    expect(gaps.map(({ locator }) => locator)).toEqual(named === undefined ? [] : ['b']);
    expect(gaps[0]?.reason ?? '').toContain(named === undefined ? '' : `though ${named} may be`);
  });
});

describe('the root that a stray state may be of', () => {
  const PLAN: Coverage = {
    source: 'plan',
    locator: 'plan.json',
    status: 'complete',
    plan: { root: 'b', whole: true },
  };
  const of = (...facts: readonly Fact[]) => [...FACTS.slice(0, 1), ...facts];
  const at = (states: readonly string[] | null): Fact => ({ ...root('b', states), places: ['b'] });

  it.each<[string, readonly Fact[], Coverage[], readonly string[]]>([
    ['is one of which nobody knows the state', of(at(null)), [], ['b']],
    ['is one of whose states one was not read', of(at(['b.tfstate', 'c.tfstate'])), [state('b.tfstate', 'b')], ['b']],
    ['is not one that a whole plan speaks for', FACTS, [PLAN], []],
    ['is not one whose configuration nobody looked at', of({ ...root('d', null), places: ['b'] }), [], []],
  ])('%s', (_, facts, more, roots) => {
    const told = { facts, coverage: [...LOOKED, OWN, state('x.json', 'two'), ...more] };
    expect(strayStates(told, CHANGE).map(({ locator }) => locator)).toEqual(roots);
    expect(uncomparedRoots(told, CHANGE)).toEqual([]);
  });
});

it('of roots whose states are elsewhere those are named that the change touches, and all without one', () => {
  const told = { facts: FACTS, coverage: [...LOOKED, OWN] };
  expect(uncomparedRoots(told, CHANGE)).toEqual(['b']);
  expect(uncomparedRoots(told, undefined)).toEqual(['b', 'c']);
});
