import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { NOBODY, repositoryIn, type TestRepository } from '../support/git.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

/** Where the built-in rules are. */
const ROOT = resolve('.');

const MAIN = 'terraform {\n  backend "local" {}\n}\nprovider "aws" {\n  region = "eu-west-1"\n}\n';
const BLOCK = 'resource "aws_kms_key" "orders" {\n  multi_region = true\n}\n';

const VALUES = { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false };
const PLACE = { mode: 'managed', type: 'aws_kms_key', name: 'orders' };
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    { ...PLACE, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ attributes: VALUES }] },
  ],
});

const plan = (...actions: readonly string[]): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        ...PLACE,
        address: 'aws_kms_key.orders',
        change: { actions, before: VALUES, after: VALUES, after_unknown: {} },
      },
    ],
    complete: true,
    errored: false,
  });

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({ 'main.tf': MAIN, 'terraform.tfstate': STATE, '.gitignore': 'made.json\n' });
});

async function check(...args: readonly string[]) {
  const host = memoryHost({ cwd: repo.dir, env: NOBODY, packageRoot: ROOT });
  const status = await run(['check', '-o', 'json', ...args], host);
  const { findings, diagnostics }: Report = JSON.parse(host.said.stdout);
  const notes = diagnostics.filter(({ source }) => source === 'plan').map(({ message }) => message.split(':')[0]);
  return { status, rules: findings.map(({ rule }) => rule), notes };
}

describe('a plan', () => {
  beforeEach(() => {
    repo.commit({ 'main.tf': MAIN + BLOCK });
  });

  it.each([
    ['that is committed', { 'plan.json': plan('no-op') }, '--plan=plan.json', ['plan.json']],
    ['that is committed, and says less', { 'plan.json': plan('update') }, '--plan=plan.json', ['plan.json']],
    [
      'that is committed, and named by the settings',
      { 'plan.json': plan('no-op'), 'keydrift.yaml': 'roots:\n  - path: .\n    plan: plan.json\n' },
      '--config-dir=.',
      ['plan.json'],
    ],
    ['that is committed, and says the same', { 'plan.json': plan('delete', 'create') }, '--plan=plan.json', []],
  ])('%s hides nothing that configuration says for certain', async (_, files, flag, notes) => {
    repo.commit(files);
    expect(await check(flag)).toEqual({ status: 1, rules: ['replacement-planned'], notes });
  });

  it('of another time, when the root still declared the key, says nothing', async () => {
    repo.commit({ 'main.tf': MAIN });
    repo.write({ 'made.json': plan('no-op') });
    expect(await check('--plan', 'made.json')).toEqual({ status: 1, rules: ['destroy-planned'], notes: [] });
  });

  it.each(['made.json', 'new.json'])('that the pipeline made in the work tree decides: %s', async (name) => {
    repo.write({ [name]: plan('no-op') });
    expect(await check('--plan', name)).toEqual({ status: 0, rules: [], notes: [] });
    repo.write({ 'keydrift.yaml': `roots:\n  - path: .\n    plan: ${name}\n` });
    expect(await check('--config-dir', '.')).toEqual({ status: 0, rules: [], notes: [] });
  });

  it('that a committed link leads to, or that is committed behind one, is the repository’s', async () => {
    repo.write({ 'made.json': plan('no-op') });
    symlinkSync('made.json', join(repo.dir, 'link.json'));
    repo.commit({ 'plans/plan.json': plan('no-op') });
    symlinkSync('plans', join(repo.dir, 'elsewhere'));
    for (const name of ['link.json', 'elsewhere/plan.json']) {
      expect(await check('--plan', name)).toEqual({ status: 1, rules: ['replacement-planned'], notes: [name] });
    }
  });

  it('of which git cannot tell is the repository’s where its settings name it', async () => {
    repo.write({ 'made.json': plan('no-op'), 'keydrift.yaml': 'roots:\n  - path: .\n    plan: made.json\n' });
    const outcome = async (...args: readonly string[]) =>
      run(['check', ...args], memoryHost({ cwd: repo.dir, env: {}, packageRoot: ROOT }));
    expect([await outcome('--plan', 'made.json'), await outcome()]).toEqual([0, 1]);
  });
});
