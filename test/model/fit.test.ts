import { describe, expect, it } from '@jest/globals';
import { aliasFit, anyFit, creatorFit, everyFit, type Fit, tagFit } from '../../src/model/fit.ts';

const ROLE = 'arn:aws:iam::111122223333:role/vendors/installer';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/installer/one';

describe('fits', () => {
  it.each<[readonly Fit[], Fit, Fit]>([
    [['fits', 'no'], 'fits', 'no'],
    [['fits', 'unknown'], 'fits', 'unknown'],
    [['no', 'unknown'], 'unknown', 'no'],
    [['fits', 'fits'], 'fits', 'fits'],
    [[], 'no', 'fits'],
  ])('of %j: one is %s, all are %s', (fits, any, every) => {
    expect([anyFit(fits), everyFit(fits)]).toEqual([any, every]);
  });

  it.each<[string, Fit, Fit]>([
    ['an alias', aliasFit(['alias/a*'], ['alias/b', 'alias/ab'], true), 'fits'],
    ['no alias that is known', aliasFit(['alias/a*'], ['alias/b'], true), 'unknown'],
    ['no alias at all', aliasFit(['alias/a*'], ['alias/b'], false), 'no'],
    ['aliases that nobody asks for', aliasFit([], [], true), 'no'],
    ['a tag of one witness', tagFit([{ key: 'team' }], [null, { team: 'edge' }]), 'fits'],
    ['a tag of another value', tagFit([{ key: 'team', value: 'core*' }], [{ team: 'edge' }]), 'no'],
    ['a tag that a witness cannot tell', tagFit([{ key: 'team' }], [{}, null]), 'unknown'],
    ['a tag called as what every object inherits', tagFit([{ key: 'constructor' }], [{}]), 'no'],
    ['a role', creatorFit([ROLE], { principal: SESSION, role: ROLE }, false), 'fits'],
    ['a session', creatorFit([SESSION], { principal: SESSION, role: null }, false), 'fits'],
    ['a role that is not told', creatorFit([ROLE], { principal: SESSION, role: null }, false), 'unknown'],
    ['nobody, and somebody made it', creatorFit([ROLE], null, true), 'unknown'],
    ['nobody', creatorFit([ROLE], null, false), 'no'],
  ])('%s', (_, fit, expected) => {
    expect(fit).toBe(expected);
  });
});
