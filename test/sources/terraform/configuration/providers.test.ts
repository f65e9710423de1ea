import { describe, expect, it } from '@jest/globals';
import { readFiles } from './read-files.ts';

const regionsOf = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
  const { facts } = await readFiles(files);
  return Object.fromEntries(
    facts.flatMap((fact) => (fact.kind === 'configuration' ? [[fact.address, fact.region]] : [])),
  );
};

const KEY = 'resource "aws_kms_key" "k" {}\n';

describe('the Region of a key', () => {
  it('is its own, else that of the provider it names, else that of the default one', async () => {
    expect(
      await regionsOf({
        'main.tf': `locals {
  home = "eu-west-1"
}
provider "aws" {
  region = local.home
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
provider "awscc" {
  region = "eu-west-2"
}
resource "aws_kms_key" "default" {}
resource "aws_kms_key" "us" {
  provider = aws.us
}
resource "aws_kms_key" "quoted" {
  provider = "aws.us"
}
resource "aws_kms_key" "own" {
  provider = aws.us
  region   = "ap-south-1"
}
resource "aws_kms_key" "lost" {
  provider = aws.nowhere
}
resource "awscc_kms_key" "cc" {}
`,
      }),
    ).toEqual({
      'aws_kms_key.default': 'eu-west-1',
      'aws_kms_key.us': 'us-east-1',
      'aws_kms_key.quoted': 'us-east-1',
      'aws_kms_key.own': 'ap-south-1',
      'aws_kms_key.lost': null,
      'awscc_kms_key.cc': 'eu-west-2',
    });
  });

  it('follows what calls pass to modules, and default providers are inherited', async () => {
    expect(
      await regionsOf({
        'main.tf': `provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
module "inherits" {
  source = "./m"
}
module "passed" {
  source    = "./m"
  providers = {
    aws = aws.us # not aws.eu
  }
}
module "aliased" {
  source    = "./aliased"
  providers = { aws.dr = aws.us }
}
module "open" {
  source    = "./m"
  providers = local.p
}
`,
        'm/main.tf': `${KEY}module "deeper" {\n  source = "../deeper"\n}\n`,
        'deeper/main.tf': KEY,
        'aliased/main.tf': `${KEY}resource "aws_kms_key" "dr" {\n  provider = aws.dr\n}\n`,
      }),
    ).toEqual({
      'module.inherits.aws_kms_key.k': 'eu-west-1',
      'module.inherits.module.deeper.aws_kms_key.k': 'eu-west-1',
      'module.passed.aws_kms_key.k': 'us-east-1',
      'module.passed.module.deeper.aws_kms_key.k': 'us-east-1',
      'module.aliased.aws_kms_key.k': 'eu-west-1',
      'module.aliased.aws_kms_key.dr': 'us-east-1',
      'module.open.aws_kms_key.k': null,
      'module.open.module.deeper.aws_kms_key.k': null,
    });
  });

  it('comes from a provider that has another name here', async () => {
    expect(
      await regionsOf({
        'main.tf': `terraform {
  required_providers {
    amazon = { source = "hashicorp/aws" }
    other  = { source = "acme/other" }
  }
}
provider "amazon" {
  region = "eu-west-3"
}
provider "other" {
  region = "CANARY"
}
resource "aws_kms_key" "k" {
  provider = amazon
}
`,
      }),
    ).toEqual({ 'aws_kms_key.k': 'eu-west-3' });
  });
});

const provider = (body: string, alias = ''): string =>
  `provider "aws" {\n${alias && `alias = "${alias}"\n`}${body}\n}\n`;
const IRELAND = 'region = "eu-west-1"\nallowed_account_ids = ["111122223333"]';
const KNOWN = { accounts: ['111122223333'], regions: ['eu-west-1'] };

describe('the reach of a root', () => {
  it.each([
    ['its providers', provider(IRELAND), KNOWN],
    [
      'several providers',
      provider(IRELAND) + provider('region = "us-east-1"\nallowed_account_ids = ["444455556666"]', 'b'),
      { accounts: ['111122223333', '444455556666'], regions: ['eu-west-1', 'us-east-1'] },
    ],
    [
      'the role that is assumed',
      provider('region = "eu-west-1"\nassume_role {\n  role_arn = "arn:aws:iam::444455556666:role/x"\n}'),
      { accounts: ['444455556666'], regions: ['eu-west-1'] },
    ],
    [
      'the allowed accounts where the role is not known',
      provider(`${IRELAND}\nassume_role {\n  role_arn = var.role\n}`),
      KNOWN,
    ],
    [
      'no account where the role may be assumed or not',
      provider('region = "eu-west-1"\ndynamic "assume_role" {\n  for_each = var.r\n  content {}\n}'),
      { accounts: null, regions: ['eu-west-1'] },
    ],
    [
      'any Region of a provider without one',
      provider('allowed_account_ids = ["111122223333"]'),
      { ...KNOWN, regions: null },
    ],
    ['any account without a word on them', provider('region = "eu-west-1"'), { ...KNOWN, accounts: null }],
    ['everywhere without a provider block', KEY, { accounts: null, regions: null }],
    ['everywhere with an aliased one alone', provider(IRELAND, 'a'), { accounts: null, regions: null }],
    [
      'the Regions that keys name',
      `${provider(IRELAND)}resource "aws_kms_key" "k" {\n  region = "sa-east-1"\n}\n`,
      { ...KNOWN, regions: ['eu-west-1', 'sa-east-1'] },
    ],
    [
      'any Region where a key names one that is not known',
      `${provider(IRELAND)}resource "aws_kms_key" "k" {\n  region = var.r\n}\n`,
      { ...KNOWN, regions: null },
    ],
    [
      'any Region where a key has a provider that is not there',
      `${provider(IRELAND)}resource "aws_kms_key" "k" {\n  provider = aws.x\n}\n`,
      { accounts: null, regions: null },
    ],
    [
      'everywhere where a module was not read',
      `${provider(IRELAND)}module "m" {\n  source = "./nowhere"\n}\n`,
      { accounts: null, regions: null },
    ],
    [
      'everywhere where a block was not read',
      `${provider(IRELAND)}resource "aws_kms_key" "k" {\n  x = = 1\n}\n`,
      { accounts: null, regions: null },
    ],
  ])('is %s', async (_, text, reach) => {
    expect((await readFiles({ 'main.tf': text })).reach).toEqual(reach);
  });

  it('holds the providers of its modules', async () => {
    const { reach, facts } = await readFiles({
      'main.tf': `${provider(IRELAND)}module "m" {\n  source = "./m"\n  region = "eu-north-1"\n}\n`,
      'm/main.tf': `variable "region" {}\n${provider('region = var.region\nallowed_account_ids = ["444455556666"]', 'own')}`,
    });
    expect(reach).toEqual({ accounts: ['111122223333', '444455556666'], regions: ['eu-north-1', 'eu-west-1'] });
    expect(facts).toContainEqual(
      expect.objectContaining({
        kind: 'anchor',
        path: 'm/main.tf',
        line: 2,
        region: 'eu-north-1',
        accounts: ['444455556666'],
      }),
    );
  });
});
