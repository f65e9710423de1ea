import { describe, expect, it } from '@jest/globals';
import {
  AT_FIRST,
  CHOICES,
  fromHash,
  isOurs,
  type Shown,
  SORTS,
  toHash,
  unfiltered,
  VIEWS,
} from '../../../src/reporters/html/client/state.ts';
import fc from '../../support/fast-check.ts';

const text = fc.string({ unit: 'grapheme' });
const named = fc.string({ unit: 'grapheme', minLength: 1 });
const anyShown: fc.Arbitrary<Shown> = fc.record({
  view: fc.constantFrom(...VIEWS),
  severity: fc.subarray(['critical', 'high', 'medium', 'low', 'info']),
  choice: fc.record({ rule: text, status: text, account: text, region: text, standing: text }),
  text,
  sort: fc.constantFrom(...SORTS),
  page: fc.integer({ min: 1, max: 100_000 }),
  key: fc.option(named, { nil: null }),
  finding: fc.option(named, { nil: null }),
});

describe('what is shown, as an address', () => {
  it('comes back as it was', () => {
    fc.assert(fc.property(anyShown, (shown) => expect(fromHash(toHash(shown))).toEqual(shown)));
  });

  it.each([
    [AT_FIRST, '#view=findings'],
    [{ ...AT_FIRST, severity: ['critical', 'high'], page: 2 }, '#view=findings&severity=critical%2Chigh&page=2'],
    [{ ...AT_FIRST, choice: { ...AT_FIRST.choice, status: 'all' } }, '#view=findings&status=all'],
    [{ ...AT_FIRST, key: 'arn:aws:kms:x' }, '#view=findings&key=arn%3Aaws%3Akms%3Ax'],
  ])('%j is %s', (shown, hash) => {
    expect(toHash(shown)).toBe(hash);
    expect(isOurs(hash)).toBe(true);
  });

  it.each(['', '#', '#findings', '#view=x&sort=&page=0&severity=,', '#page=1.5', '#page=9e99', '#%'])(
    '%j says nothing: all is as at first',
    (hash) => {
      expect(fromHash(hash)).toEqual(AT_FIRST);
    },
  );

  it('holds lone surrogates as what stands for them in links', () => {
    expect(fromHash(toHash({ ...AT_FIRST, text: 'a\ud800b' })).text).toBe('a\ufffdb');
  });

  it('without filters keeps the list and its order', () => {
    const shown: Shown = { ...AT_FIRST, view: 'keys', sort: 'name', text: 'x', page: 3, key: 'k' };
    expect(unfiltered(shown)).toEqual({ ...AT_FIRST, view: 'keys', sort: 'name' });
    expect(CHOICES.map((choice) => unfiltered(shown).choice[choice])).toEqual(['', 'open', '', '', '']);
  });
});
