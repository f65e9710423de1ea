import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';
import { changeGaps, type Files, key, stateOf } from './change-gaps.ts';
import {
  aws,
  EU,
  FROM_FILE,
  listed,
  PRIMARIES,
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

const altered = (what: string, address: string): string =>
  `configuration infra: the change alters what decides ${what} ${address}, and that is not known without a plan; give its plan with --plan`;

const INSTANCES = 'which instances there are of';
const REPLACES = 'whether an apply replaces';
const K = 'aws_kms_key.k';
const EACH = `${K}["a"]`;

describe('a change of what decides the fate of a key in a state, which only a plan tells, is a gap', () => {
  it.each<readonly [string, Files, Files, string]>([
    [
      'a file that for_each reads',
      { ...FROM_FILE, 'infra/keys.yaml': '- a\n' },
      { 'infra/keys.yaml': '- b\n' },
      altered(INSTANCES, EACH),
    ],
    [
      'a file that a local reads for a module',
      {
        'infra/terraform.tfstate': stateOf({ module: 'module.m' }, { index_key: 'a' }),
        'infra/k.tf':
          'locals {\n  all = jsondecode(file("../data/all.json"))\n}\nmodule "m" {\n  source = "../m"\n  names  = local.all.keys\n}\n',
        'm/main.tf': `variable "names" {}\n${key('for_each = toset(var.names)')}`,
        'data/all.json': '{"keys":["a"]}',
      },
      { 'data/all.json': '{"keys":[]}', 'm/x.tf': '# touched\n' },
      altered(INSTANCES, `module.m.${EACH}`),
    ],
    [
      'a file that is there',
      { 'infra/k.tf': key(`multi_region = fileexists("\${path.module}/mr")`) },
      { 'infra/mr': '' },
      altered(REPLACES, K),
    ],
    [
      'files that fileset finds',
      { ...listed('fileset(path.module, "keys/*")'), 'infra/keys/a': '' },
      { 'infra/keys/b': '', 'infra/keys/a': null },
      altered(INSTANCES, EACH),
    ],
    [
      'a path that nobody knows',
      { ...listed(`toset(split(",", file("\${terraform.workspace}.txt")))`), 'infra/default.txt': 'a' },
      { 'infra/default.txt': 'b' },
      altered(INSTANCES, EACH),
    ],
    [
      'a data source that for_each follows',
      { ...listed('toset(data.aws_regions.r.names)'), 'infra/d.tf': 'data "aws_regions" "r" {}\n' },
      { 'infra/d.tf': 'data "aws_regions" "r" {\n  all_regions = true\n}\n' },
      altered(INSTANCES, EACH),
    ],
    [
      'an output of another module',
      {
        ...listed('toset(module.n.names)'),
        'infra/n.tf': 'module "n" {\n  source = "../n"\n}\n',
        'n/main.tf': 'output "names" {\n  value = split(",", data.x.y.z)\n}\n',
      },
      { 'n/main.tf': 'output "names" {\n  value = split(";", data.x.y.z)\n}\n' },
      altered(INSTANCES, EACH),
    ],
    [
      'another primary',
      { ...REPLICA, ...PRIMARIES, ...replicaOf('p') },
      replicaOf('q'),
      altered(REPLACES, 'aws_kms_replica_key.k'),
    ],
    [
      'another cluster of the store',
      { ...STORED, ...store('cloud_hsm_cluster_id = "c-1"') },
      store('cloud_hsm_cluster_id = "c-2"'),
      altered(REPLACES, K),
    ],
    [
      'a trigger that is added',
      { 'infra/k.tf': key(), ...trigger('"1"') },
      { 'infra/k.tf': TRIGGERED, ...trigger('"2"') },
      altered(REPLACES, K),
    ],
    ['a trigger', { 'infra/k.tf': TRIGGERED, ...trigger('"1"') }, trigger('"2"'), altered(REPLACES, K)],
    [
      'what a trigger follows from',
      { 'infra/k.tf': TRIGGERED, ...trigger('var.v'), 'infra/x.tf': 'variable "v" {\n  default = 1\n}\n' },
      { 'infra/x.tf': 'variable "v" {\n  default = 2\n}\n' },
      altered(REPLACES, K),
    ],
    [
      'key material',
      {
        'infra/terraform.tfstate': stateOf({ type: 'aws_kms_external_key' }),
        'infra/k.tf': 'resource "aws_kms_external_key" "k" {\n  key_material_base64 = "AAAA"\n}\n',
      },
      { 'infra/k.tf': 'resource "aws_kms_external_key" "k" {\n  key_material_base64 = "BBBB"\n}\n' },
      altered(REPLACES, 'aws_kms_external_key.k'),
    ],
    [
      'the Region of the block',
      { 'infra/k.tf': key() },
      { 'infra/k.tf': key('region = data.x.y.z') },
      altered('the Region of', K),
    ],
    [
      'the Region of the provider',
      { 'infra/k.tf': key() },
      { 'infra/main.tf': aws('region = data.x.y.z') },
      altered('the Region of', K),
    ],
    ['a Region that is gone', { 'infra/k.tf': key() }, { 'infra/main.tf': aws() }, altered('the Region of', K)],
    [
      'a provider whose Region nobody gives',
      { 'infra/k.tf': key() },
      {
        'infra/k.tf': key('provider = aws.x'),
        'infra/x.tf': `variable "r" {}\n${aws('alias = "x"', 'region = var.r')}`,
      },
      altered('the Region of', K),
    ],
    [
      'a profile',
      { 'infra/k.tf': key() },
      { 'infra/main.tf': aws(EU, 'profile = "other"') },
      altered('the account of', K),
    ],
    [
      'a role of another account',
      { 'infra/k.tf': key(), 'infra/main.tf': aws(EU, role('111122223333')) },
      { 'infra/main.tf': aws(EU, role('444455556666')) },
      altered('the account of', K),
    ],
    [
      'enabled, of OpenTofu',
      { 'infra/k.tf': key() },
      { 'infra/k.tf': key('lifecycle {\n    enabled = false\n  }') },
      altered(INSTANCES, K),
    ],
  ])('%s', async (_, before, change, gap) => {
    expect(await gaps(before, change)).toEqual([gap]);
  });
});

describe('a plan', () => {
  const planOf = (address: string, arn: string): string => {
    const values = { arn, key_id: arn.split('/')[1] };
    return JSON.stringify({
      format_version: '1.2',
      planned_values: { root_module: {} },
      resource_changes: [
        {
          address,
          mode: 'managed',
          type: 'aws_kms_key',
          name: 'k',
          ...(address === EACH ? { index: 'a' } : {}),
          change: { actions: ['no-op'], before: values, after: values, after_unknown: {} },
        },
      ],
      complete: true,
      errored: false,
    });
  };
  const before = { ...FROM_FILE, 'infra/keys.yaml': '[a]' };
  const change = { 'infra/keys.yaml': '[b]' };
  const gap = altered(INSTANCES, EACH);
  const given = (...texts: readonly string[]): readonly string[] =>
    texts.flatMap((text, at) => {
      const path = here.file(`plan${at}.json`);
      writeFileSync(path, text);
      return ['--plan', path];
    });

  it('of the root says what becomes of it', async () => {
    expect(await gaps(before, change, ...given(planOf(EACH, keyArn(1))))).toEqual([]);
  });

  it('of another root does not', async () => {
    expect(await gaps(before, change, ...given(planOf('aws_kms_key.o', keyArn(2))))).toEqual([gap]);
  });

  it('that the change brings with it does not', async () => {
    const files = { ...change, 'plan.json': planOf(EACH, keyArn(1)) };
    expect(await gaps(before, files, '--plan', 'plan.json')).toEqual([gap]);
  });

  describe('of one of two workspaces', () => {
    const green = { arn: keyArn(2), key_id: keyArn(2).split('/')[1] };
    const ofLineage = (lineage: string, state: string): string => state.replace('6a1e9a52', lineage);
    const workspaces = {
      'infra/terraform.tfstate': ofLineage('00000000', stateOf({ instances: [] })),
      'infra/terraform.tfstate.d/blue/terraform.tfstate': stateOf({}, { index_key: 'a' }),
      'infra/terraform.tfstate.d/green/terraform.tfstate': ofLineage(
        '11111111',
        stateOf({}, { index_key: 'a' }, green),
      ),
      'infra/k.tf': key('for_each = toset(terraform.workspace == "blue" ? ["a", "b"] : ["a"])'),
    };
    const dropped = { 'infra/k.tf': key('for_each = toset(terraform.workspace == "blue" ? ["a", "b"] : [])') };

    it('says nothing of the keys of the other', async () => {
      expect(await gaps(workspaces, dropped, ...given(planOf(EACH, keyArn(1))))).toEqual([gap]);
    });

    it('says what becomes of all with that of the other', async () => {
      const both = given(planOf(EACH, keyArn(1)), planOf(EACH, keyArn(2)));
      expect(await gaps(workspaces, dropped, ...both)).toEqual([]);
    });
  });
});
