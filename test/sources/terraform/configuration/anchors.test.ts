import { describe, expect, it } from '@jest/globals';
import { factsIn } from './read-files.ts';

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
