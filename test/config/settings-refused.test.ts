import { describe, expect, it } from '@jest/globals';
import { parseSettings } from '../../src/config/settings.ts';
import { userErrorOf } from '../support/user-error.ts';

const errorOf = (text: string): string =>
  userErrorOf(() => parseSettings('keydrift.yaml', text, '/repository/infra')).replace(/^keydrift\.yaml:/, '');

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
});
