import { describe, expect, it } from '@jest/globals';
import { parseExpression, parseTemplate } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import type { Node } from '../../../../../src/sources/terraform/configuration/language/syntax.ts';

function rootOf(text: string): Node {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value.root;
}

describe('parsing an expression', () => {
  it('gives every node its place in the text', () => {
    const text = ' upper(var.a) == "x" ? [1, 2] : local.b[0] ';
    const root = rootOf(text);
    expect(text.slice(root.start, root.end)).toBe(text.trim());
    expect(root.kind === 'conditional' && text.slice(root.condition.start, root.condition.end)).toBe(
      'upper(var.a) == "x"',
    );
    expect(root.kind === 'conditional' && text.slice(root.yes.start, root.yes.end)).toBe('[1, 2]');
    expect(root.kind === 'conditional' && text.slice(root.no.start, root.no.end)).toBe('local.b[0]');
  });

  it.each([
    ['[1,\n 2,\n 3 4]', 12, 'a [ is not closed'],
    ['"secret', 10, 'a string is not closed'],
    ['"sec\nret"', 10, 'a quoted string is not closed on its line'],
    ['{\n  password "secret"\n}', 11, 'a key has no value'],
    ['<<EOT\nsecret\n', 12, 'a string is not closed'],
    ['upper("secret" "b")', 10, 'the arguments of a function are not closed'],
    ['1 2', 10, 'something follows the expression'],
    ['', 10, 'an expression is missing'],
    ['"${secret', 10, 'a template sequence is not closed'],
    ['/* secret', 10, 'a comment is not closed'],
  ])('says of %j on which line and why it is none', (text, line, reason) => {
    expect(parseExpression(text, { line: 10 })).toEqual({ ok: false, line, reason });
  });

  it.each(['(', '[', '{ a = ', '!', '-', 'upper(', '"${', '[for x in ', 'true ? 1 : ', '1 + (', 'a[', '<<A\n${'])(
    'refuses %j repeated without end, and does not overflow',
    (opener) => {
      const parsed = parseExpression(opener.repeat(100_000));
      expect(parsed.ok).toBe(false);
    },
  );

  it.each([
    `1${' + 1'.repeat(100_000)}`,
    `a${'.b'.repeat(100_000)}`,
    `a${'[0]'.repeat(100_000)}`,
    `a${'[*]'.repeat(100_000)}`,
  ])('refuses a chain without end', (text) => {
    expect(parseExpression(text)).toEqual({ ok: false, line: 1, reason: 'it is nested more than 250 deep' });
  });

  it('reads what is long but flat', () => {
    expect(parseExpression(`[${'1, '.repeat(50_000)}]`).ok).toBe(true);
    expect(parseExpression(`"${'a'.repeat(1_000_000)}"`).ok).toBe(true);
    expect(parseExpression(`<<EOT\n${`line \${a}\n`.repeat(20_000)}EOT`).ok).toBe(true);
  });
});

describe('parsing a template without quotes', () => {
  it.each(['', 'a "b" \\n', 'a\nb', `x \${var.a} y`, '%{ if var.a }x%{ endif }', `$\${a}`])('reads %j', (text) => {
    expect(parseTemplate(text).ok).toBe(true);
  });

  it.each([
    ['a\n${', 6, 'an expression is missing'],
    ['%{ if true }', 5, 'a template directive is not closed'],
    ['%{ endif }', 5, 'a template directive closes nothing'],
  ])('says of %j on which line and why it is none', (text, line, reason) => {
    expect(parseTemplate(text, { line: 5 })).toEqual({ ok: false, line, reason });
  });
});
