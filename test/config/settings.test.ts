import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseSettings, readSettings } from '../../src/config/settings.ts';
import { NO_OWNERSHIP } from '../../src/model/ownership.ts';
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
deployers: ["arn:aws:iam::111122223333:role/ci-*"]
owners:
  - { name: search, creator: "arn:aws:iam::111122223333:role/search" }
  - { name: backups, stack: backup-* }
  - { name: data, tag: { key: team, value: data } }
  - { name: old, alias: alias/old/* }
  - { pulumi: exports/network.json }
  - { name: edge, pulumi: edge.json }
ignore-tags: ["cost:*"]
`;

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
      },
      pulumi: [
        { name: undefined, file: '/repository/infra/exports/network.json', from: 'repository' },
        { name: 'edge', file: '/repository/infra/edge.json', from: 'repository' },
      ],
    });
  });

  it('say nothing that stands not in them', () => {
    expect(settingsIn('{}')).toEqual({
      roots: [],
      states: [],
      regions: [],
      estate: undefined,
      ownership: NO_OWNERSHIP,
      pulumi: [],
    });
  });

  it('are what their JSON Schema takes, and what it does not take they refuse too', () => {
    const path = new URL('../../src/schemas/keydrift.schema.json', import.meta.url);
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(path, 'utf8')));
    expect(schema.safeParse({ roots: [{ path: 'prod' }], estate: 'complete' }).success).toBe(true);
    expect(schema.safeParse({ roots: [{ path: 'prod', sate: 'x' }] }).success).toBe(false);
  });

  it('that cannot be read say so', async () => {
    await expect(readSettings('/nowhere/keydrift.yaml', 'nowhere.yaml')).rejects.toMatchObject({
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
    [
      'no mapping',
      '- a',
      '1:1: must be a mapping, and is a list: write "name: value" lines, each on a line of its own',
    ],
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
  const { roots, ownership, pulumi, estate } = parseSettings('keydrift.yaml', shown, '/repository');
  expect(roots.map(({ dir }) => dir)).toEqual(['/repository/infra/prod', '/repository/infra/shared']);
  expect(roots[0]?.varFiles).toEqual(['/repository/infra/prod/prod.tfvars']);
  expect([ownership.owners.length, pulumi.length, estate]).toEqual([1, 1, 'complete']);
});
