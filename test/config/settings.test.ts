import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingVariables } from '../../src/cli/flags.ts';
import { parseSettings, readSettings } from '../../src/config/settings.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { NO_OWNERSHIP } from '../../src/model/ownership.ts';
import { DAY, HOUR } from '../../src/model/time.ts';
import { userErrorOf } from '../support/user-error.ts';

const DIR = '/repository/infra';
const settingsIn = (text: string) => parseSettings('keydrift.yaml', text, DIR);
const errorOf = (text: string): string => userErrorOf(() => settingsIn(text)).replace(/^keydrift\.yaml:/, '');

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
        },
        {
          dir: '/repository/infra',
          workspace: undefined,
          states: ['tfc://payments/prod'],
          varFiles: undefined,
          accounts: undefined,
          regions: undefined,
          plan: undefined,
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

describe('settings are refused where they are wrong', () => {
  it.each([
    ['a misspelt field', 'rots: []', '1:1: no such field: "rots" (did you mean "roots"?)'],
    [
      'the misspelt field that comes first',
      'regions: [EU]\nrots: []',
      '1:11: regions.0: a Region is named like eu-west-1',
    ],
    [
      'a misspelt field of a root',
      'roots:\n  - path: prod\n    sate: x',
      '3:5: roots.0: no such field: "sate" (did you mean "state"?)',
    ],
    [
      'a misspelt Region',
      'regions: [eu_west-2]',
      '1:11: regions.0: a Region is named like eu-west-1 (did you mean "eu-west-2"?)',
    ],
    [
      'a Region that nobody has',
      'roots:\n  - path: a\n    regions: [us-esat-1]',
      '3:15: roots.0.regions.0: no Region is named like this (did you mean "us-east-1"?)',
    ],
    ['a state of blanks', 'state: " "', '1:8: state: a state is missing'],
    ['a path of blanks', 'roots: [{ path: " " }]', '1:17: roots.0.path: a path is missing'],
    ['a grace that excuses every key', 'grace: 91d', '1:8: grace: at most 90d'],
    ['a look back before there were keys', 'since: 999999999d', '1:8: since: at most 7300d'],
    ['a negative duration', 'grace: -5m', '1:8: grace: a duration is written like 90d, 12h, 30m or 45s'],
    [
      'an owner who is no ARN',
      'owners: [{ name: a, creator: Alice }]',
      /^1:30: owners\.0\.creator: an ARN starts with arn:/,
    ],
    [
      'an alias of an owner that is none',
      'owners: [{ name: a, alias: b }]',
      /^1:28: owners\.0\.alias: an alias starts with/,
    ],
    [
      'a deployer who is no ARN',
      'ownership: { deployers: [ci] }',
      /^1:26: ownership\.deployers\.0: an ARN starts with/,
    ],
    [
      'a misspelt match of a suppression',
      'suppressions: [{ rule: a, reason: b, match: { aliases: "*" } }]',
      '1:47: suppressions.0.match: no such field: "aliases" (did you mean "alias"?)',
    ],
    [
      'a reason of blanks',
      'suppressions: [{ rule: a, reason: " ", match: { alias: "*" } }]',
      '1:35: suppressions.0.reason: say why, in a reason',
    ],
    ['a root without its path', 'roots:\n  - workspace: x', '2:5: roots.0.path: is missing'],
    ['no roots', 'roots: []', '1:8: roots: is empty: write something there, or leave the field out'],
    [
      'a root listed twice',
      'roots:\n  - { path: a, workspace: b }\n  - { path: ./a, workspace: b }',
      '3:13: roots.1: this root is listed twice',
    ],
    [
      'one of two workspaces without its name',
      'roots:\n  - { path: a, workspace: b }\n  - path: a',
      '3:11: roots.1: this directory is listed more than once: give each its workspace',
    ],
    ['a command', 'state: exec:infra', /^1:8: state: exec: runs a command, which no file may ask for/],
    ['a command in a list', 'state:\n  - a.tfstate\n  - EXEC:infra', /^3:5: state\.1: exec: runs a command/],
    [
      'a command of a root',
      'roots:\n  - path: a\n    state: tfstate+exec:infra',
      /^3:12: roots\.0\.state: exec: runs a command/,
    ],
    ['standard input', 'state: "-"', '1:8: state: standard input is for the command line: --state -'],
    [
      'a password',
      'state: https://ci:hunter2@gitlab.example/x',
      /^1:8: state: an address here has no user or password/,
    ],
    ['a token', 'state: https://gitlab.example/x?private_token=hunter2', /^1:8: state: an address here has no query/],
    ['a header', 'headers: { Authorization: hunter2 }', '1:1: no such field: "headers"'],
    ['a state that is no text', 'state: 7', '1:8: state: must be a text or a list, and is a number'],
    ['an estate there is not', 'estate: hunter2', '1:9: estate: must be complete or partial'],
    [
      'an account that YAML takes for a number',
      'roots:\n  - path: a\n    accounts: [012345678901]',
      '3:16: roots.0.accounts.0: an account id is text: put its 12 digits in quotes',
    ],
    [
      'an account that is none',
      'roots: [{ path: a, accounts: ["1"] }]',
      '1:31: roots.0.accounts.0: an account id has 12 digits',
    ],
    [
      'a misspelt owner',
      'owners:\n  - name: search\n    creater: x',
      '3:5: owners.0: no such field: "creater" (did you mean "creator"?)',
    ],
    [
      'an owner by two things',
      'owners:\n  - { name: a, tag: { key: b }, alias: c }',
      /^2:\d+: owners\.0: "(tag|alias)" does not go together/,
    ],
    [
      'an owner by nothing',
      'owners:\n  - name: a',
      '2:5: owners.0: one of creator, stack, tag, alias, pulumi is missing',
    ],
    [
      'a tag of an owner misspelt',
      'owners:\n  - { name: a, tag: { kye: b } }',
      '2:23: owners.0.tag: no such field: "kye" (did you mean "key"?)',
    ],
    ['a misspelt word', 'fail-on: meduim', /^1:10: fail-on: must be critical, .* \(did you mean "medium"\?\)$/],
    ['a duration without its unit', 'since: "90"', '1:8: since: a duration is written like 90d, 12h, 30m or 45s'],
    ['a look back of no time', 'since: 0d', '1:8: since: a duration of nothing; events: off asks for none'],
    ['records from elsewhere', 'events: s3://trail', '1:9: events: must be lookup or off'],
    ['a profile, which chooses credentials', 'profile: admin', '1:1: no such field: "profile"'],
    ['an output, which chooses a file to write', 'output: json=x', '1:1: no such field: "output"'],
    [
      'a command behind another spelling of the prefix',
      'state: tfstate://exec:infra',
      /^1:8: state: exec: runs a command/,
    ],
    [
      'a root that would not be read',
      'config-dirs: [infra]\nroots:\n  - path: infra/a\n  - path: infrared',
      '4:11: roots.1: this root is below none of config-dirs: add its directory there',
    ],
    [
      'a suppression without its reason',
      'suppressions:\n  - { rule: unused-key, match: { arn: "*" } }',
      '2:5: suppressions.0.reason: say why, in a reason',
    ],
    [
      'a suppression of everything',
      'suppressions:\n  - { rule: unused-key, match: {}, reason: x }',
      /^2:32: suppressions\.0\.match: name the keys that are meant/,
    ],
    [
      'a gap without its end',
      'accepted-gaps:\n  - { source: kms, reason: x }',
      '2:5: accepted-gaps.0.expires: say until when, in expires',
    ],
    [
      'a gap of no source',
      'accepted-gaps:\n  - { source: kns, reason: x, expires: 2027-01-31 }',
      /^2:15: accepted-gaps\.0\.source: .*did you mean "kms"/,
    ],
    [
      'a day that is none',
      'accepted-gaps:\n  - { source: kms, reason: x, expires: soon }',
      '2:40: accepted-gaps.0.expires: a day is written like 2027-01-31',
    ],
    ['a severity that is none', 'rules: { severity: { unused-key: hihg } }', /^1:34: rules\..*did you mean "high"/],
    ['no mapping', '- a', '1:1: must be a mapping, and is a list: write entries of a name and a value'],
    ['broken YAML', 'state: "a', '1:10: something is missing: a quote, bracket or ":" that closes what begins before'],
    ['an alias', 'state: *x', /^1:8: /],
    ['a tag of YAML', 'state: !!binary aGk=', /^1:\d+: a tag is not allowed here/],
    ['nothing', '', '1:1: the file is empty'],
  ])('%s', (_, text, message) => {
    const error = errorOf(text);
    expect(error).not.toContain('hunter2');
    if (typeof message === 'string') expect(error).toBe(message);
    else expect(error).toMatch(message);
  });

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
