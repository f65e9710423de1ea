import { describe, expect, it } from '@jest/globals';
import { isWithin } from '../../src/files/within.ts';

describe('a path is within another', () => {
  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/c', true],
    ['/a/b', '/a/b/..c', true],
    ['/', '/a', true],
    ['/a/b', '/a', false],
    ['/a/b', '/a/bc', false],
    ['/a/b', '/a/b/../c', false],
  ])('%s, %s: %s', (base, path, is) => {
    expect(isWithin(base, path)).toBe(is);
  });
});
