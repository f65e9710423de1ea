import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const block = (name: string): string => `resource "aws_kms_key" "${name}" {}\n`;
const REMOTE = `terraform {\n  backend "s3" {\n    bucket = "acme-states"\n    key    = "b"\n  }\n}\n${PROVIDER}`;
const VALUES = { arn: keyArn(1), key_id: keyArn(1).split('/')[1] };
const PLACE = { mode: 'managed', type: 'aws_kms_key', name: 'one' };
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: 'a',
  resources: [
    { ...PLACE, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [{ attributes: VALUES }] },
  ],
});
const OF_B = { arn: keyArn(2), key_id: keyArn(2).split('/')[1] };
const STATE_OF_B = STATE.replace('"lineage":"a"', '"lineage":"b"')
  .replace('"one"', '"two"')
  .replace(JSON.stringify(VALUES), JSON.stringify(OF_B));
const KEPT = { arn: keyArn(3), key_id: keyArn(3).split('/')[1] };
const plan = (complete: boolean): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        ...PLACE,
        name: 'three',
        address: 'aws_kms_key.three',
        change: { actions: ['no-op'], before: KEPT, after: KEPT, after_unknown: {} },
      },
    ],
    complete,
    errored: false,
  });

/** `a` has its state here, `b` and `c` have theirs elsewhere. */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    '.gitignore': 'plan.json\n',
    'infra/a/main.tf': `${PROVIDER}${block('one')}`,
    'infra/a/terraform.tfstate': STATE,
    'infra/b/main.tf': `${REMOTE}${block('two')}${block('three')}`,
    'infra/c/main.tf': `${REMOTE}${block('four')}`,
  });
});

const FORMATS = ['table', 'markdown', 'github', 'html'] as const;

async function check(...args: readonly string[]) {
  const host = memoryHost({ cwd: repo.dir, env: NOBODY, packageRoot: resolve('.') });
  const outputs = ['json', ...FORMATS].flatMap((format) => ['-o', `${format}=${here.file(format)}`]);
  const code = await run(['check', ...outputs, ...args], host);
  const said = (format: string): string => readFileSync(here.file(format), 'utf8').replace(/\s+/g, ' ');
  const { scan, coverage, rules }: Report = JSON.parse(said('json'));
  const guard = rules.find(({ id }) => id === 'destroy-planned');
  return { code, coverage, uncompared: scan.uncompared, guard, said };
}

const CHANGED = ['--changed-since', 'main'];
const NOTHING_FOUND = 'No key was found that';
const words = (roots: string): string => `Neither the state nor a plan was read of ${roots}`;

describe('a root that the change touches, and whose state nobody was asked for', () => {
  it('is named in place of a clean word, and rules about the change are not evaluated for its keys', async () => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}` });
    const { code, uncompared, guard, said } = await check(...CHANGED);
    expect({ code, uncompared }).toEqual({ code: 0, uncompared: ['infra/b'] });
    expect(guard).toMatchObject({ evaluated: 1, notEvaluated: 2 });
    for (const format of FORMATS) {
      expect(said(format)).toContain(words('infra/b, which this change touches'));
      expect(said(format)).not.toContain(NOTHING_FOUND);
    }
  });

  it('is not, where its plan is read in full', async () => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}`, 'infra/b/plan.json': plan(true) });
    const { uncompared, said } = await check(...CHANGED, '--plan', 'infra/b/plan.json');
    expect(uncompared).toBeUndefined();
    expect(said('table')).toContain(NOTHING_FOUND);
  });

  it.each<readonly [string, boolean, readonly string[]]>([
    ['a plan that is not complete', false, ['--plan', 'infra/b/plan.json']],
    ['a plan of another root', true, ['--plan', 'infra/c/plan.json']],
    ['a state of another root', true, ['--state', 'infra/a/terraform.tfstate']],
  ])('is, beside %s', async (_, complete, args) => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}` });
    repo.write({ 'infra/b/plan.json': plan(complete), 'infra/c/plan.json': plan(complete) });
    expect((await check(...CHANGED, ...args)).uncompared).toEqual(['infra/b']);
  });

  it('is, where its plan came with the repository', async () => {
    repo.commit({ '.gitignore': '', 'infra/b/plan.json': plan(true) });
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}` });
    expect((await check(...CHANGED, '--plan', 'infra/b/plan.json')).uncompared).toEqual(['infra/b']);
  });
});

