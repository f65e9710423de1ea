import { beforeEach, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { NOBODY, repositoryIn, type TestRepository } from '../support/git.ts';

const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const KEY = { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false };
const resource = (module: string, type: string, attributes: object): object => ({
  module,
  mode: 'managed',
  type,
  name: 'k',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ attributes }],
});
const stateOf = (...resources: readonly object[]): string =>
  JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'a', resources });
const MOVED = 'module "new" {\n  source = "./m"\n}\nmoved {\n  from = module.old\n  to   = module.new\n}\n';

async function check() {
  const host = memoryHost({ cwd: repo.dir, env: NOBODY, packageRoot: process.cwd() });
  await run(['check', '-o', 'json'], host);
  const { findings }: Report = JSON.parse(host.said.stdout);
  return findings.map(({ rule }) => rule);
}

it.each([
  ['one that holds other types destroys its keys', [resource('module.new', 'aws_s3_bucket', {})], ['destroy-planned']],
  ['one that holds nothing does not', [resource('module.other', 'aws_s3_bucket', {})], []],
])('a module that moves onto %s', async (_, others, rules) => {
  repo.commit({
    'main.tf': `terraform {\n  backend "local" {}\n}\nprovider "aws" {\n  region = "eu-west-1"\n}\n${MOVED}`,
    'm/main.tf': 'resource "aws_kms_key" "k" {}\n',
    'terraform.tfstate': stateOf(resource('module.old', 'aws_kms_key', KEY), ...others),
  });
  expect(await check()).toEqual(rules);
});
