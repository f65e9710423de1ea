import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

const instance = (key: string, at: number) => ({
  index_key: key,
  attributes: {
    arn: keyArn(at),
    key_id: keyArn(at).split('/')[1],
    multi_region: false,
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    key_usage: 'ENCRYPT_DECRYPT',
  },
});

const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    {
      module: 'module.kms',
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'this',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [instance('ebs', 1), instance('logs', 2)],
    },
  ],
});

const ignore = (reason = 'nothing uses it', until = '2027-01-31'): string =>
  `# keydrift:ignore=destroy-planned until=${until} reason="${reason}"\n`;
const call = (...keys: readonly string[]): string =>
  `module "kms" {\n  source = "./kms"\n  keys   = ${JSON.stringify(keys)}\n}\n`;
const MODULE = 'variable "keys" {}\nresource "aws_kms_key" "this" {\n  for_each = toset(var.keys)\n}\n';

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({ 'main.tf': call('ebs', 'logs'), 'kms/main.tf': MODULE, 'terraform.tfstate': STATE });
});

interface Outcome {
  readonly code: number;
  readonly findings: readonly string[];
  readonly notes: readonly string[];
}

async function check(): Promise<Outcome> {
  const env = { PATH: process.env['PATH'], HOME: here.path };
  const host = memoryHost({ cwd: repo.dir, env, packageRoot: resolve('.') });
  const output = here.file('report.json');
  const code = await run(['check', '--changed-since', 'HEAD', '-o', `json=${output}`], host);
  const { findings, diagnostics }: Report = JSON.parse(readFileSync(output, 'utf8'));
  return {
    code,
    findings: findings.map(({ rule, arn, status }) => `${rule} ${Number(arn?.slice(-12))} ${status}`),
    notes: diagnostics.filter(({ source }) => source === 'change').map(({ message }) => message),
  };
}

const SUPPRESSED = ['destroy-planned 2 suppressed'];
const said = (place: string, how: string): readonly string[] => [
  `${place}: the change alters what it is judged by: keydrift:ignore=destroy-planned ${how} before, and it answers for 1 finding`,
];

describe('a comment that lets findings of its own change through', () => {
  it.each([
    ['added above a module call', { 'main.tf': ignore() + call('ebs') }, said('main.tf:1', 'was not there')],
    [
      'added above a block that a module call leads to',
      { 'main.tf': call('ebs'), 'kms/main.tf': MODULE.replace('resource', `${ignore()}resource`) },
      said('kms/main.tf:2', 'was not there'),
    ],
    ['in a new file', { 'main.tf': '', 'kms.tf': ignore() + call('ebs') }, said('kms.tf:1', 'was not there')],
  ])('is told: %s', async (_name, files, notes) => {
    repo.write(files);
    expect(await check()).toEqual({ code: 0, findings: SUPPRESSED, notes });
  });

  it.each([
    ['the day', ignore('nothing uses it', '2027-03-31')],
    ['the reason', ignore('nothing needs it')],
  ])('is told where it was there and said otherwise: %s', async (_name, comment) => {
    repo.commit({ 'main.tf': ignore() + call('ebs', 'logs') });
    repo.write({ 'main.tf': comment + call('ebs') });
    expect((await check()).notes).toEqual(said('main.tf:1', 'said otherwise'));
  });

  it('is told where it came from above another block', async () => {
    const other = 'resource "aws_kms_key" "other" {}\n';
    repo.commit({ 'main.tf': ignore() + other + call('ebs', 'logs') });
    repo.write({ 'main.tf': other + ignore() + call('ebs') });
    expect((await check()).notes).toEqual(said('main.tf:2', 'was not there'));
  });

  it('is told of a file that a link leads to', async () => {
    repo.commit({ 'shared/kms.tf': call('ebs', 'logs') });
    renameSync(join(repo.dir, 'main.tf'), join(repo.dir, 'main.txt'));
    symlinkSync('shared/kms.tf', join(repo.dir, 'main.tf'));
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'link');
    repo.write({ 'shared/kms.tf': ignore() + call('ebs') });
    expect((await check()).notes).toEqual(said('main.tf:1', 'was not there'));
  });

  it.each([
    [
      'it stood there, on another line',
      ignore() + call('ebs', 'logs'),
      `# keys\n\n${ignore()}${call('ebs')}`,
      SUPPRESSED,
    ],
    ['it answers for nothing', call('ebs', 'logs'), ignore() + call('ebs', 'logs'), []],
  ])('is not where %s', async (_name, before, after, findings) => {
    repo.commit({ 'main.tf': before });
    repo.write({ 'main.tf': after });
    expect(await check()).toEqual({ code: 0, findings, notes: [] });
  });
});
