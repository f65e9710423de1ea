import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { repositoryIn, type TestRepository } from '../support/git.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const KEY = 'resource "aws_kms_key" "k" {}\n';
const call = (source: string): string => `module "m" {\n  source = "${source}"\n}\n`;
const backend = (key: string): string =>
  `terraform {\n  backend "s3" {\n    bucket = "acme-states"\n    key    = "${key}"\n  }\n}\n`;

/** Roots by a backend and by a provider, a module that one calls, and others that nobody here does. */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'infra/a/main.tf': `${backend('a')}${PROVIDER}${KEY}`,
    'infra/b/main.tf': `${PROVIDER}${KEY}${call('../../modules/kms')}`,
    'modules/kms/main.tf': KEY,
    'lib/kms/main.tf': KEY,
    'examples/lone/main.tf': PROVIDER,
    'docs/README.md': '# Keys\n',
  });
});

async function gaps(...args: readonly string[]): Promise<readonly string[]> {
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'main', '-o', `json=${output}`, ...args], host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const found = report.coverage.filter(({ status }) => status !== 'complete');
  expect(code).toBe(found.length === 0 ? 0 : 3);
  return found.map(({ source, locator, reason = '' }) => `${source} ${locator}: ${reason}`);
}

const lost = (dir: string, files = '') =>
  expect.stringMatching(
    new RegExp(`^configuration ${dir}: the change has it out of sight: ${dir} was a root at [0-9a-f]{12}, .*${files}`),
  );
const emptied = (dir: string): string =>
  `configuration ${dir}: the change removes every file of ${dir}: what its state holds nobody declares any more`;

type Files = Readonly<Record<string, string | null>>;

const DROPPED: Files = { 'infra/a/main.tf': KEY };

