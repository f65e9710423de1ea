import { describe, expect, it } from '@jest/globals';
import { parseAddress, printAddress } from '../../../../src/sources/terraform/configuration/address.ts';
import { evaluated, NOTHING } from '../../../../src/sources/terraform/configuration/expressions.ts';
import type { Value } from '../../../../src/sources/terraform/configuration/language/value.ts';

const spelt = (text: string): string | undefined => {
  const address = parseAddress(text);
  const evaluate = (index: string): Value => evaluated({ name: 'index', line: 1, text: index }, NOTHING);
  return address && printAddress(address.steps, evaluate);
};

describe('parseAddress', () => {
  it.each([
    ['aws_kms_key.this', 'aws_kms_key.this', 'aws_kms_key'],
    ['aws_kms_key.this[0]', 'aws_kms_key.this[0]', 'aws_kms_key'],
    ['aws_kms_key.this[ "a.b]" ]', 'aws_kms_key.this["a.b]"]', 'aws_kms_key'],
    ['aws_kms_key.this["two  spaces"]', 'aws_kms_key.this["two  spaces"]', 'aws_kms_key'],
    ['module.a["x"].module.b[1].aws_kms_key.y', 'module.a["x"].module.b[1].aws_kms_key.y', 'aws_kms_key'],
    ['module . a /* c */ . aws_kms_key\n.y', 'module.a.aws_kms_key.y', 'aws_kms_key'],
    ['aws_kms_key.this[each.key]', 'aws_kms_key.this[*]', 'aws_kms_key'],
    ['aws_kms_key.this[1 + 1]', 'aws_kms_key.this[2]', 'aws_kms_key'],
    [`aws_kms_key.this["a\\u0041$\${b}"]`, `aws_kms_key.this["aA$\${b}"]`, 'aws_kms_key'],
    ['data.aws_kms_key.this', 'data.aws_kms_key.this', null],
    ['aws_kms_key.this.arn', 'aws_kms_key.this.arn', null],
  ])('reads %j', (text, printed, resourceType) => {
    expect(parseAddress(text)).toMatchObject({ resourceType, isModule: false });
    expect(spelt(text)).toBe(printed);
  });

  it.each(['module.a', 'module.a["x"].module.b'])('reads %j as a module', (text) => {
    expect(parseAddress(text)).toMatchObject({ resourceType: null, isModule: true });
    expect(spelt(text)).toBe(text);
  });

  it.each(['"aws_kms_key.this"', 'aws_kms_key', 'module', 'f(x)', 'a.b + c.d', 'a.', 'a.b[0].', '1'])(
    'reads %j as no address',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});
