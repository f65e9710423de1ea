import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type CheckRequest, collectHere } from '../src/check.ts';
import type { Fact } from '../src/model/facts.ts';
import { NO_OWNERSHIP } from '../src/model/ownership.ts';
import { EVERYWHERE } from '../src/model/reach.ts';
import { byFlag } from '../src/sources/terraform/state/where.ts';
import { scratch } from './cli/scratch.ts';
import { declared, held, inventory, keyArn, kmsCovered, live, stateCovered, T, US_EAST_1 } from './support/facts.ts';

const here = scratch();

const MAIN = 'provider "aws" {}\nresource "aws_kms_key" "this" {}\n';

async function look(files: Readonly<Record<string, string>>, over: Partial<CheckRequest> = {}) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(here.file(name)), { recursive: true });
    await writeFile(here.file(name), text);
  }
  const request: CheckRequest = {
    states: [],
    roots: [],
    configDirs: ['.'],
    varFiles: [],
    plans: [],
    ownership: NO_OWNERSHIP,
    tool: { name: 'keydrift', version: '0' },
    mayBeNone: true,
    ...over,
  };
  return collectHere(request, {
    cwd: here.path,
    env: {},
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
    now: () => T.secondLook,
    onProgress: () => {},
  });
}

const root = (name: string, states: string[] | null): Fact => ({ kind: 'root', root: name, states, reach: EVERYWHERE });

const planned = (arn: Fact & { kind: 'live' }): Fact => ({
  kind: 'planned',
  plan: 'plan.json',
  root: '.',
  address: 'aws_kms_key.this',
  previousAddress: null,
  resourceType: 'aws_kms_key',
  deposed: false,
  arn: arn.arn,
  keyId: null,
  action: 'none',
  createsFirst: false,
  reason: null,
  because: [],
  deletionWindowInDays: null,
  readAt: T.states,
  attributes: {},
  unknown: {},
});

const saved = (...facts: readonly Fact[]) =>
  inventory([live(keyArn(1)), held(keyArn(1)), ...facts], {
    header: { requested: ['kms', 'state', 'configuration', 'plan'] },
    coverage: [kmsCovered(), stateCovered()],
  });

const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K) =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

describe('a look at what is here', () => {
  it('asks for nothing else: no account was scanned, and the keys that a state names are judged by it', async () => {
    const state = JSON.stringify({
      version: 4,
      serial: 1,
      lineage: 'l',
      terraform_version: '1.11.4',
      resources: [
        {
          mode: 'managed',
          type: 'aws_kms_key',
          name: 'this',
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: [keyArn(1, US_EAST_1), keyArn(2, US_EAST_1)].map((arn, index_key) => ({
            index_key,
            attributes: { arn, key_id: arn.split('/')[1] },
          })),
        },
      ],
    });
    const { header, coverage } = await look({ 'main.tf': MAIN, 'terraform.tfstate': state });
    expect(header).toMatchObject({
      scope: [],
      named: [US_EAST_1],
      requested: ['state', 'configuration'],
      window: null,
    });
    expect(coverage.map(({ source, status }) => `${source} ${status}`).sort()).toEqual([
      'configuration complete',
      'state complete',
    ]);
  });

  it('is refused where there is nothing', async () => {
    await expect(look({})).rejects.toThrow(/nothing to check/);
  });

  it('tells a state that is elsewhere as no gap, beside one that is here', async () => {
    const found = await look({
      'a/main.tf': `terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "k"\n    region = "eu-west-1"\n  }\n}\n${MAIN}`,
      'b/main.tf': MAIN,
      'b/terraform.tfstate': '{"version":4,"serial":1,"lineage":"l","terraform_version":"1.11.4","resources":[]}',
    });
    expect(ofKind(found.facts, 'root')).toMatchObject([
      { root: 'a', states: ['a (its state)'], elsewhere: true },
      { root: 'b', states: ['b/terraform.tfstate'] },
    ]);
    expect(found.coverage.every(({ status }) => status === 'complete')).toBe(true);
  });

  it('reads no state elsewhere that settings name', async () => {
    const found = await look({ 'main.tf': MAIN }, { states: [{ where: 's3://acme-states/k', from: 'repository' }] });
    expect(found.header.requested).toEqual(['configuration']);
  });

  it('reads what flags name', async () => {
    const found = look({ 'main.tf': MAIN }, { states: [byFlag('nowhere.tfstate')] });
    await expect(found).rejects.toThrow(/nowhere\.tfstate: no such file/);
  });
});

describe('a saved inventory with what is declared here', () => {
  it('loses its configuration and its plans, and keeps which states were whose', async () => {
    const before = saved(
      declared({ address: 'aws_kms_key.old' }),
      planned(live(keyArn(1))),
      root('.', ['terraform.tfstate']),
    );
    const { facts, header } = await look({ 'main.tf': MAIN }, { saved: before });
    expect(ofKind(facts, 'configuration').map(({ address }) => address)).toEqual(['aws_kms_key.this']);
    expect(ofKind(facts, 'planned')).toEqual([]);
    expect(ofKind(facts, 'root')).toMatchObject([{ root: '.', states: ['terraform.tfstate'] }]);
    expect(header.requested).toEqual(['kms', 'state', 'configuration']);
    expect(header.scope).toEqual(before.header.scope);
  });

  it('is as it was where nothing is declared here', async () => {
    const before = saved(declared(), planned(live(keyArn(1))), root('.', ['terraform.tfstate']));
    expect(await look({}, { saved: before })).toEqual(before);
    expect((await look({}, { saved: before, asOf: T.longAgo })).header.asOf).toBe(T.longAgo);
  });

  it('does not guess that its only state is of another root than it says', async () => {
    const { facts, diagnostics } = await look(
      { 'main.tf': MAIN },
      { saved: saved(root('infra', ['terraform.tfstate'])) },
    );
    expect(ofKind(facts, 'root')).toMatchObject([
      { root: 'infra', states: ['terraform.tfstate'] },
      { root: '.', states: null },
    ]);
    expect(diagnostics.map(({ message }) => message).join()).toMatch(/none of the given states is known to be of \./);
  });

  it('takes its only state for that of the only root where it does not say', async () => {
    const { facts } = await look({ 'main.tf': MAIN }, { saved: saved() });
    expect(ofKind(facts, 'root')).toMatchObject([{ root: '.', states: ['terraform.tfstate'] }]);
  });
});

describe('configuration that cannot be read beside a plan', () => {
  const PLAN = JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: [],
    complete: true,
    errored: false,
  });

  it('is asked for, so that it counts as a gap', async () => {
    const broken = { 'plan.json': PLAN, 'sub/main.tf': 'terraform {\n  backend "s3" {\n' };
    const { header, coverage } = await look(broken, { plans: ['plan.json'] });
    expect(coverage.filter(({ status }) => status !== 'complete')).toMatchObject([{ source: 'configuration' }]);
    expect(header.requested).toEqual(['configuration', 'plan']);
  });

  it('is not asked for where there is none', async () => {
    const { header } = await look({ 'plan.json': PLAN }, { plans: ['plan.json'] });
    expect(header.requested).toEqual(['plan']);
  });
});
