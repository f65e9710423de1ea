import { expect, it } from '@jest/globals';
import { parseExpression } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import { type Reference, references } from '../../../../../src/sources/terraform/configuration/language/references.ts';

function referred(source: string): readonly string[] {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(parsed.reason);
  return references(parsed.value).map(written);
}

const written = ({ root, name }: Reference): string => (name === undefined ? root : `${root}.${name}`);

it.each([
  ['aws_kms_key.x.key_id', ['aws_kms_key.x']],
  ['aws_kms_key.x["a"].arn', ['aws_kms_key.x']],
  ['aws_kms_key.x[each.key].arn', ['aws_kms_key.x', 'each.key']],
  ['aws_kms_key.x[*].arn', ['aws_kms_key.x']],
  ['aws_kms_key.x.*.arn', ['aws_kms_key.x']],
  ['data.aws_kms_key.x.arn', ['data.aws_kms_key']],
  ['module.keys["a"].arn', ['module.keys']],
  ['var.a == "x" ? local.b : local.c[var.d].e', ['var.a', 'local.b', 'local.c', 'var.d']],
  ['[for k, v in var.keys : v.arn if k != local.skip]', ['var.keys', 'local.skip']],
  ['{ for v in var.keys : v => { for v in v : v => local.a } }', ['var.keys', 'local.a']],
  ['[for var in var.a : var.b]', ['var.a']],
  [`"alias/\${var.name}-\${terraform.workspace}"`, ['var.name', 'terraform.workspace']],
  [`"%{ for x in var.a }\${x}\${local.b}%{ endfor }%{ if var.c }y%{ endif }"`, ['var.a', 'local.b', 'var.c']],
  ['merge({ (var.k) = var.v, plain = 1 }, upper(var.a).b)', ['var.k', 'var.v', 'var.a']],
  ['(var.a).b', ['var.a']],
  ['each', ['each']],
  ['x["a"].b', ['x']],
  ['!var.a || -var.b > 1', ['var.a', 'var.b']],
  ['"text"', []],
])('%s refers to %j', (source, expected) => {
  expect(referred(source)).toEqual(expected);
});

it.each([
  ['module.a.b', ['b']],
  ['module.a["x"].b', [null, 'b']],
  ['module.a[*].b["x"].c', [null, 'b', null, 'c']],
  ['module.a.*.b.c', [null, 'b', 'c']],
  ['data.aws_kms_key.x[0].arn', ['x', null, 'arn']],
  ['x["a"].b', [null, 'b']],
])('after the name of %s stands %j', (source, steps) => {
  const parsed = parseExpression(source);
  expect(parsed.ok && references(parsed.value).map((reference) => reference.steps)).toEqual([steps]);
});
