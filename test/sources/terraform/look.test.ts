import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { NamedRoot } from '../../../src/model/named.ts';
import { lookAtTerraform, type TerraformAsk } from '../../../src/sources/terraform/look.ts';
import { byFlag } from '../../../src/sources/terraform/state/where.ts';
import { KEY, PROVIDER, tree } from './roots/tree.ts';

const here = tree();

const LOOKING = {
  signal: new AbortController().signal,
  now: () => '2026-11-23T12:00:00.000Z',
  onProgress: () => {},
};
const STATE = JSON.stringify({ version: 4, serial: 1, lineage: 'l', resources: [] });
const PLAN = JSON.stringify({
  format_version: '1.2',
  planned_values: {},
  terraform_version: '1.11.4',
  resource_changes: [
    {
      address: 'aws_kms_key.this',
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'this',
      change: { actions: ['create'], before: null, after: {}, after_unknown: { arn: true } },
    },
  ],
});

const look = (ask: Partial<TerraformAsk> = {}) =>
  lookAtTerraform(
    {
      states: [],
      estate: 'partial',
      roots: [],
      configDirs: [],
      varFiles: [],
      plans: [],
      cwd: here.path,
      env: {},
      ...ask,
    },
    LOOKING,
  );

const stated = async (ask: Partial<TerraformAsk> = {}) => {
  const { states } = await look(ask);
  return states({ stdin: (async function* () {})(), access: { env: {}, session: null, headers: [] } });
};

const named = (dir: string, said: Partial<NamedRoot> = {}): NamedRoot => ({
  dir: join(here.path, dir),
  workspace: undefined,
  states: undefined,
  varFiles: [],
  accounts: undefined,
  regions: undefined,
  plan: undefined,
  ...said,
});

const INFRA = { 'a/main.tf': PROVIDER + KEY, 'b/main.tf': PROVIDER + KEY, 'a.json': PLAN, 'b.json': PLAN };

describe('what of Terraform is asked for', () => {
  it.each<[string, Partial<TerraformAsk>, readonly string[]]>([
    ['nothing', {}, []],
    ['states', { states: [byFlag('x.tfstate')] }, ['state']],
    ['configuration whose states nobody knows', { configDirs: ['a'] }, ['configuration']],
    ['configuration with its state', { configDirs: ['c'] }, ['state', 'configuration']],
    ['configuration with a backend that is not read', { configDirs: ['d'] }, ['state', 'configuration']],
    ['a plan', { plans: ['a.json'] }, ['plan']],
  ])('%s', async (_, ask, requested) => {
    await here.put({
      ...INFRA,
      'x.tfstate': STATE,
      'c/main.tf': KEY,
      'c/terraform.tfstate': STATE,
      'd/main.tf': 'terraform {\n  backend "gcs" {}\n}\n',
    });
    expect((await look(ask)).requested).toEqual(requested);
  });

  it.each<[string, Partial<TerraformAsk>, RegExp]>([
    ['a state', { states: [byFlag('gone.tfstate')] }, /^--state gone\.tfstate: no such file/],
    ['a directory', { configDirs: ['gone'] }, /^cannot read the configuration directory gone: no such file/],
    ['a plan', { plans: ['gone.json'] }, /^--plan gone\.json: no such file/],
  ])('and told at once when it is misspelt: %s', async (_, ask, message) => {
    await expect(look(ask)).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
  });
});

describe('a plan is of', () => {
  const plansIn = async (ask: Partial<TerraformAsk>) => {
    await here.put(INFRA);
    const { facts } = (await look(ask)).declared;
    return facts.flatMap((fact) => (fact.kind === 'planned' ? [[fact.plan, fact.root]] : []));
  };
  const bothNamed = () => [
    named('a', { plan: join(here.path, 'a.json') }),
    named('b', { plan: join(here.path, 'b.json') }),
  ];

  it('the only root', async () => {
    expect(await plansIn({ configDirs: ['a'], plans: ['a.json'] })).toEqual([['a.json', 'a']]);
  });

  it('one of several that nobody names', async () => {
    expect(await plansIn({ configDirs: ['.'], plans: ['a.json'] })).toEqual([['a.json', null]]);
  });

  it('the root that the settings name it for', async () => {
    expect(await plansIn({ roots: bothNamed() })).toEqual([
      ['a.json', 'a'],
      ['b.json', 'b'],
    ]);
  });

  it('that root, too, when a flag names it, and those of others are not read', async () => {
    expect(await plansIn({ roots: bothNamed(), plans: ['./b.json'] })).toEqual([['b.json', 'b']]);
  });
});

describe('states', () => {
  it('of each root are paired with it', async () => {
    await here.put({ ...INFRA, 'a/terraform.tfstate': STATE });
    const { facts, coverage } = await stated({ configDirs: ['.'] });
    expect(facts.filter(({ kind }) => kind === 'root')).toEqual([
      { kind: 'root', root: 'a', states: ['a/terraform.tfstate'], reach: expect.anything() },
      { kind: 'root', root: 'b', states: ['b (its state)'], reach: expect.anything() },
    ]);
    expect(coverage.map(({ locator, status }) => [locator, status])).toEqual([
      ['a/terraform.tfstate', 'complete'],
      ['b (its state)', 'failed'],
    ]);
  });

  it('are asked for once more', async () => {
    await here.put({ ...INFRA, 'a/terraform.tfstate': STATE });
    const { recheck } = await stated({ configDirs: ['a'] });
    await here.put({ 'a/terraform.tfstate': STATE.replace('"serial":1', '"serial":2') });
    expect(await recheck()).toMatchObject([{ locator: 'a/terraform.tfstate', status: 'partial' }]);
  });

  it('where there are none are not', async () => {
    await here.put(INFRA);
    const { facts, coverage, recheck } = await stated({ configDirs: ['a'] });
    expect(facts).toMatchObject([{ kind: 'root', root: 'a', states: null }]);
    expect([coverage, await recheck()]).toEqual([[], []]);
  });
});
