import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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
const REMOTE = call('git::https://git.example.com/acme/modules.git');

/** The settings name one root of several. */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'keydrift.yaml': 'roots:\n  - path: infra/a\n',
    'infra/a/main.tf': `${PROVIDER}${KEY}${call('../../shared')}`,
    'infra/b/main.tf': `${PROVIDER}${call('../../modules/kms')}`,
    'infra/net/main.tf': `${PROVIDER}${REMOTE}`,
    'modules/kms/main.tf': KEY,
    'shared/main.tf': `${PROVIDER}${KEY}`,
  });
});

type Files = Readonly<Record<string, string>>;

/** What a check says of roots that nobody looked at; that is no gap. */
async function overlooked(files: Files, ...args: readonly string[]): Promise<readonly string[]> {
  repo.write(files);
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  expect(await run(['check', '--changed-since', 'main', '-o', `json=${output}`, ...args], host)).toBe(0);
  const { diagnostics }: Report = JSON.parse(readFileSync(output, 'utf8'));
  return diagnostics.flatMap(({ level, message }) =>
    level === 'warning' && message.includes('does not lead to') ? [message] : [],
  );
}

const warning = (dir: string, keys = 'its keys were'): string =>
  `the change touches ${dir}, a root that keydrift.yaml does not lead to, and ${keys} not looked at: name it (roots), or have it found (config-dirs)`;
const perhaps = 'whether it has keys was';

describe('a root that the settings do not lead to, and that a change touches, is named', () => {
  it.each<readonly [string, Files, readonly string[]]>([
    ['new, with keys', { 'infra/qa/main.tf': `${PROVIDER}${KEY}` }, [warning('infra/qa')]],
    ['with keys in a module', { 'infra/b/more.tf': '' }, [warning('infra/b')]],
    ['by its values', { 'infra/b/prod.auto.tfvars': 'a = 1\n' }, [warning('infra/b')]],
    [
      'new, with a module that is not here',
      { 'infra/qa/main.tf': `${PROVIDER}${REMOTE}` },
      [warning('infra/qa', perhaps)],
    ],
    ['not for a module that is not here, where it was before', { 'infra/net/more.tf': '' }, []],
    ['not without keys', { 'infra/dns/main.tf': PROVIDER }, []],
    ['not as it stands', { 'docs/README.md': '# Keys\n' }, []],
    ['not what the settings name', { 'infra/a/more.tf': '' }, []],
    ['not what a root calls that they name', { 'shared/more.tf': '' }, []],
    ['not a module', { 'modules/kms/more.tf': '' }, []],
  ])('%s', async (_, files, expected) => {
    expect(await overlooked(files)).toEqual(expected);
  });

  const NEW: Files = { 'live/qa/main.tf': `${PROVIDER}${KEY}`, 'infra/qa/main.tf': `${PROVIDER}${KEY}` };

  it('also beside the directories that they look through', async () => {
    repo.commit({ 'keydrift.yaml': 'config-dirs: [infra/a]\n' });
    expect(await overlooked(NEW)).toEqual([warning('infra/qa'), warning('live/qa')]);
  });

  it('not where a flag says where to look', async () => {
    expect(await overlooked(NEW, '--config-dir', 'infra/a')).toEqual([]);
  });
});
