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

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A key of the module is in it. */
const STATE = {
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: 'b2b2b2b2-0000-4000-8000-000000000001',
  outputs: {},
  resources: [
    {
      mode: 'managed',
      module: 'module.m',
      type: 'aws_kms_key',
      name: 'k',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: ARN, id: ARN.slice(-36), key_id: ARN.slice(-36) } }],
    },
  ],
};

/** Two roots with a module that is not installed, by way of a local one in the second. */
beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({
    'infra/a/main.tf': `${PROVIDER}${KEY}${REMOTE}`,
    'infra/b/main.tf': `${PROVIDER}${call('../../modules/kms')}`,
    'infra/c/main.tf': `${PROVIDER}${KEY}`,
    'modules/kms/main.tf': REMOTE,
    'docs/README.md': '# Keys\n',
  });
});

type Files = Readonly<Record<string, string>>;

async function checked(files: Files, ...args: readonly string[]) {
  repo.write(files);
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const flags = ['check', '--changed-since', 'main', '-o', 'table', '-o', `json=${output}`, ...args];
  const code = await run(flags, host);
  const report: Report = JSON.parse(readFileSync(output, 'utf8'));
  const gaps = report.coverage.filter(({ status }) => status !== 'complete');
  const named = (isOutside: boolean) =>
    gaps.flatMap(({ locator = '', outsideChange }) => ((outsideChange === true) === isOutside ? [locator] : []));
  return { code, stdout: host.said.stdout, report, counted: named(false), outside: named(true) };
}

const [A, B] = ['infra/a#module.m', 'infra/b#module.m.module.m'];

describe('a module from elsewhere that is not installed', () => {
  it.each<readonly [string, Files, readonly string[], readonly string[]]>([
    ['is no gap of a change of documents', { 'docs/README.md': '# All keys\n' }, [], [A, B]],
    ['nor of one of another root', { 'infra/c/more.tf': '' }, [], [A, B]],
    ['is one in a root that changes', { 'infra/a/more.tf': '' }, [A], [B]],
    ['and where a file of values does', { 'infra/a/terraform.tfvars': 'a = 1\n' }, [A], [B]],
    ['and where a module in between does', { 'modules/kms/more.tf': '' }, [B], [A]],
    [
      'and in all roots that settings say more of',
      { 'keydrift.yaml': 'roots:\n  - path: infra/a\n    workspace: x\n' },
      [A],
      [],
    ],
  ])('%s', async (_, files, counted, outside) => {
    const seen = await checked(files);
    expect(seen).toMatchObject({ code: counted.length === 0 ? 0 : 3, counted, outside });
    expect(seen.report.scan.complete).toBe(counted.length === 0);
    expect(seen.report.summary.outsideGaps ?? 0).toBe(outside.length);
  });

  it('is shown, and what is said of the change is not said of it', async () => {
    repo.commit({ 'infra/a/terraform.tfstate': JSON.stringify(STATE) });
    const { stdout } = await checked({ 'docs/README.md': '# All keys\n' });
    expect(stdout).toContain('complete for the change · 2 gaps outside the change');
    expect(stdout).toContain('NOT COVERED, OUTSIDE THE CHANGE');
    expect(stdout).toContain('No key was found that this change destroys, replaces or forgets.');
  });

  it('is a gap where the files of its root could not all be read', async () => {
    repo.commit({ 'infra/a/broken.tf': 'resource "aws_kms_key" {' });
    const { counted } = await checked({ 'docs/README.md': '# All keys\n' });
    expect(counted).toContain(A);
  });

  it('is no more than another gap where it is not from elsewhere', async () => {
    repo.commit({ 'infra/c/call.tf': call('../../gone') });
    expect(await checked({ 'docs/README.md': '# All keys\n' })).toMatchObject({ code: 3, outside: [A, B] });
  });
});
