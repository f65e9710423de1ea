import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { RootFact } from '../../../src/model/facts.ts';
import { EVERYWHERE } from '../../../src/model/reach.ts';
import { touchedRoots } from '../../../src/policy/change/touched.ts';
import fc from '../../support/fast-check.ts';

const TOP = '/repo';

/** Few names, so that places meet. */
const path = fc
  .array(fc.constantFrom('a', 'b', 'c', 'main.tf'), { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'));
const places = fc.uniqueArray(fc.oneof(path, fc.constant('.')), { maxLength: 4 });
const roots = fc
  .array(places, { minLength: 1, maxLength: 4 })
  .map((each) => each.map((own, at) => root(`r${at}`, own)));
const files = fc.uniqueArray(path, { maxLength: 4 });

const root = (name: string, own: readonly string[] | undefined): RootFact => ({
  kind: 'root',
  root: name,
  states: null,
  reach: EVERYWHERE,
  ...(own === undefined ? {} : { places: [...own] }),
});

const touched = (given: readonly RootFact[], changed: readonly string[]): readonly string[] =>
  [...touchedRoots(given, { files: changed, resettled: [] })].sort();

const isWithin = (dir: string, file: string): boolean => dir === '.' || file === dir || file.startsWith(`${dir}/`);

/** The same paths from a working directory below the top. */
const from = (dir: string, name: string): string => posix.relative(posix.join(TOP, dir), posix.join(TOP, name)) || '.';

describe('what a change touches', () => {
  it('is each root with the nearest place above a file, with a place below it, or that reads it by a link, and no other', () => {
    fc.assert(
      fc.property(roots, files, (given, changed) => {
        const all = given.flatMap((each) => each.places ?? []);
        const isTouched = ({ places: own = [] }: RootFact): boolean =>
          changed.some((file) => {
            const isConfiguration = file.endsWith('.tf');
            const around = all.filter((place) => isWithin(place, file) && !(isConfiguration && place === file));
            const longest = Math.max(...around.map((place) => (place === '.' ? 0 : place.length)));
            const nearest = around.find((place) => (place === '.' ? 0 : place.length) === longest);
            if (own.includes(file)) return true;
            return own.some((place) => place === nearest || (place !== '.' && isWithin(file, place)));
          });
        expect(touched(given, changed)).toEqual(given.filter(isTouched).map((each) => each.root));
      }),
    );
  });

  it('never shrinks as a change grows', () => {
    fc.assert(
      fc.property(roots, files, files, (given, some, more) => {
        expect(touched(given, [...some, ...more])).toEqual(expect.arrayContaining([...touched(given, some)]));
      }),
    );
  });

  it('is the same from every working directory', () => {
    fc.assert(
      fc.property(roots, files, path, (given, changed, cwd) => {
        // Nobody works below a file.
        fc.pre(!changed.some((file) => isWithin(file, cwd)));
        const moved = given.map((each) =>
          root(
            each.root,
            each.places?.map((place) => from(cwd, place)),
          ),
        );
        expect(
          touched(
            moved,
            changed.map((file) => from(cwd, file)),
          ),
        ).toEqual(touched(given, changed));
      }),
    );
  });

  it('is every root of which nobody says what it was read from', () => {
    expect(touched([root('known', ['a']), root('unknown', undefined)], [])).toEqual(['unknown']);
  });

  it.each<readonly [readonly string[] | 'all', readonly string[]]>([
    ['all', ['infra/a', 'infra/a@blue', 'infra/ab']],
    [['infra/a'], ['infra/a', 'infra/a@blue']],
    [[], []],
  ])('is the roots that settings say something else of: %j', (resettled, expected) => {
    const given = ['infra/a', 'infra/a@blue', 'infra/ab'].map((name) => root(name, []));
    expect([...touchedRoots(given, { files: [], resettled })]).toEqual(expected);
  });

  it('is a root whose state is in the change', () => {
    const given = [{ ...root('a', ['a']), states: ['states/a.tfstate'] }];
    expect(touched(given, ['states/a.tfstate'])).toEqual(['a']);
    expect(touched(given, ['states/b.tfstate'])).toEqual([]);
  });
});
