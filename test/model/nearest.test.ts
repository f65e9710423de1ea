import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearest } from '../../src/model/nearest.ts';

const STANDINGS = ['managed', 'unmanaged', 'unclaimed', 'missing', 'gone'];

describe('the nearest name', () => {
  it.each([
    ['unmanged', 'unmanaged'],
    ['mising', 'missing'],
    ['UNCLAIMED', 'unclaimed'],
    ['gnoe', 'gone'],
    ['gnxx', undefined],
    ['gon', 'gone'],
    ['retired', undefined],
    ['', undefined],
  ])('of %j is %j', (word, expected) => {
    expect(nearest(word, STANDINGS)).toBe(expected);
  });

  it('is the first of equally near ones', () => {
    expect(nearest('cat', ['car', 'bat'])).toBe('car');
  });

  it('is asked for in words, or not at all', () => {
    expect(didYouMean('unmanged', STANDINGS)).toBe(' (did you mean "unmanaged"?)');
    expect(didYouMean('zebra', STANDINGS)).toBe('');
  });
});
