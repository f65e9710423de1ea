import { describe, expect, it } from '@jest/globals';
import { factSchema } from '../../../../src/model/facts.ts';
import { readFiles } from './read-files.ts';

/** What each key is told of its aliases: names, then why there may be more. */
async function aliasesOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { facts } = await readFiles({ 'main.tf': text, ...files });
  return Object.fromEntries(
    facts.flatMap((fact) =>
      fact.kind === 'configuration' ? [[fact.address, said(fact.aliases, fact.unknownAliases)]] : [],
    ),
  );
}

const said = (names: readonly string[] | undefined, doubt: string | undefined): string =>
  [...(names ?? []), ...(doubt === undefined ? [] : [`? ${doubt}`])].join(' ');

/** The alias blocks themselves. */
async function blocksOf(files: Readonly<Record<string, string>>): Promise<unknown> {
  const { facts, coverage } = await readFiles(files);
  expect(coverage.map(({ status }) => status)).toEqual(['complete']);
  return facts.flatMap((fact) => {
    if (fact.kind !== 'configuration-alias') return [];
    const { kind: _, root: __, path: ___, readAt: ____, ...rest } = factSchema.parse(fact) as typeof fact;
    return [rest];
  });
}

const KEYS = 'resource "aws_kms_key" "k" {}\nresource "aws_kms_key" "other" {}\n';
const EACH = 'resource "aws_kms_key" "k" {\n  for_each = toset(["a", "b"])\n}\n';
const alias = (target: string, more = '  name = "alias/orders"\n'): string =>
  `resource "aws_kms_alias" "a" {\n${more}  target_key_id = ${target}\n}\n`;
const EACH_NAME = `  for_each = toset(["a", "b"])\n  name = "alias/\${each.key}"\n`;

const maybe = (reason: string): string => `? the alias at main.tf:3 may be bound to it: ${reason}`;
const from = (what: string): string => maybe(`its target may come from ${what}`);

