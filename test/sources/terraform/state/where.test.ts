import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../../src/errors.ts';
import { literalKey } from '../../../../src/sources/terraform/backends/s3/where.ts';
import { parseWhere } from '../../../../src/sources/terraform/state/where.ts';
import fc from '../../../support/fast-check.ts';
import { thrownBy, userErrorOf } from '../../../support/user-error.ts';

const NONE = new UserError('none');

describe('a WHERE', () => {
  it.each([
    ['-', { kind: 'stdin' }],
    ['a/b.tfstate', { kind: 'path', path: 'a/b.tfstate' }],
    ['file:///a', { kind: 'path', path: '/a' }],
    ['s3://bucket/a/b', { kind: 's3', bucket: 'bucket', key: 'a/b' }],
    ['S3://bucket/a/b?region=eu-west-1', { kind: 's3', bucket: 'bucket', key: 'a/b', region: 'eu-west-1' }],
    ['s3://bucket/a?.tfstate', { kind: 's3', bucket: 'bucket', key: 'a?.tfstate' }],
    ['s3://bucket/env:/*/a?region=eu-west-1', { kind: 's3', bucket: 'bucket', key: 'env:/*/a', region: 'eu-west-1' }],
    ['s3://bucket', { kind: 's3', bucket: 'bucket', key: '' }],
    ['tfc://acme/prod', { kind: 'tfc', host: 'app.terraform.io', organization: 'acme', workspace: 'prod' }],
    ['tfc://acme/*', { kind: 'tfc', host: 'app.terraform.io', organization: 'acme', workspace: '*' }],
    [
      'tfc://TFE.example.com:8443/acme/a-*',
      { kind: 'tfc', host: 'tfe.example.com:8443', organization: 'acme', workspace: 'a-*' },
    ],
    ['exec:infra', { kind: 'exec', program: null, dir: 'infra' }],
    ['exec:tofu:infra', { kind: 'exec', program: 'tofu', dir: 'infra' }],
    ['exec:./tofu:x', { kind: 'exec', program: null, dir: './tofu:x' }],
  ])('%s', (text, expected) => {
    expect(parseWhere(text)).toEqual(expected);
    expect(parseWhere(`tfstate+${text}`)).toEqual(expected);
  });

  it.each(['https://gitlab.example.com/x?y=z#frag', 'http://localhost:1/x', 'http://127.0.0.9/x', 'http://[::1]:8/x'])(
    '%s',
    (text) => {
      const where = parseWhere(text);
      expect(where.kind === 'http' ? where.url.href : '').toBe(text.replace('#frag', ''));
    },
  );

  it.each([
    ['https://user:s3cret@host/x', /a password in an address is seen/],
    ['https://s3cret@host/x', /a password in an address is seen/],
    ['https://s3cret:99999/', /that is no address/],
    ['http://s3cret.example.com/x', /^--state http:\/\/…: states hold secrets/],
    ['http://127.0.0.1.s3cret.example.com/x', /use https/],
    ['s3:///s3cret', /a bucket and a key are wanted/],
    ['s3://user:s3cret@bucket/key', /a bucket and a key are wanted/],
    ['s3://bucket/key?region=s3cret', /a Region is named like eu-west-1/],
    ['tfc://s3cret', /write tfc:/],
    ['tfc://tfe.s3cret.example.com/acme', /\* is every workspace/],
    ['tfc://acme/', /write tfc:/],
    ['tfc://a/b/c/s3cret', /write tfc:/],
    ['tfc://user:s3cret@host/acme/prod', /write tfc:/],
    ['tfc://acme/pr%2Fod', /write tfc:/],
    ['exec:', /give the directory/],
    ['exec:tofu:', /give the directory/],
    ['azurerm://s3cret', /no such kind of place/],
  ])('%s is none', (text, message) => {
    expect(userErrorOf(() => parseWhere(text))).toMatch(message);
    expect(userErrorOf(() => parseWhere(text))).not.toContain('s3cret');
  });

  it.each(['', 's3://', 'https://', 'http://', 'tfc://', 'exec:', 'tfstate+'])(
    'of any text behind %j is a place or an error for the user',
    (start) => {
      const text = fc.oneof(fc.string(), fc.webPath(), fc.webUrl(), fc.stringMatching(/^[\w.:/@?#*%-]{0,20}$/));
      fc.assert(
        fc.property(text, (rest) => expect(thrownBy(() => parseWhere(start + rest)) ?? NONE).toBeInstanceOf(UserError)),
      );
    },
  );

  it('takes a key as it is once it was made literal', () => {
    expect(literalKey('a*b?c%2A/d?region=x')).toBe('a%2Ab%3Fc%252A/d%3Fregion=x');
  });
});
