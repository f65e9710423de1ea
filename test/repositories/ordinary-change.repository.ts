import { beforeEach, describe, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files, key, PROVIDER } from './change-gaps.ts';
import {
  aws,
  EU,
  FROM_FILE,
  listed,
  PRIMARIES,
  primary,
  REPLICA,
  replicaOf,
  role,
  STORED,
  store,
  TRIGGERED,
  trigger,
} from './fates.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const gaps = (before: Files, change: Files, ...args: readonly string[]): Promise<readonly string[]> =>
  changeGaps(repo, here.path, { before, change, args });

describe('an ordinary change is none, though only a plan tells what becomes of a key', () => {
  const UNKNOWN: Files = {
    ...FROM_FILE,
    'infra/keys.yaml': '- a\n',
    'infra/main.tf': aws('region = var.region', 'profile = var.profile'),
    'infra/v.tf': 'variable "region" {}\nvariable "profile" {}\nvariable "size" {\n  default = 1\n}\n',
    'infra/x.tf': 'resource "aws_instance" "x" {\n  size = var.size\n}\n',
  };
  const KEY = `for_each = toset(yamldecode(file("\${path.module}/keys.yaml")))`;
  it.each<readonly [string, Files, Files]>([
    ['another argument of the key', UNKNOWN, { 'infra/k.tf': key(KEY, 'description = "K"', 'tags = { a = "b" }') }],
    [
      'its layout and comments',
      UNKNOWN,
      { 'infra/k.tf': key('# All keys', `for_each    =   toset(yamldecode(file("\${path.module}/keys.yaml")))`) },
    ],
    ['another resource', UNKNOWN, { 'infra/x.tf': 'resource "aws_instance" "x" {\n  size = 2\n}\n' }],
    [
      'a variable that it does not follow',
      UNKNOWN,
      { 'infra/v.tf': 'variable "region" {}\nvariable "profile" {}\nvariable "size" {\n  default = 2\n}\n' },
    ],
    [
      'the description of one that it follows',
      UNKNOWN,
      {
        'infra/v.tf':
          'variable "region" {\n  description = "R"\n}\nvariable "profile" {}\nvariable "size" {\n  default = 1\n}\n',
      },
    ],
    ['a block that moves to another file', UNKNOWN, { 'infra/k.tf': null, 'infra/keys.tf': key(KEY) }],
    ['another file', UNKNOWN, { 'infra/README.md': 'Keys\n', 'infra/policy.json': '{}' }],
    [
      'default tags of the provider',
      UNKNOWN,
      {
        'infra/main.tf': aws(
          'region = var.region',
          'profile = var.profile',
          'default_tags {\n    tags = { a = "b" }\n  }',
        ),
      },
    ],
    ['another key beside it', UNKNOWN, { 'infra/n.tf': key().replace('"k"', '"n"') }],
    ['another root', UNKNOWN, { 'other/x.tf': 'locals {\n  a = 1\n}\n' }],
    [
      'the content of a file that fileset finds',
      { ...listed('fileset(path.module, "keys/*")'), 'infra/keys/a': '1' },
      { 'infra/keys/a': '2' },
    ],
    [
      'a file beside those that fileset looks for',
      { ...listed('fileset(path.module, "keys/*")'), 'infra/keys/a': '1' },
      { 'infra/README.md': 'x' },
    ],
    [
      'a file that the policy reads',
      { 'infra/k.tf': key('policy = file("p.json")'), 'infra/p.json': '{}' },
      { 'infra/p.json': '{"Version":"2012-10-17"}' },
    ],
    [
      'what changes a primary in place',
      { ...REPLICA, ...PRIMARIES, ...replicaOf('p') },
      {
        'infra/p.tf':
          primary('p', 'description = "P"', 'tags = { a = "b" }', 'enable_key_rotation = true') + primary('q'),
      },
    ],
    [
      'what changes a store in place',
      { ...STORED, ...store('cloud_hsm_cluster_id = "c-1"', 'key_store_password = var.a') },
      store('cloud_hsm_cluster_id = "c-1"', 'key_store_password = var.b'),
    ],
    [
      'what is beside a trigger',
      { 'infra/k.tf': TRIGGERED, ...trigger('"1"') },
      { 'infra/k.tf': TRIGGERED.replace('lifecycle', 'description = "K"\n  lifecycle') },
    ],
    ['prevent_destroy', { 'infra/k.tf': key() }, { 'infra/k.tf': key('lifecycle {\n    prevent_destroy = true\n  }') }],
    [
      'another role of the same account',
      { 'infra/k.tf': key(), 'infra/main.tf': aws(EU, role('111122223333')) },
      { 'infra/main.tf': aws(EU, role('111122223333').replace('terraform', 'deploy')) },
    ],
    [
      'accounts that are allowed',
      { 'infra/k.tf': key() },
      { 'infra/main.tf': aws(EU, 'profile = "new"', 'allowed_account_ids = ["111122223333"]') },
    ],
    [
      'a provider of another Region beside it',
      { 'infra/k.tf': key() },
      { 'infra/x.tf': aws('alias = "x"', 'region = var.r') },
    ],
    [
      'a Region that becomes known',
      { 'infra/k.tf': key(), 'infra/main.tf': aws('region = data.x.y.z') },
      { 'infra/main.tf': PROVIDER },
    ],
  ])('%s', async (_, before, change) => {
    expect(await gaps(before, change)).toEqual([]);
  });
});
