import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import { keyArn } from '../support/facts.ts';
import { NOBODY, repositoryIn, type TestRepository } from '../support/git.ts';
import { type Files, key, stateOf } from './change-gaps.ts';

// The first test loads the parser and asks git a dozen times.
const here = scratch();
let repo: TestRepository;

beforeEach(() => {
  repo = repositoryIn(here.file('repo'));
});

const VALUES = { arn: keyArn(1), key_id: keyArn(1).split('/')[1], multi_region: false };
const ENTRY = { address: 'aws_kms_key.k', mode: 'managed', type: 'aws_kms_key', name: 'k' };
const MADE = { ...ENTRY, change: { actions: ['create'], before: null, after: {}, after_unknown: { arn: true } } };
const KEPT = { ...ENTRY, change: { actions: ['no-op'], before: VALUES, after: VALUES, after_unknown: {} } };
const DROPPED = { ...ENTRY, change: { actions: ['delete'], before: VALUES, after: null } };

/** What `terraform show -json` prints (Terraform 1.11.4 and AWS provider 5.100, but for what is not read). */
const planOf = (entries: object, region: object | undefined, variables: object = {}): string =>
  JSON.stringify({
    format_version: '1.2',
    variables,
    planned_values: { root_module: {} },
    ...entries,
    configuration: {
      provider_config: { aws: { name: 'aws', ...(region === undefined ? {} : { expressions: { region } }) } },
      root_module: { resources: [{ ...ENTRY, provider_config_key: 'aws' }] },
    },
    complete: true,
    errored: false,
  });

const REFRESHED = { resource_changes: [MADE], resource_drift: [DROPPED] };
const NOT_REFRESHED = { resource_changes: [KEPT] };
const BY_VARIABLE = { references: ['var.region'] };
const given = (region: string) => ({ region: { value: region } });

const providing = (region: string): Files => ({
  'infra/main.tf': `provider "aws" {\n  region = var.region\n}\nvariable "region" {\n  default = "${region}"\n}\n`,
});
const UNNAMED = 'provider "aws" {}\n';

/** The findings of a check of a change, those of others than the change in brackets, and its exit code. */
async function found(before: Files, change: Files, plan: string): Promise<readonly [number, ...string[]]> {
  repo.commit({ 'infra/k.tf': key(), 'infra/terraform.tfstate': stateOf(), ...before });
  repo.commit(change);
  const path = here.file('plan.json');
  writeFileSync(path, plan);
  const host = memoryHost({ cwd: repo.dir, env: NOBODY, packageRoot: resolve('.') });
  const code = await run(['check', '--changed-since', 'HEAD~1', '--plan', path, '-o', 'json'], host);
  const { findings }: Report = JSON.parse(host.said.stdout);
  return [code, ...findings.map(({ rule, outsideChange }) => (outsideChange === true ? `(${rule})` : rule))];
}

describe('a plan of a change of the Region of a provider', () => {
  it.each<[string, object]>([
    ['which a refresh went before', REFRESHED],
    ['which no refresh went before', NOT_REFRESHED],
  ])('%s leaves a key behind', async (_, entries) => {
    const plan = planOf(entries, BY_VARIABLE, given('eu-west-3'));
    expect(await found(providing('eu-west-1'), providing('eu-west-3'), plan)).toEqual([1, 'abandonment-planned']);
  });

  it('that nobody names has lost a key by it', async () => {
    const before = { 'infra/main.tf': 'provider "aws" {\n  region = "eu-west-1"\n}\n' };
    const plan = planOf(REFRESHED, undefined);
    expect(await found(before, { 'infra/main.tf': UNNAMED }, plan)).toEqual([1, 'key-pending-deletion']);
  });
});

describe('a plan of a change of anything else', () => {
  const more = { 'infra/k.tf': key('description = "orders"') };

  it('leaves a key where it is', async () => {
    const plan = planOf(NOT_REFRESHED, BY_VARIABLE, given('eu-west-1'));
    expect(await found(providing('eu-west-1'), more, plan)).toEqual([0]);
  });

  it('leaves it where the pipeline gives the variable another value than its default', async () => {
    const plan = planOf(NOT_REFRESHED, BY_VARIABLE, given('eu-west-1'));
    expect(await found(providing('eu-west-3'), more, plan)).toEqual([0]);
  });

  it('finds a key pending deletion that somebody else scheduled', async () => {
    const plan = planOf(REFRESHED, BY_VARIABLE, given('eu-west-1'));
    expect(await found(providing('eu-west-1'), more, plan)).toEqual([0, '(key-pending-deletion)']);
  });

  it('finds it, too, where nobody names the Region', async () => {
    const plan = planOf(REFRESHED, undefined);
    expect(await found({ 'infra/main.tf': UNNAMED }, more, plan)).toEqual([0, '(key-pending-deletion)']);
  });
});
