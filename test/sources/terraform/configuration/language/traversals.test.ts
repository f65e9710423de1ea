import { expect, it } from '@jest/globals';
import { parseExpression } from '../../../../../src/sources/terraform/configuration/language/parse.ts';
import type { Expression } from '../../../../../src/sources/terraform/configuration/language/syntax.ts';
import {
  asTraversal,
  type Traversal,
  traversals,
} from '../../../../../src/sources/terraform/configuration/language/traversals.ts';

function read(source: string): Expression {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const written = ({ root, name, steps, isOpen }: Traversal): string =>
  [root, ...(name === undefined ? [] : [`.${name}`]), ...steps.map(stepText), isOpen ? '…' : ''].join('');

const stepText = (step: Traversal['steps'][number]): string =>
  step.kind === 'attribute' ? `.${step.name}` : `[${JSON.stringify(step.key)}]`;

it.each([
  ['aws_kms_key.x.key_id', ['aws_kms_key.x.key_id']],
  ['aws_kms_key.x[0].key_id', ['aws_kms_key.x[0].key_id']],
  ['aws_kms_key.x["a"].arn', ['aws_kms_key.x["a"].arn']],
  ['aws_kms_key.x[each.key].arn', ['aws_kms_key.x…', 'each.key']],
  ['aws_kms_key.x[*].arn', ['aws_kms_key.x…']],
  ['aws_kms_key.x.*.arn', ['aws_kms_key.x…']],
  ['data.aws_kms_key.x.arn', ['data.aws_kms_key.x.arn']],
  ['module.keys["a"].arn', ['module.keys["a"].arn']],
  ['var.a == "x" ? local.b : local.c[var.d].e', ['var.a', 'local.b', 'local.c…', 'var.d']],
  ['[for k, v in var.keys : v.arn if k != local.skip]', ['var.keys', 'local.skip']],
  ['{ for v in var.keys : v => { for v in v : v => local.a } }', ['var.keys', 'local.a']],
  ['[for var in var.a : var.b]', ['var.a']],
  [`"alias/\${var.name}-\${terraform.workspace}"`, ['var.name', 'terraform.workspace']],
  [`"%{ for x in var.a }\${x}\${local.b}%{ endfor }%{ if var.c }y%{ endif }"`, ['var.a', 'local.b', 'var.c']],
  ['merge({ (var.k) = var.v, plain = 1 }, upper(var.a).b)', ['var.k', 'var.v', 'var.a']],
  ['(var.a).b', ['var.a']],
  ['each', ['each']],
  ['!var.a || -var.b > 1', ['var.a', 'var.b']],
  ['"text"', []],
])('%s refers to %j', (source, references) => {
  expect(traversals(read(source)).map(written)).toEqual(references);
});

it.each([
  ['aws_kms_key.x.key_id', 'aws_kms_key.x.key_id'],
  [`("\${aws_kms_key.x.key_id}")`, 'aws_kms_key.x.key_id'],
  ['aws_kms_key.x[count.index].key_id', undefined],
  [`"alias/\${aws_kms_key.x.key_id}"`, undefined],
  ['upper(aws_kms_key.x.key_id)', undefined],
])('%s is nothing but the reference %s', (source, reference) => {
  const traversal = asTraversal(read(source));
  expect(traversal && written(traversal)).toBe(reference);
});
