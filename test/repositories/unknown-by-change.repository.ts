import { beforeEach, describe, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files, key } from './change-gaps.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

const UNKNOWN = 'count = timestamp() == "" ? 1 : 0';

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const gaps = (before: Files, change: Files): Promise<readonly string[]> =>
  changeGaps(repo, here.path, { before, change });

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
