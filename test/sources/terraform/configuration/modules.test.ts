import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../../../src/model/coverage.ts';
import type { Fact } from '../../../../src/model/facts.ts';
import { readFiles } from './read-files.ts';

const addresses = (facts: readonly Fact[]): unknown[] =>
  facts.flatMap((fact) => (fact.kind === 'configuration' ? [[fact.address, fact.instances]] : []));

const keysOf = async (files: Readonly<Record<string, string>>) =>
  (await readFiles(files)).facts.filter((fact) => fact.kind === 'configuration');

describe('a called module', () => {
  it('declares its keys at their addresses, with the arguments of the call, two deep', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': `locals {
  teams = { "a b" = "RSA_2048", c = "RSA_4096" }
}
module "teams" {
  source   = "./teams"
  for_each = local.teams
  spec     = each.value
  name     = each.key
}
`,
      'teams/main.tf': `variable "spec" {}
variable "name" {
  type = string
}
module "keys" {
  source = "../keys"
  count  = 2
  spec   = var.spec
  text   = "\${var.name} \${count.index}"
}
`,
      'keys/main.tf': `variable "spec" {}
variable "text" {}
resource "aws_kms_key" "this" {
  customer_master_key_spec = var.spec
  description              = var.text
}
`,
    });
    expect(coverage).toEqual([expect.objectContaining({ locator: '.', status: 'complete' })]);
    expect(
      facts.map(
        (fact) =>
          fact.kind === 'configuration' && [
            fact.address,
            fact.path,
            fact.line,
            fact.attributes.keySpec,
            fact.attributes.description,
          ],
      ),
    ).toEqual([
      ['module.teams["a b"].module.keys[0].aws_kms_key.this', 'keys/main.tf', 3, 'RSA_2048', 'a b 0'],
      ['module.teams["a b"].module.keys[1].aws_kms_key.this', 'keys/main.tf', 3, 'RSA_2048', 'a b 1'],
      ['module.teams["c"].module.keys[0].aws_kms_key.this', 'keys/main.tf', 3, 'RSA_4096', 'c 0'],
      ['module.teams["c"].module.keys[1].aws_kms_key.this', 'keys/main.tf', 3, 'RSA_4096', 'c 1'],
    ]);
  });

  it.each([
    ['count = var.n', [['module.m[*].aws_kms_key.k["x"]', 'unknown']]],
    ['for_each = {}', [['module.m.aws_kms_key.k', 'none']]],
    ['count = 0', [['module.m.aws_kms_key.k', 'none']]],
    ['', [['module.m.aws_kms_key.k["x"]', 'one']]],
  ])('with %j has these instances', async (text, instances) => {
    const { facts } = await readFiles({
      'main.tf': `module "m" {\n  source = "./m"\n  ${text}\n}\n`,
      'm/main.tf': 'resource "aws_kms_key" "k" {\n  for_each = { x = 1 }\n}\n',
    });
    expect(addresses(facts)).toEqual(instances);
  });

  it('gives its outputs to whoever calls it', async () => {
    const facts = await keysOf({
      'main.tf': `module "one" {
  source = "./m"
  name   = "one"
}
module "each" {
  source   = "./m"
  for_each = { a = 1 }
  name     = module.one.name
}
module "counted" {
  source = "./m"
  count  = 1
  name   = module.each["a"].name
}
resource "aws_kms_key" "k" {
  description = module.counted[0].name
}
resource "aws_kms_key" "secret" {
  description = module.one.secret
}
resource "aws_kms_key" "later" {
  description = module.one.arn
}
`,
      'm/main.tf': `variable "name" {}
resource "aws_kms_alias" "a" {}
output "name" {
  value = "\${var.name}!"
}
output "secret" {
  value     = "CANARY"
  sensitive = true
}
output "arn" {
  value = aws_kms_alias.a.arn
}
`,
    });
    expect(facts.map(({ attributes, unknown }) => attributes.description ?? unknown.description)).toEqual([
      'one!!!',
      'description: module.one.secret is not known: output secret is sensitive',
      'description: module.one.arn is not known: aws_kms_alias.a is known to Terraform alone',
    ]);
  });

  it('is no circle when two modules use outputs of each other', async () => {
    const [fact] = await keysOf({
      'main.tf': `module "a" {
  source = "./m"
  in     = module.b.fixed
}
module "b" {
  source = "./m"
  in     = module.a.fixed
}
resource "aws_kms_key" "k" {
  description = module.a.out
}
`,
      'm/main.tf': 'variable "in" {}\noutput "fixed" {\n  value = "f"\n}\noutput "out" {\n  value = var.in\n}\n',
    });
    expect(fact?.attributes.description).toBe('f');
  });

  it.each([
    ['calls itself', 'module "again" {\n  source = "../m"\n}\n', '../m calls itself'],
    ['is called by nothing that is known', 'module "x" {\n  source = var.x\n}\n', 'its source is an expression'],
    [
      'is called twice by one name',
      'module "x" {}\nmodule "x" {}\n',
      'the module block is declared twice: Terraform refuses that',
    ],
    [
      'is a directory without configuration',
      'module "x" {\n  source = "../none"\n}\n',
      '../none holds no configuration',
    ],
    [
      'comes with a token',
      'module "x" {\n  source = "git::https://user:CANARY@example.com/x.git?token=CANARY"\n}\n',
      'git::https://example.com/x.git is not installed: run terraform init',
    ],
  ])('is named as unread where one %s', async (_, text, reason) => {
    const { facts, coverage } = await readFiles({
      'main.tf': 'module "m" {\n  source = "./m"\n}\n',
      'm/main.tf': `${text}resource "aws_kms_key" "k" {}\n`,
      'none/README.md': '',
    });
    expect(addresses(facts)).toEqual([['module.m.aws_kms_key.k', 'one']]);
    expect(coverage[1]).toMatchObject({ operation: 'module', reason: expect.stringContaining(reason) });
    expect(JSON.stringify(coverage)).not.toContain('CANARY');
  });

  it('has its moved and removed blocks at its own address, for every instance of it', async () => {
    const { facts } = await readFiles({
      'main.tf': 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n  count = 2\n}\n',
      'm/main.tf':
        'moved {\n  from = aws_kms_key.a\n  to = aws_kms_key.b[0]\n}\nremoved {\n  from = aws_kms_key.c\n  lifecycle {\n    destroy = false\n  }\n}\n',
    });
    const place = { root: '.', path: 'm/main.tf' };
    expect(facts).toEqual([
      { kind: 'moved', from: 'module.a.aws_kms_key.a', to: 'module.a.aws_kms_key.b[0]', ...place, line: 1 },
      { kind: 'removed', from: 'module.a.aws_kms_key.c', destroy: false, ...place, line: 5 },
      { kind: 'moved', from: 'module.b[*].aws_kms_key.a', to: 'module.b[*].aws_kms_key.b[0]', ...place, line: 1 },
      { kind: 'removed', from: 'module.b[*].aws_kms_key.c', destroy: false, ...place, line: 5 },
    ]);
  });

  it('tells a path from the root, and none that depends on who runs it', async () => {
    const [inner, cwd] = await keysOf({
      'main.tf': 'module "m" {\n  source = "./x/../m"\n}\n',
      'm/main.tf': `resource "aws_kms_key" "k" {\n  description = "\${path.module} \${path.root} \${terraform.workspace}"\n}\nresource "aws_kms_key" "l" {\n  description = path.cwd\n}\n`,
    });
    expect(inner?.attributes.description).toBe('m . default');
    expect(cwd?.unknown.description).toBe('description: path.cwd is not known');
  });
});

describe('named values', () => {
  it.each([
    ['local.a', 'locals {\n  a = local.b\n  b = local.a\n}', 'refers to itself'],
    ['local.a', 'locals {\n  a = 1\n}\nlocals {\n  a = 2\n}', 'local.a is declared twice'],
    ['var.v', 'variable "v" {\n  default = "x"\n}\nvariable "v" {}', 'declared twice'],
    ['var.v', 'variable "v" {\n  default = "CANARY"\n  sensitive = true\n}', 'var.v is sensitive'],
    ['var.v', 'variable "v" {\n  default = "CANARY"\n  ephemeral = true\n}', 'var.v is ephemeral'],
    ['var.v', 'variable "v" {}', 'var.v is given no value'],
    ['var.v', 'variable "v" {\n  default = "CANARY"\n  type = number\n}', 'var.v is not of its type'],
    ['var.v', 'variable "v" {\n  default = "x"\n  type = whatever\n}', 'the type of var.v is not understood'],
    ['self.arn', '', 'self.arn is known to Terraform alone'],
    ['data.aws_region.r.name', '', 'data.aws_region is known to Terraform alone'],
  ])('leave %s Unknown where %j', async (expression, text, reason) => {
    const [fact] = await keysOf({
      'main.tf': `${text}\nresource "aws_kms_key" "k" {\n  description = ${expression}\n}\n`,
    });
    expect(fact?.unknown.description).toContain(reason);
    expect(JSON.stringify(fact)).not.toContain('CANARY');
  });

  it('refer to each other so far and no further', async () => {
    const chain = (length: number): Record<string, string> => ({
      'main.tf': `locals {\n  l0 = "end"\n${Array.from({ length }, (_, n) => `  l${n + 1} = local.l${n}\n`).join('')}}
resource "aws_kms_key" "k" {\n  description = local.l${length}\n}\n`,
    });
    const [near] = await keysOf(chain(50));
    const [far] = await keysOf(chain(5000));
    expect(near?.attributes.description).toBe('end');
    expect(far?.unknown.description).toContain('refers to more than 100 values in a row');
  });

  it('may double each other, and are let go when they are too large', async () => {
    const doubled = Array.from({ length: 80 }, (_, n) => `  l${n + 1} = "\${local.l${n}}\${local.l${n}}"\n`);
    const [fact] = await keysOf({
      'main.tf': `locals {\n  l0 = "xx"\n${doubled.join('')}}\nresource "aws_kms_key" "k" {\n  description = local.l80\n}\n`,
    });
    expect(fact?.unknown.description).toBe('description: local.l80 is not known: local.l17 is too large');
  });

  it('come to null, and then leave an argument unset', async () => {
    const [fact] = await keysOf({
      'main.tf':
        'variable "spec" {\n  default = null\n}\nresource "aws_kms_key" "k" {\n  customer_master_key_spec = var.spec\n}\n',
    });
    expect(fact?.attributes.keySpec).toBe('SYMMETRIC_DEFAULT');
  });

  it('take null for the default where they may not be null', async () => {
    const [fact] = await keysOf({
      'main.tf': 'module "m" {\n  source = "./m"\n  a = null\n  b = null\n}\n',
      'm/main.tf': `variable "a" {\n  default = "A"\n  nullable = false\n}\nvariable "b" {\n  default = "B"\n}\nresource "aws_kms_key" "k" {\n  description = "\${var.a} \${var.b == null}"\n}\n`,
    });
    expect(fact?.attributes.description).toBe('A true');
  });
});

describe('a configuration with too many instances', () => {
  const gaps = (coverage: readonly Coverage[]): readonly string[] =>
    coverage.filter(({ status }) => status !== 'complete').map(({ locator, reason }) => `${locator}: ${reason}`);

  it('says which are not told apart, and which modules are not followed', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': 'module "a" {\n  source = "./a"\n  count = 400\n}\n',
      'a/main.tf': 'resource "aws_kms_key" "k" {\n  count = 299\n}\n',
    });
    expect(facts.length).toBeLessThan(101_000);
    expect(addresses(facts).at(-1)).toEqual(['module.a[333].aws_kms_key.k[*]', 'unknown']);
    const why = 'the configuration has more than 100000 instances, or with other roots more than 200000';
    expect(gaps(coverage)).toEqual([
      `.#module.a[*]: module "a" (main.tf:1) is not followed: ${why}`,
      `.: which instances there are of module.a[333].aws_kms_key.k[*] cannot be told: ${why}`,
    ]);
  });

  it('does not go through modules of modules for it', async () => {
    const { facts, coverage } = await readFiles({
      'main.tf': 'module "a" {\n  source = "./a"\n  count = 10000\n}\n',
      'a/main.tf': 'module "b" {\n  source = "./b"\n  count = 10000\n}\n',
      'a/b/main.tf': 'module "c" {\n  source = "./c"\n  count = 10000\n}\n',
      'a/b/c/main.tf': 'resource "aws_kms_key" "k" {\n  count = 10000\n}\n',
    });
    expect(facts.length).toBeLessThan(101_000);
    expect(gaps(coverage).map((gap) => gap.split(':')[0])).toContain('.#module.a[*].module.b[*].module.c[*]');
  });

  it('says so of one block, too', async () => {
    const { coverage } = await readFiles({ 'main.tf': 'resource "aws_kms_key" "k" {\n  count = 10001\n}\n' });
    expect(gaps(coverage)).toEqual([
      '.: which instances there are of aws_kms_key.k[*] cannot be told: its count is more than 10000',
    ]);
  });
});
