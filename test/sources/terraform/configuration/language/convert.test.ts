import { describe, expect, it } from '@jest/globals';
import { convert } from '../../../../../src/sources/terraform/configuration/language/convert.ts';
import { evaluate } from '../../../../../src/sources/terraform/configuration/language/evaluate.ts';
import { jsonOf } from '../../../../../src/sources/terraform/configuration/language/functions/json.ts';
import { parseExpression } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import {
  parseType,
  type TypeConstraint,
} from '../../../../../src/sources/terraform/configuration/language/parse-type.ts';
import type { Value } from '../../../../../src/sources/terraform/configuration/language/value.ts';
import { unknown } from '../../../../../src/sources/terraform/configuration/language/values.ts';

function typeFrom(source: string): TypeConstraint {
  const parsed = parseType(source);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function valueFrom(source: string): Value {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(parsed.reason);
  return evaluate(parsed.value, (root, name) => unknown(`${root}.${name} is not known`));
}

describe('reading a type', () => {
  it.each([
    'string',
    'any',
    'list(string)',
    'list',
    'map',
    'set(list(number))',
    'map(any)',
    'tuple([string, bool])',
    'tuple([])',
    'object({})',
    'object({ a = string, b = optional(number), c = optional(list(string), ["x"]) })',
    'object({\n  a = string # comment\n  b = optional(object({ c = bool }), {})\n})',
  ])('takes %s', (source) => {
    expect(parseType(source).ok).toBe(true);
  });

  it.each([
    '"string"',
    'strin',
    'set',
    'list()',
    'list(string, string)',
    'list(list)',
    'optional(string)',
    'object(string)',
    'object({ a = string, a = number })',
    'object({ a = optional() })',
    'object({ a = optional(string, "x", "y") })',
    'object({ (a) = string })',
    'tuple(string)',
    'list(string)...',
    'var.type',
    '',
  ])('does not take %j', (source) => {
    expect(parseType(source, { line: 3 })).toMatchObject({ ok: false, line: 3 });
  });
});

// Each row was seen with `terraform console` as the default of a variable of that type (Terraform 1.11.4).
describe('converting to a type', () => {
  it.each([
    ['12', 'string', '"12"'],
    ['"12"', 'number', '12'],
    ['"true"', 'bool', 'true'],
    ['null', 'string', 'null'],
    ['["b", "a", "b"]', 'set(string)', '["a","b"]'],
    ['[1, "b", true]', 'list(any)', '["1","b","true"]'],
    ['[1, "2"]', 'tuple([string, number])', '["1",2]'],
    ['{ a = 1, b = "x" }', 'map(string)', '{"a":"1","b":"x"}'],
    ['{ a = 1, z = 2 }', 'object({ a = string })', '{"a":"1"}'],
    ['{}', 'object({ a = optional(string) })', '{"a":null}'],
    ['{}', 'object({ a = optional(string, "x") })', '{"a":"x"}'],
    ['{ a = null }', 'object({ a = optional(string, "x") })', '{"a":"x"}'],
    ['{ a = 5 }', 'object({ a = optional(string, "x") })', '{"a":"5"}'],
    ['{}', 'object({ a = optional(object({ b = optional(bool, true) }), {}) })', '{"a":{"b":true}}'],
    ['{}', 'object({ a = optional(object({ b = optional(bool, true) })) })', '{"a":null}'],
    ['{ p = {}, q = { a = "y" } }', 'map(object({ a = optional(string, "x") }))', '{"p":{"a":"x"},"q":{"a":"y"}}'],
    ['[{}, { a = "y" }]', 'list(object({ a = optional(string, "x") }))', '[{"a":"x"},{"a":"y"}]'],
    ['[{}, { a = "x" }]', 'set(object({ a = optional(string, "x") }))', '[{"a":"x"}]'],
    ['[{}]', 'tuple([object({ a = optional(string, "x") })])', '[{"a":"x"}]'],
    ['null', 'object({ a = optional(string, "x") })', 'null'],
    ['tomap({ a = "y" })', 'object({ a = string, b = optional(string, "x") })', '{"a":"y","b":"x"}'],
    ['{ a = [1, "b"] }', 'any', '{"a":[1,"b"]}'],
    ['[["a"], [1]]', 'list(list(any))', '[["a"],["1"]]'],
  ])('makes of %s as %s %s', (source, type, json) => {
    expect(jsonOf(convert(valueFrom(source), typeFrom(type)))).toBe(json);
  });

  it.each([
    ['"x"', 'number'],
    ['[]', 'string'],
    ['"a"', 'list(string)'],
    ['{}', 'object({ a = string })'],
    ['[1]', 'tuple([string, number])'],
    ['{ a = [] }', 'map(string)'],
    ['[1, []]', 'list(any)'],
    ['toset(["a"])', 'tuple([string])'],
  ])('says that Terraform would refuse %s as %s', (source, type) => {
    const value = convert(valueFrom(source), typeFrom(type));
    expect(value).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/^Terraform would refuse it: /) });
  });

  it('keeps what is known beside what is not', () => {
    const value = convert(valueFrom('{ a = var.x, b = 1 }'), typeFrom('object({ a = string, b = string })'));
    expect(value).toEqual({
      kind: 'object',
      entries: new Map<string, unknown>([
        ['a', { kind: 'unknown', reason: 'var.x is not known', type: { kind: 'string' } }],
        ['b', { kind: 'string', value: '1' }],
      ]),
    });
    expect(convert(valueFrom('[var.x]'), typeFrom('set(string)')).kind).toBe('unknown');
  });
});
