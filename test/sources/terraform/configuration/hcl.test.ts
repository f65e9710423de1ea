import { beforeAll, describe, expect, it } from '@jest/globals';
import { cutBlocks } from '../../../../src/sources/terraform/configuration/blocks.ts';
import { loadHcl, type ParseHcl } from '../../../../src/sources/terraform/configuration/hcl.ts';

let parse: ParseHcl;
beforeAll(async () => {
  parse = await loadHcl();
});

/** A block as the cutter would give it, whatever its text. */
const read = (text: string): object | undefined => {
  const value = parse({
    type: 'a',
    labels: [],
    startLine: 1,
    endLine: 1,
    startOffset: 0,
    bodyOffset: 2,
    endOffset: text.length,
    text,
  });
  return value === undefined ? undefined : Object.fromEntries(value);
};

describe('a block in the hands of hcl2-parser', () => {
  it.each([
    ['"x"', 'x'],
    ['-1', -1],
    ['!true', false],
    ['(1)', `\${(1)}`],
    ['var.x', `\${var.x}`],
    [`"\${var.x}"`, `\${var.x}`],
    [`"$\${x}"`, `\${x}`],
    [String.raw`"\u0024{x}"`, `\${x}`],
    ['"%{ if true }a%{ endif }"', '%{if true}a%{endif}'],
    [`"\${"x"}"`, 'x'],
    ['12345678901234567890', 12345678901234567000],
    ['[1, var.x]', [1, `\${var.x}`]],
    ['{ a = 1, (var.b) = 2 }', { a: 1, [`\${(var.b)}`]: 2 }],
    ['<<-EOT\n    a\n      b\n  EOT', 'a\n  b\n'],
    ['provider::aws::arn_parse("a::b")', `\${provider__aws__arn_parse("a::b")}`],
  ])('reads %j as %j', (expression, value) => {
    expect(read(`a {\n  x = ${expression}\n}`)).toEqual({ x: value });
  });

  it.each([
    ['a duplicate argument', 'a {\n  x = 1\n  x = 2\n}'],
    ['no value', 'a {\n  x = = 1\n}'],
    ['an escape that is none', 'a {\n  x = "\\q"\n}'],
    ['a number beyond all doubles', 'a {\n  x = 1e1000\n}'],
    ['a null within a template', `a {\n  x = "a\${null}b"\n}`],
    ['another block', 'b {}'],
    ['two blocks', 'a {}\na {}'],
  ])('gives nothing for %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('is parsed right after others that overflowed the stack', () => {
    for (const opening of ['[', '(', `"\${`, '{a=', 'f(']) {
      expect(read(`a {\n  x = ${opening.repeat(5000)}\n}`)).toBeUndefined();
    }
    expect(read('a {\n  x = 1\n}')).toEqual({ x: 1 });
  });

  it('keeps names that objects have of their own', () => {
    expect(parse(cutOne('a {\n  constructor = 1\n}'))).toEqual(new Map([['constructor', 1]]));
    expect(parse(cutOne('a {\n  x = 1\n}'))?.get('constructor')).toBeUndefined();
    expect(parse(cutOne('constructor "toString" {\n  x = 1\n}'))).toEqual(new Map([['x', 1]]));
  });
});

function cutOne(text: string) {
  const blocks = cutBlocks(text);
  if (!blocks.ok || blocks.value[0] === undefined) throw new Error(text);
  return blocks.value[0];
}
