import { describe, expect, it } from '@jest/globals';
import { factsIn, readFiles } from './read-files.ts';

const KEY = 'resource "aws_kms_key" "a" {}\n';
const alias = (name: string, target: string, more = ''): string =>
  `resource "aws_kms_alias" "b" {\n  name = ${name}\n  target_key_id = ${target}\n${more}}\n`;

async function aliasesIn(text: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const facts = await factsIn(text);
  return Object.fromEntries(
    facts.flatMap((fact) => (fact.kind === 'configuration' && fact.aliases ? [[fact.address, fact.aliases]] : [])),
  );
}

describe('an alias that a block declares', () => {
  it.each([
    ['a key', KEY + alias('"alias/b"', 'aws_kms_key.a.key_id'), { 'aws_kms_key.a': ['alias/b'] }],
    [
      'a key by its ARN, with a variable',
      `variable "n" {\n  default = "x"\n}\n${KEY}${alias('"alias/${var.n}"', 'aws_kms_key.a.arn')}`,
      { 'aws_kms_key.a': ['alias/x'] },
    ],
    [
      'an instance',
      'resource "aws_kms_key" "a" {\n  for_each = toset(["x", "y"])\n}\n' +
        alias('"alias/${each.key}"', 'aws_kms_key.a[each.key].id', '  for_each = toset(["x"])\n'),
      { 'aws_kms_key.a["x"]': ['alias/x'] },
    ],
    [
      'a key, several of them, sorted',
      KEY + alias('"alias/z"', 'aws_kms_key.a.id') + alias('"alias/c"', 'aws_kms_key.a.id').replace('"b"', '"c"'),
      { 'aws_kms_key.a': ['alias/c', 'alias/z'] },
    ],
    ['nothing, where its key is not clear', `variable "k" {}\n${KEY}${alias('"alias/b"', 'var.k')}`, {}],
    ['nothing, where its name is not known', `variable "n" {}\n${KEY}${alias('var.n', 'aws_kms_key.a.id')}`, {}],
    [
      'nothing, where it may not be there',
      `variable "n" {}\n${KEY}${alias('"alias/b"', 'aws_kms_key.a.id', '  count = var.n\n')}`,
      {},
    ],
    ['nothing, where it is not there', KEY + alias('"alias/b"', 'aws_kms_key.a.id', '  count = 0\n'), {}],
  ])('is of %s', async (_name, text, aliases) => {
    expect(await aliasesIn(text)).toEqual(aliases);
  });

  it('is of the key of its own module', async () => {
    const { facts } = await readFiles({
      'main.tf': 'module "m" {\n  source = "./m"\n  count = 1\n}\n',
      'm/main.tf': KEY + alias('"alias/b"', 'aws_kms_key.a.key_id'),
    });
    expect(facts).toMatchObject([{ address: 'module.m[0].aws_kms_key.a', aliases: ['alias/b'] }]);
  });
});
