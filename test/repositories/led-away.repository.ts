import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const block = (name: string): string => `resource "aws_kms_key" "${name}" {}\n`;
const backend = (type: string, ...settings: readonly string[]): string =>
  `terraform {\n  backend "${type}" {\n    ${settings.join('\n    ')}\n  }\n}\n`;

/** A state with keys by their numbers. */
const state = (lineage: string, serial: number, keys: Readonly<Record<string, number>>): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial,
    lineage,
    resources: Object.entries(keys).map(([name, number]) => ({
      mode: 'managed',
      type: 'aws_kms_key',
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(number), key_id: keyArn(number).split('/')[1] } }],
    })),
  });

const STATE = 'infra/a/terraform.tfstate';
const DROPPED = `${PROVIDER}${block('one')}`;
const SETTINGS = 'roots:\n  - path: infra/a\n  - path: infra/b\n';
const settled = (said: string): string => SETTINGS.replace('infra/a\n', `infra/a\n    ${said}\n`);

/** Two roots with a state here each, and one that has no key. */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'infra/a/main.tf': `${PROVIDER}${block('one')}${block('two')}`,
    [STATE]: state('a', 4, { one: 1, two: 2 }),
    'infra/b/main.tf': `${PROVIDER}${block('three')}`,
    'infra/b/terraform.tfstate': state('b', 2, { three: 3 }),
    'infra/c/main.tf': PROVIDER,
    'infra/c/terraform.tfstate': state('c', 1, {}),
  });
});

interface Outcome {
  readonly code: number;
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
}

async function check(...args: readonly string[]): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'main', '-o', `json=${output}`, ...args], host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const gaps = report.coverage.filter(({ status }) => status !== 'complete');
  return {
    code,
    gaps: gaps.map(({ source, locator, reason = '' }) => `${source} ${locator}: ${reason}`),
    notes: report.diagnostics
      .filter(({ level, source }) => level === 'warning' && source === 'change')
      .map(({ message }) => message)
      .filter((message) => !message.includes('alters what it is judged by')),
  };
}

const led = (by: string, keys = '2 keys', path = STATE) =>
  expect.stringMatching(
    new RegExp(
      `^state ${path}: the change leads away from it: ${by} led to it at [0-9a-f]{12}, it holds ${keys}, and nothing reads it now; give it, or the state that has its keys now, with --state$`,
    ),
  );

type Files = Readonly<Record<string, string | null>>;

describe('a state that the change leads a root away from is a gap', () => {
  it.each<readonly [string, Files]>([
    ['to a backend', { 'infra/a/main.tf': `${backend('s3', 'bucket = "acme-states"', 'key = "a"')}${DROPPED}` }],
    ['to another file', { 'infra/a/main.tf': `${backend('local', 'path = "other.tfstate"')}${DROPPED}` }],
    [
      'in JSON',
      { 'infra/a/b.tf.json': '{"terraform":{"backend":{"local":{"path":"x"}}}}', 'infra/a/main.tf': DROPPED },
    ],
    [
      'to a bucket, by settings',
      { 'keydrift.yaml': settled('state: s3://acme-states/a.tfstate'), 'infra/a/main.tf': DROPPED },
    ],
    [
      'to that of another root',
      { 'keydrift.yaml': settled('state: infra/c/terraform.tfstate'), 'infra/a/main.tf': DROPPED },
    ],
    ['to another workspace', { 'keydrift.yaml': settled('workspace: blue'), 'infra/a/main.tf': DROPPED }],
    [
      'which it empties, as terraform init -migrate-state does',
      { [STATE]: '', 'infra/a/main.tf': `${backend('s3', 'bucket = "acme-states"', 'key = "a"')}${DROPPED}` },
    ],
    [
      'to a copy that has not come as far',
      { 'infra/a/x.tfstate': state('a', 3, { one: 1 }), 'keydrift.yaml': settled('state: infra/a/x.tfstate') },
    ],
  ])('%s', async (_, files) => {
    repo.write(files);
    expect(await check()).toEqual({
      code: 3,
      gaps: [led('infra/a', files['infra/a/x.tfstate'] ? '1 key' : '2 keys')],
      notes: [],
    });
  });

  it('by settings that give states for all roots', async () => {
    repo.write({
      'keydrift.yaml': 'state: infra/b/terraform.tfstate\nconfig-dirs: [infra]\n',
      'infra/a/main.tf': DROPPED,
    });
    expect((await check()).gaps).toContainEqual(led('infra/a'));
    repo.commit({ 'keydrift.yaml': 'state: [infra/a, infra/b]\nconfig-dirs: [infra]\n' });
    repo.write({ 'keydrift.yaml': 'state: infra/b\nconfig-dirs: [infra]\n' });
    expect((await check()).gaps).toEqual([led('keydrift.yaml')]);
  });

  it('which nobody can read any more', async () => {
    repo.write({
      [STATE]: 'no state',
      'infra/a/main.tf': `${backend('http', 'address = "https://x.example"')}${DROPPED}`,
    });
    expect((await check()).gaps).toEqual([led('infra/a')]);
  });
});

