import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

// The first test loads the parser and asks git a dozen times.
jest.setTimeout(60_000);

const here = scratch();
let repo: TestRepository;

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const key = (...body: readonly string[]): string =>
  `resource "aws_kms_key" "k" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;
const UNKNOWN = 'count = timestamp() == "" ? 1 : 0';
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    {
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'k',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false } }],
    },
  ],
});

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

type Files = Readonly<Record<string, string | null>>;

async function gaps(before: Files, change: Files, ...args: readonly string[]): Promise<readonly string[]> {
  repo.commit({ 'infra/main.tf': PROVIDER, 'infra/terraform.tfstate': STATE, 'other/main.tf': PROVIDER, ...before });
  repo.write(change);
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'main', '-o', `json=${output}`, ...args], host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const found = report.coverage.filter(({ status }) => status !== 'complete');
  expect(code).toBe(found.length === 0 ? 0 : 3);
  return found.map(({ source, locator, reason = '' }) => `${source} ${locator}: ${reason}`);
}

const unknown = (why: string) =>
  expect.stringMatching(
    new RegExp(
      `^configuration infra: the change makes unknown what becomes of aws_kms_key\\.k, which could be told before: .*${why}.*; give its plan with --plan$`,
    ),
  );

const KNOWN: Files = { 'infra/k.tf': key() };

describe('a change that makes unknown what becomes of a key in a state is a gap', () => {
  it.each<readonly [string, Files, Files, string]>([
    ['by its count', KNOWN, { 'infra/k.tf': key(UNKNOWN) }, 'timestamp is not evaluated here'],
    ['by what would replace it', KNOWN, { 'infra/k.tf': key('multi_region = file("x") == "y"') }, 'multi_region'],
    ['by a twin for OpenTofu', KNOWN, { 'infra/k.tofu': '' }, 'read different files'],
    [
      'by a value that is gone',
      {
        'infra/k.tf': key('count = var.n'),
        'infra/v.tf': 'variable "n" {}\n',
        'infra/terraform.tfvars': 'n = 1\n',
      },
      { 'infra/terraform.tfvars': null },
      'var\\.n is given no value',
    ],
    [
      'in a module that is new to the root',
      KNOWN,
      {
        'infra/k.tf': `module "m" {\n  source = "../m"\n}\nmoved {\n  from = aws_kms_key.k\n  to   = module.m.aws_kms_key.k\n}\n`,
        'm/main.tf': key(UNKNOWN),
      },
      'timestamp is not evaluated here',
    ],
  ])('%s', async (_, before, change, why) => {
    expect(await gaps(before, change)).toEqual([unknown(why)]);
  });
});

describe('what is not known is no gap', () => {
  it.each<readonly [string, Files, Files]>([
    [
      'of what was not known before',
      { 'infra/k.tf': key(UNKNOWN) },
      { 'infra/k.tf': key(UNKNOWN, 'description = "K"') },
    ],
    ['of a root that the change does not touch', { 'infra/k.tf': key(UNKNOWN) }, { 'other/x.tf': '# x\n' }],
    ['of what replaces nothing', KNOWN, { 'infra/k.tf': key('description = timestamp()', 'policy = file("p.json")') }],
    ['of a key that is in no state', KNOWN, { 'infra/n.tf': key(UNKNOWN).replace('"k"', '"n"') }],
  ])('%s', async (_, before, change) => {
    expect(await gaps(before, change)).toEqual([]);
  });
});