describe('a state that is of no root', () => {
  const GAP = (stray: string) =>
    expect.objectContaining({
      source: 'state',
      operation: 'change',
      locator: 'infra/b',
      status: 'failed',
      reason: `the change touches this root, and none of the states is known to be its own, though ${stray} may be: save its own in infra/b and give that, or pair them in keydrift.yaml (roots)`,
    });

  it('may be of the root that the change touches, which is a gap then', async () => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}`, 'pulled.json': STATE_OF_B });
    const { code, coverage } = await check(...CHANGED, '--state', 'pulled.json');
    expect(code).toBe(3);
    expect(coverage).toContainEqual(GAP('pulled.json'));
    const both = await check(...CHANGED, '--state', 'pulled.json', '--state', 'infra/a/terraform.tfstate');
    expect(both.coverage).toContainEqual(GAP('pulled.json'));
  });

  it('is no gap where a plan says what becomes of that root, where settings pair them, or where no such root is touched', async () => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}`, 'pulled.json': STATE, 'plan.json': plan(true) });
    const states = ['--state', 'pulled.json', '--state', 'infra/a/terraform.tfstate'];
    const operations = async (...args: readonly string[]) =>
      (await check(...CHANGED, ...args)).coverage.map(({ operation }) => operation);
    expect(await operations(...states, '--plan', 'plan.json')).not.toContain('change');
    repo.write({ 'keydrift.yaml': 'roots: [{ path: infra/a }, { path: infra/b, state: ../pulled.json }]\n' });
    expect(await operations()).not.toContain('change');
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('two')}${block('three')}`, 'keydrift.yaml': '' });
    repo.write({ 'infra/a/main.tf': `${PROVIDER}${block('one')}# more\n` });
    expect(await operations(...states)).not.toContain('change');
  });
});

describe('a state that is given for one of several roots', () => {
  const GIVEN = ['--state', 'infra/b/pulled.tfstate'];

  it('is its own where it lies in its directory, and fails nothing', async () => {
    repo.write({
      'infra/b/main.tf': `${REMOTE}${block('two')}${block('three')}# more\n`,
      'infra/b/pulled.tfstate': STATE_OF_B,
    });
    const { code, uncompared } = await check(...CHANGED, ...GIVEN);
    expect({ code, uncompared }).toEqual({ code: 0, uncompared: undefined });
  });

  it('tells what the change does to its keys', async () => {
    repo.write({ 'infra/b/main.tf': `${REMOTE}${block('three')}`, 'infra/b/pulled.tfstate': STATE_OF_B });
    expect((await check(...CHANGED, ...GIVEN)).code).toBe(1);
  });

  it('takes away none of the states that others have here', async () => {
    repo.write({ 'infra/a/main.tf': PROVIDER, 'infra/b/pulled.tfstate': STATE_OF_B });
    const { code, said } = await check(...CHANGED, ...GIVEN);
    expect(code).toBe(1);
    expect(said('table')).toContain('the next apply destroys aws_kms_key.one');
  });
});

describe('no root is named', () => {
  it('that the change does not touch', async () => {
    repo.write({ 'infra/a/main.tf': `${PROVIDER}${block('one')}# more\n` });
    const { uncompared, said } = await check(...CHANGED);
    expect(uncompared).toBeUndefined();
    expect(said('table')).toContain(NOTHING_FOUND);
  });

  it('that is not looked at', async () => {
    repo.write({ 'keydrift.yaml': 'roots: [{ path: infra/a }, { path: infra/b }]\n', 'infra/b/x.tf': block('x') });
    expect((await check(...CHANGED, '--config-dir', 'infra/a')).uncompared).toBeUndefined();
  });
});

it('without a change every such root is named, and where nothing at all was read, none', async () => {
  expect((await check()).said('table')).toContain(`${words('infra/b, infra/c')}: what the next apply`);
  expect((await check('--config-dir', 'infra/b')).said('table')).toContain('Neither a state nor a plan was read:');
});
