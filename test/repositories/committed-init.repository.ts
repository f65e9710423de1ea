import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { NOBODY, repositoryIn, type TestRepository } from '../support/git.ts';

const here = scratch();
let repo: TestRepository;

const MAIN = 'terraform {\n  backend "local" {}\n}\nprovider "aws" {\n  region = "eu-west-1"\n}\n';
const INIT = '.terraform/terraform.tfstate';
const init = (type: string, config: object): string => JSON.stringify({ version: 3, backend: { type, config } });

const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a1e9a52-0000-4000-8000-000000000001',
  resources: [
    {
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'orders',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: keyArn(1), key_id: keyArn(1).split('/')[1] } }],
    },
  ],
});

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
  repo.commit({ 'main.tf': MAIN, 'terraform.tfstate': STATE });
});

async function check() {
  const host = memoryHost({ cwd: repo.dir, env: NOBODY, packageRoot: resolve('.') });
  const status = await run(['check', '-o', 'json'], host);
  const { findings, diagnostics, coverage }: Report = JSON.parse(host.said.stdout);
  return {
    status,
    rules: findings.map(({ rule }) => rule),
    notes: diagnostics.filter(({ source }) => source === 'state').map(({ message }) => message),
    gaps: coverage.filter(({ status: covered }) => covered !== 'complete').map(({ reason }) => reason),
  };
}

describe('what terraform init is said to have left', () => {
  it.each([
    ['another backend', init('s3', { bucket: 'b', key: 'k' })],
    ['another file', init('local', { path: 'other.tfstate' })],
  ])('leads nowhere where it is committed: %s', async (_, text) => {
    repo.commit({ [INIT]: text, 'other.tfstate': STATE.replaceAll('orders', 'others') });
    const { status, rules, gaps, notes } = await check();
    expect({ status, rules, gaps }).toEqual({ status: 1, rules: ['destroy-planned'], gaps: [] });
    expect(notes).toEqual([expect.stringContaining('is committed: whoever makes the change may have written it')]);
  });

  it('hides no state that is here where it contradicts the block', async () => {
    repo.write({ [INIT]: init('s3', { bucket: 'b', key: 'k' }) });
    const { status, gaps } = await check();
    expect(status).toBe(3);
    expect(gaps).toEqual([expect.stringContaining('contradict each other (type)')]);
  });

  it('hides no state that is here where it is damaged, and leads nowhere where that is committed', async () => {
    repo.write({ [INIT]: '{"backend":' });
    const damaged = await check();
    expect(damaged).toMatchObject({
      status: 3,
      gaps: [expect.stringContaining('it is not what terraform init leaves')],
    });
    repo.commit({});
    expect(await check()).toMatchObject({ status: 1, rules: ['destroy-planned'], gaps: [] });
  });

  it('hides no state that is here where the workspace cannot be told', async () => {
    repo.write({ [INIT.replace(/[^/]+$/, 'environment')]: 'x'.repeat(2_000_000) });
    expect(await check()).toMatchObject({ status: 3, gaps: [expect.stringContaining('environment')] });
  });

  it('counts where init left it and the block says no more', async () => {
    repo.write({ [INIT]: init('local', { path: 'other.tfstate' }), 'other.tfstate': STATE });
    expect(await check()).toEqual({ status: 1, rules: ['destroy-planned'], notes: [], gaps: [] });
  });
});

describe('a local backend whose place would have to be evaluated', () => {
  it('hides no state that is here', async () => {
    repo.commit({ 'main.tf': MAIN.replace('{}', '{\n    path = var.state\n  }') });
    const { status, gaps } = await check();
    expect({ status, gaps }).toEqual({
      status: 3,
      gaps: [expect.stringContaining('path of its local backend is an expression')],
    });
  });
});
