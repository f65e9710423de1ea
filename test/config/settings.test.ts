import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingVariables } from '../../src/cli/flags.ts';
import { parseSettings, readSettings } from '../../src/config/settings.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { NO_OWNERSHIP } from '../../src/model/ownership.ts';
import { DAY, HOUR } from '../../src/model/time.ts';
import fc from '../support/fast-check.ts';

const DIR = '/repository/infra';
const settingsIn = (text: string) => parseSettings('keydrift.yaml', text, DIR);

const WHOLE = `# every setting
roots:
  - path: prod
    workspace: blue
    state: [s3://states/prod, prod/terraform.tfstate]
    var-files: [common.tfvars, ../prod.tfvars]
    accounts: ["111122223333"]
    regions: [eu-west-1]
    plan: prod/plan.json
  - path: .
    state: tfc://payments/prod
state: ["states/**/*.tfstate", https://gitlab.example/state, tfstate+old.tfstate, file://older.tfstate]
regions: [eu-west-1, us-gov-east-1]
estate: complete
config-dirs: [., ../shared]
plans: [plans/shared.json]
events: "off"
since: 30d
grace: 2h
fail-on: medium
allow-partial: true
baseline: known/keys.json
ownership:
  accounts: ["111122223333"]
  regions: [eu-west-1]
  aliases: [alias/orders/*]
  tags: [{ key: team, value: pay-* }, { key: orders }]
  creators: ["arn:aws:iam::111122223333:role/pay-*"]
  deployers: ["arn:aws:iam::111122223333:role/ci-*"]
accepted-gaps:
  - source: state
    locator: "s3://legacy/*"
    reason: encrypted, ACME-7
    owner: team-legacy
    expires: 2027-01-31
  - { source: kms, account: "111122223333", region: eu-west-1, arn: "arn:aws:kms:eu-west-1:111122223333:key/k", reason: locked, expires: 2027-02-28 }
rules:
  directories: [rules, ../shared/rules]
  severity: { unused-key: low }
  on: [key-without-alias]
  off: [tags-drift]
  parameters: { unused-key: { days: 30, names: [a, b], quiet: true } }
suppressions:
  - rule: handmade-key
    match: { arn: "*", address: infra#aws_kms_key.*, creator: "*", alias: alias/x, tag: { key: team } }
    reason: the vendor makes it
    owner: team-vendors
    expires: 2027-01-31
owners:
  - { name: search, creator: "arn:aws:iam::111122223333:role/search" }
  - { name: backups, stack: backup-* }
  - { name: data, tag: { key: team, value: data } }
  - { name: old, alias: alias/old/* }
  - { pulumi: exports/network.json }
  - { name: edge, pulumi: edge.json }
ignore-tags: ["cost:*"]
`;

const lineOf = (text: string) => WHOLE.split('\n').findIndex((each) => each.startsWith(text)) + 1;
const accepted = (line: number, said: object) => ({ by: 'settings', ...said, place: { path: 'keydrift.yaml', line } });

