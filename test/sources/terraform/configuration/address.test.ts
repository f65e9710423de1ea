import { describe, expect, it } from '@jest/globals';
import { parseAddress } from '../../../../src/sources/terraform/configuration/address.ts';

describe('parseAddress', () => {
  it.each([
    ['aws_kms_key.this', 'aws_kms_key.this', 'aws_kms_key'],
    ['aws_kms_key.this[0]', 'aws_kms_key.this[0]', 'aws_kms_key'],
    ['aws_kms_key.this[ "a.b]" ]', 'aws_kms_key.this["a.b]"]', 'aws_kms_key'],
    ['aws_kms_key.this["two  spaces"]', 'aws_kms_key.this["two  spaces"]', 'aws_kms_key'],
    ['module.a["x"].module.b[1].aws_kms_key.y', 'module.a["x"].module.b[1].aws_kms_key.y', 'aws_kms_key'],
    ['module . a /* c */ . aws_kms_key\n.y', 'module.a.aws_kms_key.y', 'aws_kms_key'],
    ['aws_kms_key.this[each.key]', 'aws_kms_key.this[each.key]', 'aws_kms_key'],
    ['data.aws_kms_key.this', 'data.aws_kms_key.this', null],
    ['aws_kms_key.this.arn', 'aws_kms_key.this.arn', null],
  ])('reads %j', (text, spelt, resourceType) => {
    expect(parseAddress(text)).toEqual({ text: spelt, resourceType, isModule: false });
  });

  it.each(['module.a', 'module.a["x"].module.b'])('reads %j as a module', (text) => {
    expect(parseAddress(text)).toEqual({ text, resourceType: null, isModule: true });
  });

  it.each(['"aws_kms_key.this"', 'aws_kms_key', 'module', 'f(x)', 'a.b + c.d', 'a.', 'a.b[0].', '1'])(
    'reads %j as no address',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});