describe('a root that the change has out of sight is a gap', () => {
  it.each<readonly [string, Files, readonly unknown[]]>([
    ['without its backend and provider', DROPPED, [lost('infra/a', 'it changes infra/a/main\\.tf')]],
    ['without its provider', { 'infra/b/main.tf': KEY }, [lost('infra/b')]],
    ['hidden', { 'infra/a': null, 'infra/.a/main.tf': `${backend('a')}${KEY}` }, [emptied('infra/a')]],
    ['hidden, and something left', { 'infra/a': null, 'infra/.a/main.tf': KEY, 'infra/a/x.tf': '' }, [lost('infra/a')]],
    ['in node_modules', { 'infra/a': null, 'node_modules/a/main.tf': `${backend('a')}${KEY}` }, [emptied('infra/a')]],
    ['called from where nobody looks', { 'x/main.tf': call('../infra/b') }, [lost('infra/b')]],
    [
      'called by another, with a backend of its own',
      { 'infra/b/a.tf': call('../a').replace('"m"', '"n"'), ...DROPPED },
      [lost('infra/a')],
    ],
    [
      'with its backend said elsewhere, of another state',
      { 'infra/a': null, 'infra/c/main.tf': backend('c') },
      [emptied('infra/a')],
    ],
    [
      'with a copy of it, and its backend left where it was',
      {
        'keydrift.yaml': 'config-dirs: [copy]\n',
        'copy/main.tf': `${backend('a')}${KEY}`,
        'infra/a/main.tf': backend('a'),
      },
      [lost('infra/a'), lost('infra/b')],
    ],
    [
      'with a copy of it, and a backend left that does not say where',
      {
        'keydrift.yaml': 'config-dirs: [copy, infra/b]\n',
        'copy/main.tf': `${backend('a')}${KEY}`,
        'infra/a/main.tf': 'terraform {\n  backend "s3" {}\n}\n',
      },
      [lost('infra/a')],
    ],
    [
      'with a copy of it, and what cannot be read left',
      {
        'keydrift.yaml': 'config-dirs: [copy, infra/b]\n',
        'copy/main.tf': `${backend('a')}${KEY}`,
        'infra/a/main.tf': 'terraform {',
      },
      [lost('infra/a')],
    ],
    ['by new settings', { 'keydrift.yaml': 'config-dirs: [infra/b]\n', ...DROPPED }, [lost('infra/a')]],
  ])('%s', async (_, files, expected) => {
    repo.write(files);
    expect(await gaps()).toEqual(expected);
  });

  it('as a link, and as a submodule', async () => {
    repo.git('rm', '-rq', 'infra/a');
    symlinkSync('../docs', join(repo.dir, 'infra/a'));
    expect(await gaps()).toEqual([emptied('infra/a')]);
    repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD')},infra/a`);
    repo.write({ 'infra/a': null });
    expect(await gaps()).toEqual([emptied('infra/a')]);
    mkdirSync(join(repo.dir, 'infra/a'));
    repo.write({ 'live/a/main.tf': `${backend('a')}${KEY}` });
    expect(await gaps()).toEqual([emptied('infra/a')]);
  });

  it('by settings that looked there', async () => {
    repo.commit({ 'keydrift.yaml': 'config-dirs: [infra, lib]\n' });
    repo.write({ 'keydrift.yaml': 'config-dirs: [infra/b]\n' });
    expect(await gaps()).toEqual([lost('infra/a')]);
    repo.commit({ 'keydrift.yaml': 'roots: [{ path: infra/a }, { path: lib/kms }]\n' });
    repo.write({ 'keydrift.yaml': 'roots: [{ path: infra/a }]\n' });
    expect(await gaps()).toEqual([lost('lib/kms')]);
    repo.write({ 'keydrift.yaml': null });
    expect(await gaps()).toEqual([lost('lib/kms')]);
  });

  it('by settings that named a workspace of it', async () => {
    const root = (workspace: string): string => `  - { path: infra/a, workspace: ${workspace} }\n`;
    repo.commit({ 'keydrift.yaml': `roots:\n${root('blue')}${root('green')}` });
    expect(await gaps()).toEqual([]);
    repo.write({ 'keydrift.yaml': `roots:\n${root('blue')}` });
    expect(await gaps()).toEqual([
      'configuration infra/a@green: the change has it out of sight: keydrift.yaml named the workspace green of infra/a, and does not any more',
    ]);
  });

  it('until it is named, or somebody answers for it', async () => {
    repo.write({ ...DROPPED, 'keydrift.yaml': 'roots: [{ path: infra/a }, { path: infra/b }]\n' });
    expect(await gaps()).toEqual([
      expect.stringMatching(/^state infra\/a: the change leads it to another state \(type of its local backend\)/),
    ]);
  });
});

describe('what is looked at still is no gap', () => {
  it.each<readonly [string, Files]>([
    ['nothing of Terraform changed', { 'docs/README.md': '# All keys\n' }],
    ['a root is edited', { 'infra/a/main.tf': `${backend('a')}${KEY}` }],
    ['a root has another place, and the same backend', { 'infra/a': null, 'live/a/main.tf': `${backend('a')}${KEY}` }],
    [
      'a root has another place that calls what is left, and the same backend',
      { 'infra/a/main.tf': KEY, 'live/a/main.tf': `${backend('a')}${call('../../infra/a')}` },
    ],
    ['a module with a provider is called', { 'infra/a/m.tf': call('../b') }],
    ['a module that nobody calls', { 'lib/kms/main.tf': `${KEY}# more\n` }],
    ['a module moves', { 'infra/b/main.tf': `${PROVIDER}${call('../../lib/kms')}`, modules: null }],
    ['an example that could hold no key', { 'examples/lone/main.tf': '# nothing\n' }],
    ['values of an environment that nobody reads', { 'infra/a/prod.tfvars': 'x = 1\n' }],
    ['the first settings', { 'keydrift.yaml': 'config-dirs: [infra/b]\n' }],
  ])('%s', async (_, files) => {
    repo.write(files);
    expect(await gaps()).toEqual([]);
  });

  it('where whoever runs the gate did not ask for it', async () => {
    repo.write({ ...DROPPED, 'lib/kms': null });
    expect(await gaps('--config-dir', 'infra/b')).toEqual([]);
  });
});
