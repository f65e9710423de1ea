import { describe, expect, it } from '@jest/globals';
import { evaluate, outcomeOf } from '../../../../../src/sources/terraform/configuration/language/evaluate.ts';
import { parseExpression } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import type { Expression } from '../../../../../src/sources/terraform/configuration/language/syntax.ts';
import type { Scope, Value } from '../../../../../src/sources/terraform/configuration/language/value.ts';
import { object, text, unknown } from '../../../../../src/sources/terraform/configuration/language/values.ts';

function read(source: string): Expression {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const SCOPE: Scope = (root, name) => {
  if (root === 'data' && name === 'aws_region') return object([['here', object([['name', text('eu-west-1')]])]]);
  if (root === 'each' && name === 'key') return text('a');
  if (root === 'var' && name === 'secret') return unknown('var.secret is sensitive');
  return unknown(`${root}.${name} is not known`);
};

const valueFrom = (source: string): Value => evaluate(read(source), SCOPE);

describe('evaluating an expression', () => {
  it('asks the scope for what a reference means, and takes the other steps itself', () => {
    expect(valueFrom('data.aws_region.here.name')).toEqual(text('eu-west-1'));
    expect(valueFrom(`"alias/\${each.key}"`)).toEqual(text('alias/a'));
    expect(valueFrom('[for each in [{ key = "b" }] : each.key][0]')).toEqual(text('b'));
  });

  it('says why a value is Unknown, and of which expression', () => {
    expect(valueFrom('var.secret')).toMatchObject({ kind: 'unknown', reason: 'var.secret is sensitive' });
    expect(valueFrom('upper(var.secret)')).toMatchObject({
      kind: 'unknown',
      reason: 'upper(var.secret) is not known: var.secret is sensitive',
    });
    expect(valueFrom('file("policy.json")')).toMatchObject({
      reason: 'file("policy.json") is not known: file is not evaluated here',
    });
    expect(valueFrom('tobool("perhaps")')).toMatchObject({
      reason: 'Terraform would refuse tobool("perhaps"): a text is no bool',
    });
  });

  it('keeps what is known beside what is not', () => {
    expect(valueFrom('{ policy = file("p.json"), spec = "RSA_2048" }.spec')).toEqual(text('RSA_2048'));
    expect(valueFrom('[var.secret, "a"][1]')).toEqual(text('a'));
    expect(valueFrom('length([var.secret, "a"])')).toEqual({ kind: 'number', value: 2 });
  });

  it('does not decide over what Terraform may refuse', () => {
    expect(valueFrom('try(file("p.json"), "x")').kind).toBe('unknown');
    expect(valueFrom('try([file("p.json"), "a"][1], "x")').kind).toBe('unknown');
    expect(valueFrom('can(var.secret.name)').kind).toBe('unknown');
    expect(valueFrom('true ? [1] : file("p.json")').kind).toBe('unknown');
    expect(valueFrom('true ? "a" : file("p.json")')).toEqual(text('a'));
  });

  it('tells a refusal from a doubt', () => {
    expect(outcomeOf(read('1 + "a"'), SCOPE)).toMatchObject({ isRefused: true });
    expect(outcomeOf(read('[file("p"), 1][1]'), SCOPE)).toEqual({
      value: { kind: 'number', value: 1 },
      isRefused: false,
      doubt: 'file is not evaluated here',
    });
    expect(outcomeOf(read('1'), SCOPE)).toEqual({ value: { kind: 'number', value: 1 }, isRefused: false });
  });

  it.each([
    'timestamp()',
    'plantimestamp()',
    'uuid()',
    'bcrypt("a")',
    'abspath(".")',
    'pathexpand("~")',
    'fileset(".", "*")',
    'provider::aws::arn_parse("arn:aws:kms:eu-west-1:111122223333:key/a").region',
    'no_such_function()',
    'var',
    'each',
  ])('leaves %s open', (source) => {
    expect(valueFrom(source).kind).toBe('unknown');
  });

  it.each([
    'setproduct(range(1000), range(1000), range(1000))',
    '[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]',
    '[for a in range(1000) : [for b in range(1000) : join("", range(1000))]]',
    `join("-", [for a in range(1000) : replace("${'a'.repeat(99)}", "a", "${'b'.repeat(99)}")])`,
    `{ for a in range(1000) : a => [for b in range(1000) : format("%9999s", a)] }`,
    `flatten([for a in range(1000) : [for b in range(1000) : [for c in range(10) : b]]])`,
    `distinct(flatten([for a in range(1000) : [for b in range(10) : "\${a}-\${b}"]]))`,
    `jsonencode([for a in range(1000) : [for b in range(1000) : "${'x'.repeat(100)}"]])`,
    `length([for a in range(1000) : upper(join("", [for b in range(1000) : "${'x'.repeat(50)}"]))])`,
  ])('gives up on %s', (source) => {
    const value = valueFrom(source);
    expect(value).toMatchObject({ kind: 'unknown' });
    expect(JSON.stringify(value).length).toBeLessThan(400);
  });

  it('does not let try catch that it gave up', () => {
    expect(valueFrom('try(setproduct(range(1000), range(1000), range(1000)), "x")').kind).toBe('unknown');
  });

  it.each(['1e999999', '1e-999999', '9'.repeat(500), `0.${'1'.repeat(500)}`])('leaves the number %s open', (source) => {
    expect(valueFrom(source)).toMatchObject({ kind: 'unknown', type: { kind: 'number' } });
  });

  it('has no attributes but those that are written', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'length', 'size', 'hasOwnProperty']) {
      expect(outcomeOf(read(`{ a = 1 }.${name}`), SCOPE).isRefused).toBe(true);
      expect(valueFrom(`lookup({ a = 1 }, "${name}", "none")`)).toEqual(text('none'));
      expect(valueFrom(`{ ${name} = "x" }.${name}`)).toEqual(text('x'));
      expect(valueFrom(`jsondecode("{\\"${name}\\":\\"x\\"}")["${name}"]`)).toEqual(text('x'));
      expect(valueFrom(`${name}()`).kind).toBe('unknown');
    }
  });
});