describe('what a state held is accounted for', () => {
  it.each<readonly [string, Files]>([
    ['nothing leads elsewhere', { 'infra/a/main.tf': `${PROVIDER}${block('one')}${block('two')}# more\n` }],
    [
      'its root has another place, and takes its state along',
      {
        'infra/a': null,
        'live/a/main.tf': `${PROVIDER}${block('one')}${block('two')}`,
        'live/a/terraform.tfstate': state('a', 4, { one: 1, two: 2 }),
      },
    ],
    [
      'it has another name',
      {
        [STATE]: null,
        'infra/a/x.tfstate': state('a', 4, { one: 1, two: 2 }),
        'infra/a/backend.tf': backend('local', 'path = "x.tfstate"'),
      },
    ],
    ['it is named as what it is', { 'keydrift.yaml': settled(`state: ${STATE}`) }],
    ['it holds no key', { 'infra/c/main.tf': `${backend('s3', 'bucket = "acme-states"', 'key = "c"')}${PROVIDER}` }],
    [
      'its keys are in another now',
      {
        [STATE]: state('a', 5, { one: 1 }),
        'infra/a/main.tf': DROPPED,
        'infra/b/terraform.tfstate': state('b', 3, { three: 3, two: 2 }),
        'infra/b/main.tf': `${PROVIDER}${block('three')}${block('two')}`,
      },
    ],
  ])('%s', async (_, files) => {
    repo.write(files);
    expect(await check()).toEqual({ code: 0, gaps: [], notes: [] });
  });

  it('by the gap that its whole root is', async () => {
    repo.write({ 'infra/a/main.tf': null });
    expect((await check()).gaps).toEqual([
      expect.stringMatching(/^configuration infra\/a: the change removes every file/),
    ]);
  });

  it('by flags that give states, whatever files say', async () => {
    repo.write({
      'infra/a/main.tf': `${backend('local', 'path = "other.tfstate"')}${PROVIDER}${block('one')}${block('two')}`,
    });
    expect((await check('--config-dir', 'infra/a', '--state', STATE)).gaps).toEqual([]);
  });
});

describe('keys that a change takes out of a state that is read are told', () => {
  const one = `aws_kms_key.two (${keyArn(2).split('/')[1]})`;

  it('of the same file, as after an apply', async () => {
    repo.write({ [STATE]: state('a', 5, { one: 1 }), 'infra/a/main.tf': DROPPED });
    expect(await check()).toEqual({
      code: 0,
      gaps: [],
      notes: [
        `${STATE}: the change takes a key out of it, as an apply that destroyed it would: ${one}; no other state that was read holds it`,
      ],
    });
  });

  it('of a copy that has come as far', async () => {
    repo.write({
      'infra/a/x.tfstate': state('a', 5, { one: 1 }),
      'keydrift.yaml': settled('state: infra/a/x.tfstate'),
      'infra/a/main.tf': DROPPED,
    });
    const { code, gaps, notes } = await check();
    expect({ code, gaps }).toEqual({ code: 0, gaps: [] });
    expect(notes).toEqual([expect.stringContaining(`the change takes a key out of it`)]);
  });

  it('and not of one that nobody reads', async () => {
    repo.commit({ 'fixtures/x.tfstate': state('x', 1, { x: 9 }) });
    repo.write({ 'fixtures/x.tfstate': state('x', 2, {}) });
    expect(await check()).toEqual({ code: 0, gaps: [], notes: [] });
  });
});
