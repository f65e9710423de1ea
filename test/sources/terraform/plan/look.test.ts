import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../../../../src/errors.ts';
import { lookAtPlans } from '../../../../src/sources/terraform/plan/look.ts';
import { KEY_RESOURCES } from '../../../../src/sources/terraform/state/key-types.ts';
import { LOOKING } from '../../../bench/looking.ts';
import fc from '../../../support/fast-check.ts';
import { type Directory, newDirectory } from '../state/directory.ts';
import { entryOf, fixture, KEY, lookAt, plannedIn, planOf } from './plan-text.ts';

let directory: Directory;
beforeEach(async () => {
  directory = await newDirectory();
});
afterEach(() => directory.remove());

const look = (...where: readonly string[]) =>
  lookAtPlans(
    { where: where.map((each) => ({ where: each, from: 'flag' as const, root: null })), cwd: directory.path, env: {} },
    LOOKING,
  );

describe('a place', () => {
  it.each([
    ['missing.json', 'missing.json: no such file or directory'],
    ['', 'is empty: give the file that `terraform show -json PLAN` was written to'],
    ['-', '-: give the file that `terraform show -json PLAN` was written to'],
    ['folder', 'folder: it is a directory; give the file that `terraform show -json PLAN` was written to'],
    [
      'saved.plan',
      'saved.plan: a saved plan, which only Terraform can read; convert it first: terraform show -json saved.plan > saved.plan.json',
    ],
  ])('%j is a mistake that is told at once', async (where, message) => {
    await mkdir(join(directory.path, 'folder'));
    await directory.write('saved.plan', 'PK\u0003\u0004canary');
    await expect(look(where)).rejects.toEqual(new UserError(`--plan ${message}`));
  });

  it('is no address, which is not repeated: it may carry a token', async () => {
    await expect(look('https://user:canary@example.com/plan')).rejects.toThrow(
      /^--plan takes no address: give the file/,
    );
  });

  it('is read once, and named from the working directory with its root', async () => {
    await directory.write('plans/b.json', planOf([entryOf()]));
    await directory.write('plans/a.json', planOf([entryOf()]));
    const where = ['plans/b.json', 'plans/../plans/b.json', join(directory.path, 'plans/a.json')];
    const { facts, coverage } = await lookAtPlans(
      {
        where: where.map((each) => ({ where: each, from: 'flag' as const, root: 'prod' })),
        cwd: directory.path,
        env: {},
      },
      LOOKING,
    );
    expect(coverage.map(({ locator }) => locator)).toEqual(['plans/a.json', 'plans/b.json']);
    expect(facts).toMatchObject([
      { plan: 'plans/a.json', root: 'prod' },
      { plan: 'plans/b.json', root: 'prod' },
    ]);
  });

  it('that is asked for when the user stops is not read', async () => {
    await directory.write('plan.json', planOf([]));
    const signal = AbortSignal.abort(new Error('stopped'));
    const where = [{ where: 'plan.json', from: 'flag' as const, root: null }];
    await expect(lookAtPlans({ where, cwd: directory.path, env: {} }, { ...LOOKING, signal })).rejects.toThrow(
      'stopped',
    );
  });
});

describe('what is no plan', () => {
  const log = '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n';
  const state = { version: 4, serial: 1, lineage: 'x', resources: [] };
  it.each<[string, string | object, RegExp]>([
    ['an empty file', '', /^empty: a plan that changes nothing/],
    ['a page', '<html>canary</html>', /^HTML or XML, not a plan/],
    ['text', 'Terraform will perform the following actions: canary', /^not JSON, so not a Terraform plan$/],
    ['a list', '[]', /no format_version/],
    ['a truncated plan', fixture('every-action').slice(0, 20_000), /^truncated: the JSON breaks off in line \d+$/],
    ['a damaged plan', fixture('deposed').replace('"complete": true', '"complete": canary'), /^damaged: .* line \d+$/],
    ['a state', state, /^a Terraform state, not a plan: give it with --state$/],
    ['a state shown as JSON', { format_version: '1.0', values: {} }, /^a state as `terraform show -json` prints it/],
    ['a state that is empty, shown as JSON', { format_version: '1.0' }, /^JSON output of a terraform command/],
    ['provider schemas', { format_version: '1.0', provider_schemas: {} }, /^provider schemas/],
    ['a line of the log of a plan', '{"@level":"info"}', /^the log of `terraform plan -json`/],
    ['the log of a plan', log, /^the log of `terraform plan -json`/],
    ['an encrypted plan', { encryption_version: 'v0', encrypted_data: 'canary' }, /^encrypted by OpenTofu/],
    ['another format', planOf([], { format_version: '2.0' }), /^plan format 2\.0 that this keydrift does not read/],
    ['the format of old', planOf([], { format_version: '0.2' }), /^plan format 0\.2 that/],
    ['a format of no kind', planOf([], { format_version: 'canary' }), /^plan format of a kind that/],
  ])('%s is failed coverage that says what it is', async (_, content, reason) => {
    const { facts, coverage } = await lookAt(content);
    expect(facts).toEqual([]);
    expect(coverage).toMatchObject([{ source: 'plan', locator: 'plan.json', status: 'failed' }]);
    expect(coverage[0]?.reason).toMatch(reason);
    expect(coverage[0]?.reason).not.toContain('canary');
  });

  it.each(['1.0', '1.2', '1.99', '1'])('format %s is one', async (format_version) => {
    expect((await lookAt(planOf([], { format_version }))).coverage).toMatchObject([{ status: 'complete' }]);
  });

  it.each([
    [{ resource_changes: undefined }, 'complete', undefined],
    [{ resource_changes: null }, 'complete', undefined],
    [{ resource_changes: {} }, 'partial', 'damaged: resource_changes is no list'],
    [{ resource_drift: 'x' }, 'partial', 'damaged: resource_drift is no list'],
    [{ complete: undefined, errored: undefined }, 'complete', undefined],
    [
      { resource_drift: [1, {}], errored: true },
      'partial',
      'planning ended in an error: what Terraform did not get to is not in it; damaged: resource_drift[0] has no type, and 1 more',
    ],
  ])('a plan with %j is covered: %s', async (over, status, reason) => {
    const { coverage } = await lookAt(planOf([], over));
    expect(coverage[0]).toMatchObject({ status });
    expect(coverage[0]?.reason).toBe(reason);
  });
});

