import { describe, expect, it } from '@jest/globals';
import { linkTo, placeInTree, uriOf } from '../../src/reporters/place.ts';
import fc from '../support/fast-check.ts';

const at = (path: string) => ({ path, line: 12 });

describe('the place of a finding in the tree', () => {
  it.each([
    ['infra/kms.tf', 'infra/kms.tf'],
    ['./infra//kms.tf', 'infra/kms.tf'],
    ['infra/../kms.tf', 'kms.tf'],
    ['a b/ü.tf', 'a b/ü.tf'],
  ])('is %j: %j', (path, expected) => {
    expect(placeInTree(at(path), {})).toEqual(at(expected));
  });

  it.each([
    '/home/ci/kms.tf',
    '../kms.tf',
    'a/../../kms.tf',
    's3://bucket/kms.tfstate',
    'https://states.example.com/kms',
    'exec:infra',
    'C:\\infra\\kms.tf',
    '-',
    '',
    'infra/',
    '..',
  ])('is none of %j', (path) => {
    expect(placeInTree(at(path), {})).toEqual({ path: 'keydrift.yaml', line: 1 });
  });

  it.each([
    ['kms.tf', 'live/prod/kms.tf'],
    ['../shared/kms.tf', 'live/shared/kms.tf'],
    ['../../kms.tf', 'kms.tf'],
    ['../../../kms.tf', 'live/prod/keydrift.yaml'],
    ['/repo/kms.tf', 'kms.tf'],
    ['/repository/kms.tf', 'live/prod/keydrift.yaml'],
    ['../../../repo', 'live/prod/keydrift.yaml'],
  ])('is reckoned from the root of the repository: %j, %j', (path, expected) => {
    expect(placeInTree(at(path), { tree: { cwd: ['repo', 'live', 'prod'], top: ['repo'] } }).path).toBe(expected);
  });

  it.each([
    ['../repo/infra/kms.tf', 'infra/kms.tf'],
    ['kms.tf', 'keydrift.yaml'],
  ])('is reckoned from there also where the working directory is elsewhere: %j, %j', (path, expected) => {
    expect(placeInTree(at(path), { tree: { cwd: ['tmp'], top: ['repo'] } }).path).toBe(expected);
  });

  it('never leaves the tree', () => {
    const segment = fc.constantFrom('..', '.', '', 'a', 'b c', 's3:', '-');
    fc.assert(
      fc.property(fc.array(segment), fc.array(fc.constantFrom('x', 'y')), (segments, cwd) => {
        const { path } = placeInTree(at(segments.join('/')), { tree: { cwd, top: ['x'] } });
        expect(path).not.toMatch(/^\/|(^|\/)\.{0,2}(\/|$)/);
      }),
    );
  });
});

describe('a path as a URI', () => {
  it.each([
    ['infra/kms.tf', 'infra/kms.tf'],
    ['a b/50%.tf', 'a%20b/50%25.tf'],
    ["it's (new)!*.tf", 'it%27s%20%28new%29%21%2A.tf'],
    ['a?b#c', 'a%3Fb%23c'],
    ['ü.tf', '%C3%BC.tf'],
    ['half\ud800', 'half%EF%BF%BD'],
  ])('%j is %s', (path, expected) => {
    expect(uriOf(path)).toBe(expected);
  });

  it('is a link where it is known where people see it', () => {
    const tree = { cwd: [], top: [], url: 'https://github.com/acme/infra/blob/0123abc' };
    expect(linkTo(at('a b.tf'), { tree })).toBe('https://github.com/acme/infra/blob/0123abc/a%20b.tf#L12');
    expect(linkTo(at('a b.tf'), {})).toBeUndefined();
  });
});