describe('settings', () => {
  it('are read whole, with paths from the directory of their file', () => {
    expect(settingsIn(WHOLE)).toEqual({
      roots: [
        {
          dir: '/repository/infra/prod',
          workspace: 'blue',
          states: ['s3://states/prod', '/repository/infra/prod/terraform.tfstate'],
          varFiles: ['/repository/infra/common.tfvars', '/repository/prod.tfvars'],
          accounts: ['111122223333'],
          regions: ['eu-west-1'],
          plan: '/repository/infra/prod/plan.json',
          at: 'keydrift.yaml:3:11: roots.0',
        },
        {
          dir: '/repository/infra',
          workspace: undefined,
          states: ['tfc://payments/prod'],
          varFiles: undefined,
          accounts: undefined,
          regions: undefined,
          plan: undefined,
          at: 'keydrift.yaml:10:11: roots.1',
        },
      ],
      states: [
        '/repository/infra/states/**/*.tfstate',
        'https://gitlab.example/state',
        '/repository/infra/old.tfstate',
        '/repository/infra/older.tfstate',
      ],
      regions: ['eu-west-1', 'us-gov-east-1'],
      estate: 'complete',
      ownership: {
        deployers: ['arn:aws:iam::111122223333:role/ci-*'],
        owners: [
          { name: 'search', creator: 'arn:aws:iam::111122223333:role/search' },
          { name: 'backups', stack: 'backup-*' },
          { name: 'data', tag: { key: 'team', value: 'data' } },
          { name: 'old', alias: 'alias/old/*' },
        ],
        ignoreTags: ['cost:*'],
        owned: {
          accounts: ['111122223333'],
          regions: ['eu-west-1'],
          aliases: ['alias/orders/*'],
          tags: [{ key: 'team', value: 'pay-*' }, { key: 'orders' }],
          creators: ['arn:aws:iam::111122223333:role/pay-*'],
        },
      },
      pulumi: [
        { name: undefined, file: '/repository/infra/exports/network.json', from: 'repository' },
        { name: 'edge', file: '/repository/infra/edge.json', from: 'repository' },
      ],
      configDirs: ['/repository/infra', '/repository/shared'],
      plans: ['/repository/infra/plans/shared.json'],
      events: 'off',
      since: 30 * DAY,
      grace: 2 * HOUR,
      failOn: 'medium',
      allowPartial: true,
      baseline: '/repository/infra/known/keys.json',
      gaps: [
        {
          source: 'state',
          locator: 's3://legacy/*',
          acceptance: accepted(lineOf('  - source: state'), {
            reason: 'encrypted, ACME-7',
            owner: 'team-legacy',
            expires: '2027-01-31',
          }),
        },
        {
          source: 'kms',
          account: '111122223333',
          region: 'eu-west-1',
          arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          acceptance: accepted(lineOf('  - { source: kms'), {
            reason: 'locked',
            owner: undefined,
            expires: '2027-02-28',
          }),
        },
      ],
      ruleDirectories: ['/repository/infra/rules', '/repository/shared/rules'],
      rules: {
        severity: { 'unused-key': 'low' },
        on: ['key-without-alias'],
        off: ['tags-drift'],
        parameters: { 'unused-key': { days: 30, names: ['a', 'b'], quiet: true } },
        at: expect.any(Function),
      },
      suppressions: [
        {
          rule: 'handmade-key',
          match: { arn: '*', address: 'infra#aws_kms_key.*', creator: '*', alias: 'alias/x', tag: { key: 'team' } },
          acceptance: accepted(lineOf('  - rule: handmade'), {
            reason: 'the vendor makes it',
            owner: 'team-vendors',
            expires: '2027-01-31',
          }),
          ruleAt: `keydrift.yaml:${lineOf('  - rule: handmade')}:11`,
        },
      ],
      places: expect.any(Map),
      within: undefined,
    });
  });

  it('say where each of them stands: a name at itself, an item of a list at its own', () => {
    const { places, rules } = settingsIn(WHOLE);
    expect(places.get('fail-on')).toBe(`keydrift.yaml:${lineOf('fail-on')}:1`);
    expect(places.get('regions.1')).toBe(`keydrift.yaml:${lineOf('regions')}:22`);
    expect(places.get('rules.off.0')).toBe(`keydrift.yaml:${lineOf('  off')}:9`);
    expect(rules.at(['severity', 'unused-key'])).toBe(`keydrift.yaml:${lineOf('  severity')}:15`);
    expect(places.has('output')).toBe(false);
  });

  it('have nothing to say that the schema knows and the whole file above does not', () => {
    const known = Object.keys(settingsSchema.shape).filter((name) => name !== '$schema');
    expect([...settingsIn(WHOLE).places.keys()].filter((name) => !name.includes('.')).sort()).toEqual(known.sort());
  });

  it('say nothing that stands not in them', () => {
    expect(settingsIn('{}')).toEqual({
      roots: [],
      states: [],
      regions: [],
      estate: undefined,
      ownership: NO_OWNERSHIP,
      pulumi: [],
      configDirs: [],
      plans: [],
      events: undefined,
      since: undefined,
      grace: undefined,
      failOn: undefined,
      allowPartial: undefined,
      gaps: [],
      suppressions: [],
      ruleDirectories: [],
      rules: { severity: {}, on: [], off: [], parameters: {}, at: expect.any(Function) },
      baseline: undefined,
      places: new Map(),
      within: undefined,
    });
  });

  it('are what their JSON Schema takes, and what it does not take they refuse too', () => {
    const path = new URL('../../src/schemas/keydrift.schema.json', import.meta.url);
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(path, 'utf8')));
    expect(schema.safeParse(parse(WHOLE)).success).toBe(true);
    expect(schema.safeParse({ roots: [{ path: 'prod', sate: 'x' }] }).success).toBe(false);
  });

  it('that cannot be read say so', async () => {
    const origin = { file: '/nowhere/keydrift.yaml', shown: 'nowhere.yaml', isNamed: true, cwd: '/nowhere' };
    await expect(readSettings(origin)).rejects.toMatchObject({
      name: 'UserError',
      message: 'cannot read the settings nowhere.yaml: no such file or directory',
    });
  });
});

describe('settings are refused', () => {
  it('whatever stands in them, with a place and one line', () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom(...WHOLE.split('\n'), 'a: &x', '- ', '? ', 'x: {')));
    fc.assert(
      fc.property(lines, (some) => {
        const text = some.join('\n');
        try {
          settingsIn(text);
        } catch (error) {
          expect(error).toMatchObject({
            name: 'UserError',
            message: expect.stringMatching(/^keydrift\.yaml:\d+:\d+: ./),
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('the settings that their document shows are read, with variable files from the directory of keydrift.yaml', () => {
  const document = readFileSync(new URL('../../src/config/README.md', import.meta.url), 'utf8');
  const [, shown = ''] = /^```yaml\n(.*?)^```/ms.exec(document) ?? [];
  const { roots, ownership, pulumi, estate, suppressions, gaps } = parseSettings('keydrift.yaml', shown, '/repository');
  expect(roots.map(({ dir }) => dir)).toEqual(['/repository/infra/prod', '/repository/infra/shared']);
  expect(roots[0]?.varFiles).toEqual(['/repository/infra/prod/prod.tfvars']);
  expect([ownership.owners.length, pulumi.length, estate]).toEqual([1, 1, 'complete']);
  expect([suppressions.length, gaps.length]).toEqual([1, 1]);
});

it('every variable and every setting stands in their document', () => {
  const document = readFileSync(new URL('../../src/config/README.md', import.meta.url), 'utf8');
  for (const name of [...settingVariables(), ...Object.keys(settingsSchema.shape)]) expect(document).toContain(name);
});
