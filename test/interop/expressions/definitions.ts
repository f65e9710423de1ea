import { convert } from '../../../src/sources/terraform/configuration/language/convert.ts';
import { evaluate } from '../../../src/sources/terraform/configuration/language/evaluate.ts';
import { parseExpression } from '../../../src/sources/terraform/configuration/language/parse.ts';
import { parseType } from '../../../src/sources/terraform/configuration/language/parse-type.ts';
import type { Scope, Value } from '../../../src/sources/terraform/configuration/language/value.ts';
import { unknown } from '../../../src/sources/terraform/configuration/language/values.ts';

/** What generated expressions refer to, as Terraform writes it; `unk` is not known before an apply. */
const LOCALS: Readonly<Record<string, string>> = {
  s: '"abc"',
  empty: '""',
  digits: '"42"',
  accent: '"é-ñ"',
  n: '5',
  half: '2.5',
  big: '9007199254740991',
  b: 'true',
  nothing: 'null',
  l: 'tolist(["a", "b", "c"])',
  nums: 'tolist([3, 1, 2])',
  none: 'tolist([])',
  t: '["a", 1, true]',
  st: 'toset(["x", "y"])',
  m: 'tomap({ a = "1", b = "2" })',
  o: '{ a = "x", b = 2, c = [1, 2], d = null, __proto__ = "p", constructor = { e = "f" } }',
  lo: '[{ k = "one", v = 1 }, { k = "two", v = 2 }]',
};

/** Variables, each with its type and its default. */
const VARIABLES: Readonly<Record<string, readonly [type: string, byDefault: string]>> = {
  name: ['string', '12'],
  amount: ['number', '"3"'],
  flag: ['bool', '"false"'],
  list: ['list(string)', '["p", 1, true]'],
  set: ['set(number)', '[2, "1", 2]'],
  map: ['map(string)', '{ x = 1, y = "z" }'],
  object: [
    'object({ a = string, b = optional(number, "7"), c = optional(object({ d = optional(bool, true) }), {}), e = optional(list(string)) })',
    '{ a = 1, z = 2 }',
  ],
  objects: ['map(object({ a = optional(string, "def") }))', '{ p = {}, q = { a = null }, r = { a = "set" } }'],
  tuple: ['tuple([string, number])', '[1, "2"]'],
  any: ['any', '{ a = [1, "b"] }'],
  anys: ['list(any)', '[1, "b", true]'],
  null: ['string', 'null'],
};

/** The same as a configuration. */
export const CONFIGURATION = [
  'resource "terraform_data" "r" {}',
  'locals {',
  '  unk = terraform_data.r.id',
  ...Object.entries(LOCALS).map(([name, text]) => `  ${name} = ${text}`),
  '}',
  ...Object.entries(VARIABLES).map(
    ([name, [type, byDefault]]) => `variable "${name}" {\n  type = ${type}\n  default = ${byDefault}\n}`,
  ),
].join('\n');

/** The references that the generator may make. */
export const REFERENCES: readonly string[] = [
  ...Object.keys(LOCALS).map((name) => `local.${name}`),
  ...Object.keys(VARIABLES).map((name) => `var.${name}`),
];

const values = new Map<string, Value>([
  ...Object.entries(LOCALS).map(([name, text]) => [`local.${name}`, evaluated(text)] as const),
  ...Object.entries(VARIABLES).map(([name, [type, byDefault]]) => [`var.${name}`, typed(byDefault, type)] as const),
]);

function evaluated(text: string): Value {
  const parsed = parseExpression(text);
  return parsed.ok ? evaluate(parsed.value, (root, name) => unknown(`${root}.${name}`)) : unknown(parsed.reason);
}

function typed(byDefault: string, type: string): Value {
  const parsed = parseType(type);
  return parsed.ok ? convert(evaluated(byDefault), parsed.value) : unknown(parsed.reason);
}

/** The same as a scope; what it does not know is Unknown. */
export const SCOPE: Scope = (root, name) => values.get(`${root}.${name}`) ?? unknown(`${root}.${name}`);