describe('an alias block', () => {
  it.each([
    'aws_kms_key.k.key_id',
    'aws_kms_key.k.id',
    'aws_kms_key.k.arn',
    `"\${aws_kms_key.k.arn}"`,
    '(aws_kms_key.k.arn)',
    'try(aws_kms_key.k.arn, null)',
    'join("", aws_kms_key.k[*].key_id)',
    'join("", aws_kms_key.k.*.key_id)',
    'one(aws_kms_key.k[*].arn)',
    'try(aws_kms_key.missing[0].arn, aws_kms_key.k.arn, null)',
    'true ? aws_kms_key.k.arn : aws_kms_key.other.arn',
    `"\${1 > 2 ? aws_kms_key.other.arn : aws_kms_key.k.arn}"`,
    '{ x = aws_kms_key.other.arn, y = aws_kms_key.k.arn }["y"]',
    '{ x = aws_kms_key.other.arn, y = aws_kms_key.k.arn }.y',
    '[aws_kms_key.k.arn, aws_kms_key.other.arn][0]',
    'merge({ x = aws_kms_key.other.arn }, { y = aws_kms_key.k.arn })["y"]',
    'element(concat([aws_kms_key.k.arn], aws_kms_key.missing[*].arn), 0)',
  ])('with target_key_id = %s names the key', async (target) => {
    expect(await aliasesOf(KEYS + alias(target))).toEqual({ 'aws_kms_key.k': 'alias/orders', 'aws_kms_key.other': '' });
  });

  it.each([
    ['var.x ? aws_kms_key.k.arn : aws_kms_key.other.arn', maybe('its target may be any of 2 keys')],
    ['coalesce(var.x, aws_kms_key.k.arn)', from('var.x')],
    ['data.aws_kms_key.k.arn', from('data.aws_kms_key')],
    ['module.m.arn', from('module.m')],
    ['try(aws_kms_key.missing.arn, "1234abcd-0000-4000-8000-000000000001")', from('what it names itself')],
  ])('with target_key_id = %s may name a key', async (target, doubt) => {
    const doubts = (await aliasesOf(KEYS + alias(target))) as Record<string, string>;
    expect(doubts['aws_kms_key.k']).toBe(doubt);
  });

  it.each([
    ['aws_kms_key.missing.arn'],
    ['aws_kms_key.k.description'],
    ['"1234abcd-0000-4000-8000-000000000001"'],
    ['"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-0000-4000-8000-000000000001"'],
  ])('with target_key_id = %s says nothing of the keys of its root', async (target) => {
    expect(await aliasesOf(KEYS + alias(target))).toEqual({ 'aws_kms_key.k': '', 'aws_kms_key.other': '' });
  });

  it.each<[string, string, string]>([
    ['alias/k', '  name = "alias/k"\n', 'alias/k'],
    ['what locals come to', `  name = "alias/\${local.team}-k"\n`, 'alias/payments-k'],
    [
      'a prefix',
      '  name_prefix = "alias/k-"\n',
      '? the alias at main.tf:4 is bound to it: the provider makes a name up, behind name_prefix',
    ],
    ['nothing', '', '? the alias at main.tf:4 is bound to it: name is not set'],
    ['a bare word', '  name = "k"\n', '? the alias at main.tf:4 is bound to it: name does not begin with alias/'],
    [
      'a value that is not known',
      `  name = "alias/\${var.x}"\n`,
      `? the alias at main.tf:4 is bound to it: name: "alias/\${var.x}" is not known: var.x is not declared`,
    ],
    [
      'ignored',
      '  name = "alias/k"\n  lifecycle {\n    ignore_changes = [name]\n  }\n',
      '? the alias at main.tf:4 is bound to it: changes of name are ignored',
    ],
  ])('named by %s', async (_, name, expected) => {
    const locals = 'locals { team = "payments" }\n';
    expect(await aliasesOf(KEYS + locals + alias('aws_kms_key.k.id', name))).toEqual({
      'aws_kms_key.k': expected,
      'aws_kms_key.other': '',
    });
  });

  const precise = { 'aws_kms_key.k["a"]': 'alias/a', 'aws_kms_key.k["b"]': 'alias/b' };
  const vague = '? the alias at main.tf:8 may be bound to it: its target may be any of 2 keys';
  const open = { 'aws_kms_key.k["a"]': vague, 'aws_kms_key.k["b"]': vague };

  it.each([
    ['aws_kms_key.k[each.key].arn', precise],
    ['local.keys[each.key]', precise],
    ['local.nested[each.key].arn', precise],
    ['{ for name, key in aws_kms_key.k : name => key.arn }[each.key]', open],
    ['lookup(local.keys, each.key)', precise],
    ['lookup(local.keys, each.key, "")', precise],
    ['lookup(local.keys, local.keys["a"], "")', open],
  ])('with target_key_id = %s goes with its key, index by index: %j', async (target, expected) => {
    const locals = `locals {
  keys   = { a = aws_kms_key.k["a"].arn, b = aws_kms_key.k["b"].arn }
  nested = { a = { arn = aws_kms_key.k["a"].arn }, b = { arn = aws_kms_key.k["b"].arn } }
}
`;
    expect(await aliasesOf(EACH + locals + alias(target, EACH_NAME))).toEqual(expected);
  });

  it('takes its key from each.value', async () => {
    const more = `  for_each = { x = aws_kms_key.k.arn, y = aws_kms_key.other.arn }\n  name = "alias/\${each.key}"\n`;
    expect(await aliasesOf(KEYS + alias('each.value', more))).toEqual({
      'aws_kms_key.k': 'alias/x',
      'aws_kms_key.other': 'alias/y',
    });
    const local = 'locals { all = { x = { key = aws_kms_key.k.id }, y = { key = aws_kms_key.other.id } } }\n';
    const nested = `  for_each = local.all\n  name = "alias/\${each.key}"\n`;
    expect(await aliasesOf(KEYS + local + alias('each.value.key', nested))).toEqual({
      'aws_kms_key.k': 'alias/x',
      'aws_kms_key.other': 'alias/y',
    });
  });

  it('takes its key from count', async () => {
    const keys = 'resource "aws_kms_key" "k" {\n  count = 2\n}\n';
    const more = `  count = 2\n  name = "alias/k-\${count.index}"\n`;
    expect(await aliasesOf(keys + alias('aws_kms_key.k[count.index].arn', more))).toEqual({
      'aws_kms_key.k[0]': 'alias/k-0',
      'aws_kms_key.k[1]': 'alias/k-1',
    });
  });

  it('is followed through modules, both ways', async () => {
    const root = `${KEYS}module "named" {
  source   = "./named"
  for_each = { x = aws_kms_key.k.arn }
  key      = each.value
  name     = each.key
}
module "key" {
  count  = 2
  source = "./key"
}
${alias('module.key[1].arn')}`;
    const files = {
      'named/main.tf': `variable "key" {}\nvariable "name" {}\n${alias('var.key', `  name = "alias/\${var.name}"\n`)}`,
      'key/main.tf': 'resource "aws_kms_key" "this" {}\noutput "arn" {\n  value = aws_kms_key.this.arn\n}\n',
    };
    expect(await aliasesOf(root, files)).toEqual({
      'aws_kms_key.k': 'alias/x',
      'aws_kms_key.other': '',
      'module.key[0].aws_kms_key.this': '',
      'module.key[1].aws_kms_key.this': 'alias/orders',
    });
  });

  it('goes with its key in a module of which it is not known whether it is there', async () => {
    const inner = 'resource "aws_kms_key" "k" {}\n';
    const called = (more: string) => `module "m" {\n  source = "./m"\n${more}}\n`;
    const files = { 'm/main.tf': inner + alias('aws_kms_key.k.id') };
    expect(await aliasesOf(called('  count = var.n\n'), files)).toEqual({
      'module.m[*].aws_kms_key.k': 'alias/orders',
    });
    const given = { 'm/main.tf': `variable "key" {}\n${alias('var.key')}` };
    expect(await aliasesOf(KEYS + called('  count = var.n\n  key = aws_kms_key.k.id\n'), given)).toEqual({
      'aws_kms_key.k': '? the alias at m/main.tf:2 may be bound to it: it is not known which instances there are',
      'aws_kms_key.other': '',
    });
  });

  it('may be there or not', async () => {
    const doubt = maybe('it is not known which instances the alias has');
    expect(await aliasesOf(KEYS + alias('aws_kms_key.k.id', '  count = var.n\n  name = "alias/k"\n'))).toEqual({
      'aws_kms_key.k': doubt,
      'aws_kms_key.other': '',
    });
    expect(await aliasesOf(KEYS + alias('aws_kms_key.k.id', '  count = 0\n  name = "alias/k"\n'))).toEqual({
      'aws_kms_key.k': '',
      'aws_kms_key.other': '',
    });
  });

  it('may be any key’s where it may be one of many', async () => {
    const many = (count: number): string => `resource "aws_kms_key" "k" {\n  count = ${count}\n}\n`;
    const other = 'resource "aws_kms_key" "other" {}\n';
    const of = async (count: number) =>
      (await aliasesOf(many(count) + other + alias('aws_kms_key.k[local.n].arn'))) as Record<string, string>;
    const few = await of(20);
    expect([few['aws_kms_key.k[7]'], few['aws_kms_key.other']]).toEqual([
      '? the alias at main.tf:5 may be bound to it: its target may be any of 20 keys',
      '',
    ]);
    const doubt = '? the alias at main.tf:5 may be bound to it: its target may be any of more than 20 keys';
    expect(new Set(Object.values(await of(21)))).toEqual(new Set([doubt]));
  });

  it('is one of several', async () => {
    const second = alias('aws_kms_key.k.id', '  name = "alias/b"\n').replace('"a"', '"b"');
    expect(await aliasesOf(KEYS + alias('aws_kms_key.k.id') + second)).toEqual({
      'aws_kms_key.k': 'alias/b alias/orders',
      'aws_kms_key.other': '',
    });
  });

  it('stands in JSON syntax, and is of the awscc provider', async () => {
    const json = {
      resource: {
        aws_kms_key: { k: {} },
        aws_kms_alias: { a: { name: 'alias/json', target_key_id: `\${aws_kms_key.k.key_id}` } },
        awscc_kms_key: { c: {} },
        awscc_kms_alias: { b: { alias_name: 'alias/cc', target_key_id: `\${awscc_kms_key.c.key_id}` } },
      },
    };
    expect(await aliasesOf('', { 'keys.tf.json': JSON.stringify(json) })).toEqual({
      'aws_kms_key.k': 'alias/json',
      'awscc_kms_key.c': 'alias/cc',
    });
  });

  it('is a fact for each instance, with what it is bound to', async () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-0000-4000-8000-000000000001';
    const one = { address: 'aws_kms_alias.a', line: 3, instances: 'one', name: 'alias/orders' };
    const nobody = { targetKeyArn: null, targetKeyId: null };
    const of = (target: string, more?: string) => blocksOf({ 'main.tf': KEYS + alias(target, more) });
    expect(await of('aws_kms_key.k.id')).toEqual([{ ...one, keys: ['aws_kms_key.k'], ...nobody }]);
    expect(await of(`"${arn}"`)).toEqual([
      { ...one, keys: [], targetKeyArn: arn, targetKeyId: '1234abcd-0000-4000-8000-000000000001' },
    ]);
    expect(await of('"mrk-00000000000000000000000000000001"')).toEqual([
      { ...one, keys: [], targetKeyArn: null, targetKeyId: 'mrk-00000000000000000000000000000001' },
    ]);
    expect(await of('data.aws_kms_key.k.arn')).toEqual([
      { ...one, keys: [], ...nobody, unknownTarget: 'its target may come from data.aws_kms_key' },
    ]);
    expect(await of('aws_kms_key.k.id', '  for_each = toset(["x"])\n  name_prefix = "alias/"\n')).toEqual([
      {
        ...{ ...one, address: 'aws_kms_alias.a["x"]', name: null, keys: ['aws_kms_key.k'] },
        ...{ ...nobody, unknownName: 'the provider makes a name up, behind name_prefix' },
      },
    ]);
  });

  it('never ends in a circle, and gives up on what branches without end', async () => {
    const circle = 'locals {\n  a = local.b\n  b = local.a\n}\n';
    const twice = Array.from({ length: 30 }, (_, n) => `  l${n} = coalesce(local.l${n + 1}, local.l${n + 1})\n`).join(
      '',
    );
    for (const [locals, target] of [
      [circle, 'local.a'],
      [`locals {\n${twice}  l30 = aws_kms_key.k.id\n}\n`, 'local.l0'],
    ]) {
      const doubts = (await aliasesOf(KEYS + locals + alias(target ?? ''))) as Record<string, string>;
      expect(doubts['aws_kms_key.k']).toMatch(
        /^\? the alias at main\.tf:\d+ may be bound to it: its target may come from/,
      );
    }
  });
});