describe('secrets', () => {
  const CANARY = 'canary-3f9a';
  /** Attributes that are ours to read; all others of every key type, and whatever is marked sensitive, never leave. */
  const READ = ['arn', 'id', 'key_id'];

  it.each([...KEY_RESOURCES.keys()])('in no attribute of %s leave the reader', async (type) => {
    const names = ['description', 'policy', 'key_policy', 'key_usage', 'customer_master_key_spec', 'key_spec', 'tags'];
    const marked = Object.fromEntries(names.map((name) => [name, true]));
    const hidden = [
      'key_material_base64',
      'key_store_password',
      'xks_proxy_authentication_credential',
      'timeouts',
      'x',
    ];
    const values = {
      ...Object.fromEntries([...names, ...hidden].map((name) => [name, CANARY])),
      ...Object.fromEntries(READ.map((name) => [name, KEY[name as keyof typeof KEY]])),
      deletion_window_in_days: CANARY,
      multi_region: CANARY,
      is_enabled: [CANARY],
    };
    const change = (actions: readonly string[], after: object | null) => ({
      actions,
      before: values,
      after,
      before_sensitive: marked,
      after_sensitive: marked,
      replace_paths: [[CANARY], [{ [CANARY]: 1 }]],
      importing: { id: CANARY },
      generated_config: CANARY,
    });
    const entries = [
      entryOf(change(['delete', 'create'], values), { type, action_reason: CANARY, provider_name: CANARY }),
      entryOf(change(['delete'], null), { type, deposed: CANARY, previous_address: `-${CANARY}` }),
      entryOf(change(['update'], { ...values, description: `${CANARY}2` }), { type, index: { [CANARY]: CANARY } }),
    ];
    const look = await lookAt(
      planOf(entries, {
        resource_drift: entries,
        variables: { secret: { value: CANARY } },
        planned_values: { outputs: { x: { value: CANARY } }, root_module: { resources: [{ values }] } },
        prior_state: { values: { root_module: { resources: [{ values }] } } },
        configuration: { root_module: { variables: { secret: { default: CANARY } } } },
        output_changes: { x: { before: CANARY, after: CANARY } },
        terraform_version: CANARY,
        [CANARY]: CANARY,
      }),
    );
    expect(plannedIn(look)).toHaveLength(2);
    expect(JSON.stringify(look)).not.toContain(CANARY);
  });

  it('of the fixtures stay in them', async () => {
    expect(JSON.stringify(await lookAt(fixture('every-action')))).not.toContain('canary');
  });
});

describe('the same plan', () => {
  const whole: Record<string, unknown> = JSON.parse(fixture('every-action'));

  const shuffled = (value: unknown, pick: (length: number) => number): unknown => {
    if (Array.isArray(value)) return value.map((item) => shuffled(item, pick));
    if (typeof value !== 'object' || value === null) return value;
    const left = Object.entries(value);
    const entries: [string, unknown][] = [];
    while (left.length > 0) entries.push(...left.splice(pick(left.length), 1));
    return Object.fromEntries(entries.map(([name, item]) => [name, shuffled(item, pick)]));
  };

  it('says the same in any order of fields', async () => {
    const expected = await lookAt(whole);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
        const pick = (length: number): number => (stream.next().value ?? 0) % length;
        const { facts, coverage } = await lookAt(JSON.stringify(shuffled(whole, pick)));
        expect(new Set(facts.map((fact) => JSON.stringify(fact)))).toEqual(
          new Set(expected.facts.map((fact) => JSON.stringify(fact))),
        );
        expect(coverage).toEqual(expected.coverage);
      }),
      { numRuns: 20 },
    );
  });

  it('cut anywhere is not covered, and nothing is said of it', async () => {
    const text = JSON.stringify(JSON.parse(fixture('deposed')));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (end) => {
        const { facts, coverage } = await lookAt(text.slice(0, end));
        expect([facts, coverage[0]?.status]).toEqual([[], 'failed']);
      }),
      { numRuns: 100 },
    );
  });

  it('whatever stands in it never throws', async () => {
    const entry = fc.record(
      {
        type: fc.constantFrom('aws_kms_key', 'awscc_kms_key', 'aws_s3_bucket', 1),
        mode: fc.constantFrom('managed', 'data', null),
        name: fc.oneof(fc.string(), fc.jsonValue()),
        module_address: fc.oneof(fc.constant('module.a'), fc.jsonValue()),
        index: fc.jsonValue(),
        change: fc.oneof(
          fc.jsonValue(),
          fc.record(
            {
              actions: fc.constantFrom(['create'], ['delete', 'create'], [], 'no-op'),
              before: fc.oneof(fc.constant(KEY), fc.jsonValue()),
              after: fc.oneof(fc.constant(KEY), fc.jsonValue()),
              after_unknown: fc.jsonValue(),
              after_sensitive: fc.jsonValue(),
              replace_paths: fc.jsonValue(),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry), fc.array(entry), async (changes, resource_drift) => {
        expect((await lookAt(planOf(changes, { resource_drift }))).coverage).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});
