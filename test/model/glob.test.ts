import { describe, expect, it } from '@jest/globals';
import { fitsAny, fitsGlob } from '../../src/model/glob.ts';
import fc from '../support/fast-check.ts';

describe('a glob', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/path/deploy', true],
    ['arn:aws:iam::*:role/deploy', 'arn:aws:iam::111122223333:role/deploy', true],
    ['arn:aws:iam::*:role/deploy', 'arn:aws:iam::111122223333:role/deployer', false],
    ['role/??', 'role/ab', true],
    ['role/??', 'role/a', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['', '', true],
    ['', 'a', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['*ab*ab', 'xabxabab', true],
    ['Role', 'role', false],
  ])('%j and %j: %j', (pattern, text, fits) => {
    expect(fitsGlob(pattern, text)).toBe(fits);
  });

  it('fits what a regular expression of the same meaning fits', () => {
    const letters = (characters: string) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 });
    fc.assert(
      fc.property(letters('ab*?'), letters('ab'), (pattern, text) => {
        const same = new RegExp(`^${pattern.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`);
        expect(fitsGlob(pattern, text)).toBe(same.test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no exponential time', () => {
    expect(fitsGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });

  it('is enough when one of several fits', () => {
    expect(fitsAny(['x', 'a*'], 'abc')).toBe(true);
    expect(fitsAny([], 'abc')).toBe(false);
  });
});
