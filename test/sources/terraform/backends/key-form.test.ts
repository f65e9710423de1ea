import { describe, expect, it } from '@jest/globals';
import { keyForm } from '../../../../src/sources/terraform/backends/key-form.ts';
import { literalKey } from '../../../../src/sources/terraform/backends/s3/where.ts';
import fc from '../../../support/fast-check.ts';

const KEYS = [
  'a',
  'a/b',
  'a/b.tfstate',
  'a/x/b.tfstate',
  'a/x/y/b.tfstate',
  'ab.tfstate',
  '.a/b.tfstate',
  'a//b',
  'a*b',
];
const matching = (pattern: string): readonly string[] => {
  const form = keyForm(pattern);
  if (form.kind !== 'pattern') throw new Error(`${pattern} is no pattern`);
  return KEYS.filter((key) => key.startsWith(form.prefix) && form.matches(key));
};

describe('a key with wildcards', () => {
  it.each([
    ['a/*', ['a/b', 'a/b.tfstate']],
    ['a/**', ['a/b', 'a/b.tfstate', 'a/x/b.tfstate', 'a/x/y/b.tfstate', 'a//b']],
    ['**/b.tfstate', ['a/b.tfstate', 'a/x/b.tfstate', 'a/x/y/b.tfstate', '.a/b.tfstate']],
    ['a/**/b.tfstate', ['a/b.tfstate', 'a/x/b.tfstate', 'a/x/y/b.tfstate']],
    ['a/*/b.tfstate', ['a/x/b.tfstate']],
    ['?', ['a']],
    ['a?.tfstate', ['ab.tfstate']],
    ['*/b.tfstate', ['a/b.tfstate', '.a/b.tfstate']],
    ['a%2A?', ['a*b']],
  ])('%s', (pattern, expected) => {
    expect(matching(pattern)).toEqual(expected);
  });

  it('is listed by what stands before the first of them', () => {
    expect(keyForm('env:/%2A*/x')).toMatchObject({ kind: 'pattern', prefix: 'env:/*' });
  });
});

it.each([
  ['', { kind: 'prefix', prefix: '' }],
  ['a/', { kind: 'prefix', prefix: 'a/' }],
  ['a/b', { kind: 'object', key: 'a/b' }],
  ['a%3fb', { kind: 'object', key: 'a?b' }],
  ['a%20b', { kind: 'object', key: 'a%20b' }],
])('%j', (text, expected) => {
  expect(keyForm(text)).toEqual(expected);
});

it('finds every key again that was made literal', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((key) => !key.endsWith('/')),
      (key) => {
        expect(keyForm(literalKey(key))).toEqual({ kind: 'object', key });
      },
    ),
  );
});

it('matches every key that a pattern was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), fc.string(), (parts, between) => {
      const form = keyForm(parts.map(literalKey).join('**'));
      expect(form.kind === 'pattern' && form.matches(parts.join(between))).toBe(true);
    }),
  );
});
