import { describe, expect, it } from '@jest/globals';
import { ANY_DEPTH, stepsOf } from '../../../../src/sources/terraform/state/pattern.ts';

const matches = (form: string, name: string): boolean => {
  const [step] = stepsOf(form);
  return step instanceof RegExp ? step.test(name) : step === name;
};

describe('one name of a pattern', () => {
  it.each([
    ['*.tfstate', 'prod.tfstate', true],
    ['*.tfstate', '.tfstate', false],
    ['*.tfstate', '.hidden.tfstate', false],
    ['.*.tfstate', '.hidden.tfstate', true],
    ['*.tfstate', 'prod.tfstate.backup', false],
    ['*.tfstate', 'prodXtfstate', false],
    ['p?od', 'prod', true],
    ['p?od', 'pod', false],
    ['p?od', 'p🔑od', true],
    ['a**b', 'a-x-b', true],
    ['[a](b)+{c}|^$', '[a](b)+{c}|^$', true],
    ['x*(1).tfstate', 'xy(1).tfstate', true],
    ['*', 'line\nbreak', true],
  ])('%s and %j: %j', (form, name, expected) => {
    expect(matches(form, name)).toBe(expected);
  });
});

describe('steps of a pattern', () => {
  it.each([
    ['a/b', ['a', 'b']],
    ['./a//b/', ['a', 'b']],
    ['../a', ['..', 'a']],
    ['**/x', [ANY_DEPTH, 'x']],
    ['**/**/x', [ANY_DEPTH, 'x']],
  ])('%s', (pattern, steps) => {
    expect(stepsOf(pattern)).toEqual(steps);
  });

  it('that end with ** mean every file below', () => {
    expect(stepsOf('a/**')).toEqual(['a', ANY_DEPTH, expect.any(RegExp)]);
  });
});
