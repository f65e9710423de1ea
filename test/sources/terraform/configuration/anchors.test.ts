import { describe, expect, it } from '@jest/globals';
import { factsIn, readPlaced } from './read-files.ts';

describe('anchors', () => {
  it.each([
    ['provider "aws" {}', []],
    ['provider "aws" {\n  region = "eu-west-1"\n}', ['eu-west-1']],
    ['provider "awscc" {\n  region = "eu-west-1"\n}', ['eu-west-1']],
    ['provider "aws" {\n  alias = "x"\n  region = var.region\n}', []],
    ['provider "aws" {\n  region = ""\n}', []],
  ])('of %j', async (text, [region = null]) => {
    expect(await factsIn(text)).toEqual([
      { kind: 'anchor', block: 'provider', region, accounts: [], root: '.', path: 'main.tf', line: 1 },
    ]);
  });

  it.each([
    ['["111122223333", "444455556666"]', ['111122223333', '444455556666']],
    ['[]', []],
    ['[var.account]', []],
    ['var.accounts', []],
    ['[1]', []],
  ])('take literal account ids: %s', async (list, accounts) => {
    expect(await factsIn(`provider "aws" {\n  allowed_account_ids = ${list}\n}`)).toEqual([
      expect.objectContaining({ accounts }),
    ]);
  });

  it.each([
    ['terraform {\n  required_version = "1"\n\n  backend "s3" {\n    bucket = "b"\n  }\n}', 'backend', 4],
    ['terraform {\n  cloud {\n    organization = "o"\n  }\n}', 'cloud', 2],
  ])('stand at the line of the nested block: %j', async (text, block, line) => {
    expect(await factsIn(text)).toEqual([
      { kind: 'anchor', block, region: null, accounts: [], root: '.', path: 'main.tf', line },
    ]);
  });

  it('are not made of other providers, or of a terraform block alone', async () => {
    expect(await factsIn('provider "google" {\n  region = "x"\n}\nterraform {\n  required_providers {}\n}')).toEqual(
      [],
    );
  });
});

describe('where a root is shown', () => {
  const anchorsOf = async (...given: Parameters<typeof readPlaced>) =>
    (await readPlaced(...given)).facts.flatMap((fact) =>
      fact.kind === 'anchor' ? [`${fact.block} ${fact.address ?? ''} ${fact.path}:${fact.line}`] : [],
    );
  const KEY = 'resource "aws_kms_key" "this" {}\n';

  it('is its first file, where neither provider nor backend stands in its own files', async () => {
    expect(await anchorsOf({ 'keys.tf': KEY, 'b.tf': '' })).toEqual(['file  b.tf:1']);
    expect(await anchorsOf({ 'keys.tf': `provider "aws" {}\n${KEY}`, 'b.tf': '' })).toEqual(['provider  keys.tf:1']);
  });

  it('is each module call, of what it calls too, whether that is read or not', async () => {
    const files = {
      'main.tf': 'provider "aws" {}\nmodule "a" {\n  source = "./a"\n}\nmodule "gone" {\n  source = "./gone"\n}\n',
      'a/main.tf': `provider "aws" {}\n\nmodule "b" {\n  count = 2\n  source = "./b"\n}\n`,
      'a/b/main.tf': KEY,
    };
    expect(await anchorsOf(files)).toEqual([
      'provider  main.tf:1',
      'provider  a/main.tf:1',
      'module module.a main.tf:2',
      'module module.gone main.tf:5',
      'module module.a.module.b a/main.tf:3',
    ]);
  });

  it('is nothing in a module that init installed, and its blocks say so', async () => {
    const dir = '.terraform/modules/kms';
    const files = {
      'main.tf': 'module "kms" {\n  source = "git::https://example.com/kms"\n}\n',
      [`${dir}/main.tf`]: `provider "aws" {}\nmodule "in" {\n  source = "./in"\n}\nmoved {\n  from = aws_kms_key.a\n  to = aws_kms_key.this\n}\n${KEY}`,
      [`${dir}/in/main.tf`]: KEY,
    };
    const modules = new Map([
      ['kms', { source: 'git::https://example.com/kms', version: null, dir: `/repository/${dir}` }],
      ['kms.in', { source: './in', version: null, dir: `/repository/${dir}/in` }],
    ]);
    const installed = { modules, unreadable: null };
    expect(await anchorsOf(files, {}, installed)).toEqual(['module module.kms main.tf:1', 'file  main.tf:1']);
    const { facts } = await readPlaced(files, {}, installed);
    const blocks = facts.filter(({ kind }) => kind !== 'anchor');
    expect(blocks.map(({ kind }) => kind)).toEqual(['configuration', 'configuration', 'moved']);
    for (const block of blocks) expect(block).toMatchObject({ installed: true });
  });
});
