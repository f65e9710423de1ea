import { beforeAll, describe, expect, it } from '@jest/globals';
import { cutBlocks } from '../../../../src/sources/terraform/configuration/blocks.ts';
import {
  type Expression,
  expressionText,
  readExpression,
} from '../../../../src/sources/terraform/configuration/expression.ts';
import { loadHcl, type ParseHcl } from '../../../../src/sources/terraform/configuration/hcl.ts';
import fc from '../../../support/fast-check.ts';

let parse: ParseHcl;
beforeAll(async () => {
  parse = await loadHcl();
});

function read(text: string): Expression {
  const blocks = cutBlocks(`a {\n  x = ${text}\n}\n`);
  if (!blocks.ok) throw new Error(blocks.reason);
  return readExpression(text, parse(blocks.value[0]!)?.get('x'));
}

describe('readExpression', () => {
  it.each([
    ['"x"', 'x'],
    ['""', ''],
    [`"$\${x}"`, `\${x}`],
    [`"$$\${x}"`, `$\${x}`],
    ['"%%{ if x }"', '%{ if x }'],
    [String.raw`"\u0024{x}"`, `\${x}`],
    ['"$ { % { $5 5%"', '$ { % { $5 5%'],
    [`<<EOT\n$\${x}\nEOT`, `\${x}\n`],
    ['<<-EOT\n    {"a":\n      1}\n  EOT', '{"a":\n  1}\n'],
    ['true', true],
    ['-7', -7],
    ['null', null],
    ['["a", 1]', ['a', 1]],
    ['{ a = "b" }', { a: 'b' }],
  ])('takes %j for a literal', (text, value) => {
    expect(read(text)).toEqual({ kind: 'literal', value });
  });

  it.each([
    'var.x',
    '(1)',
    '1 + 1',
    'true ? 1 : 2',
    `"\${var.x}"`,
    `"a-\${var.x}"`,
    `"a$$-\${var.x}"`,
    `"$\${a}\${b}"`,
    '"%{ if true }a%{ endif }"',
    `"\${"x"}"`,
    `"\${null}"`,
    `"a" == "$\${b}"`,
    `f("$\${x}")`,
    `["$\${x}"]`,
    `{ "\${var.k}" = 1 }`,
    '{ (var.k) = 1 }',
    `<<EOT\n\${var.x}\nEOT`,
    'jsonencode({ a = 1 })',
    'each.value',
    'provider::aws::f("x")',
    '1e1000',
    '[for k in ["a"] : k]',
  ])('takes %j for an expression', (text) => {
    expect(read(text)).toEqual({ kind: 'expression', text: text.replaceAll('\n', ' ') });
  });

  it('takes what the parser did not give for an expression', () => {
    expect(readExpression('"x"', undefined)).toEqual({ kind: 'expression', text: '"x"' });
  });

  it('gives back any text that is quoted as a literal', () => {
    const quoted = (text: string): string =>
      JSON.stringify(text)
        .replaceAll(/[\b\f\v]|\\[bf]/g, '')
        .replaceAll(/([$%])\{/g, '$1$1{');
    const texts = fc.string({
      unit: fc.constantFrom('a', '$', '%', '{', '}', '"', '\\', '\n', '\t', 'é', '😀', '~', '#', '/'),
    });
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(quoted(text))).toEqual({ kind: 'literal', value: text });
      }),
    );
  });

  it('never takes a text with a template in it for a literal', () => {
    const piece = fc.constantFrom('a', '$', '%', '"', '\\', `$\${`, '%%{', '}');
    const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (before, after) => {
        const text = `"${escaped(before.join(''))}-\${var.x}${escaped(after.join(''))}"`;
        expect(read(text).kind).toBe('expression');
      }),
    );
  });
});

describe('expressionText', () => {
  it.each([
    ['a\n\t  + b', 'a + b'],
    ['a\u001b[31m\u0007b\u202e', 'a [31m b'],
    ['x'.repeat(121), `${'x'.repeat(119)}…`],
    ['😀'.repeat(120), '😀'.repeat(120)],
  ])('makes %j one short printable line', (text, line) => {
    expect(expressionText(text)).toBe(line);
  });
});
