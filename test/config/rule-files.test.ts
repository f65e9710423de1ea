import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseRuleFile, readRuleFiles, rulePathsAt } from '../../src/config/rule-files.ts';
import { UserError } from '../../src/errors.ts';
import fc from '../support/fast-check.ts';
import { ruleFile, ruleText } from '../support/rules.ts';
import { userErrorOf } from '../support/user-error.ts';

const errorOf = (text: string): string => userErrorOf(() => parseRuleFile('rules/odd-key.yaml', text));
const BOMB = `${ruleText()}x: &a [x, x]\n`;

describe('a rule file that is refused', () => {
  it.each([
    [
      'a field that rules do not have',
      ruleText({ sevirity: 'high' }),
      '13:1: no such field: "sevirity" (did you mean "severity"?)',
    ],
    [
      'a field that tests do not have',
      ruleText({ tests: '\n  - name: a\n    gven: {}\n    given: {}\n    expect: { result: none }' }),
      '14:5: tests.0: no such field: "gven" (did you mean "given"?)',
    ],
    [
      'a severity there is not',
      ruleText({ severity: 'hihg' }),
      '3:11: severity: must be critical, high, medium, low or info (did you mean "high"?)',
    ],
    ['no tests', ruleText({ tests: '[]' }), '12:8: tests: is empty: write something there, or leave the field out'],
    ['a need there is not', ruleText({ needs: '[live, live.tag]' }), /^6:15: needs\.1: must be /],
    ['a reference that is no URL', ruleText({ references: '[docs]' }), '11:14: references.0: invalid URL'],
    [
      'an id of another file',
      ruleText({ id: 'even-key' }),
      '1:5: id: "even-key" is in a file named "odd-key"; name the file after the rule',
    ],
    ['an id that is no id', ruleText({ id: 'Odd_Key' }), '1:5: id: kebab-case, says what is wrong'],
    [
      'a field twice',
      `${ruleText()}title: again\n`,
      '13:1: this field is there already: join the two, or leave one out',
    ],
    [
      'broken YAML',
      ruleText({ why: '"because' }),
      '13:1: something is missing: a quote, bracket or ":" that closes what begins before',
    ],
    ['an anchor', BOMB, '13:7: an anchor is not allowed here; write the value out'],
    ['an alias', ruleText({ needs: '*x' }), /^6:8: /],
    ['a tag', ruleText({ why: '!!binary aGk=' }), '9:15: a tag is not allowed here; write the value out'],
    ['two documents', `${ruleText()}---\na: b\n`, '13:1: only one document in a file'],
    ['an empty file', '', '1:1: the file is empty'],
    ['a list', '- a\n', '1:1: must be a mapping, and is a list: write entries of a name and a value'],
  ])('has %s', (_, text, message) => {
    const error = errorOf(text);
    expect(error).toMatch(/^rules\/odd-key\.yaml:/);
    const rest = error.slice('rules/odd-key.yaml:'.length);
    if (typeof message === 'string') expect(rest).toBe(message);
    else expect(rest).toMatch(message);
  });

  it('is too large for a rule', () => {
    expect(errorOf(ruleText({ why: 'x'.repeat(1_100_000) }))).toBe(
      'rules/odd-key.yaml: larger than 1000000 characters; this is no file of keydrift',
    );
  });

  it('is any other text, with nothing but a UserError', () => {
    const lines = fc.array(
      fc.oneof(fc.string(), fc.constantFrom(...ruleText().split('\n'), 'a: &x', 'b: *x', '- ', '? ', '<<: {}')),
    );
    fc.assert(
      fc.property(lines, (some) => {
        expect(errorOf(some.join('\n'))).toMatch(/^rules\/odd-key\.yaml:\d+:\d+: ./);
      }),
      { numRuns: 500 },
    );
  });
});

describe('where the texts of a rule stand', () => {
  const file = ruleFile({ when: '|\n  true', message: '>-\n  it is\n  odd', remediation: '"mend it"' });

  it.each([
    ['id', 1],
    ['when', 8],
    ['message', 10],
    ['remediation', 13],
    ['tests.0', 15],
    ['tests.0.given.standing', 15],
    ['tests.7', 15],
    ['severityWhen', 1],
  ])('%s on line %i', (field, line) => {
    expect(file.lineOf(field)).toBe(line);
  });
});

describe('a directory of rules', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keydrift-rules-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is read in the order of its file names; other files are left alone', async () => {
    await writeFile(join(directory, 'b-key.yaml'), ruleText({ id: 'b-key' }));
    await writeFile(join(directory, 'a-key.yml'), ruleText({ id: 'a-key' }));
    await writeFile(join(directory, 'README.md'), '# Rules');
    const files = await readRuleFiles(directory);
    expect(files.map(({ path, rule }) => [path, rule.id])).toEqual([
      [join(directory, 'a-key.yml'), 'a-key'],
      [join(directory, 'b-key.yaml'), 'b-key'],
    ]);
  });

  it('holds rules, or says that it does not', async () => {
    await expect(readRuleFiles(directory)).rejects.toThrow(new UserError(`${directory}: no rule files (*.yaml) here`));
  });

  it('can be read, or says why not', async () => {
    const nowhere = join(directory, 'nowhere');
    await expect(readRuleFiles(nowhere)).rejects.toMatchObject({
      name: 'UserError',
      message: `cannot read the rules in ${nowhere}: no such file or directory`,
    });
  });

  it('holds rule files that can be read, or says which cannot', async () => {
    const odd = join(directory, 'odd-key.yaml');
    await mkdir(odd);
    await expect(readRuleFiles(directory)).rejects.toMatchObject({
      name: 'UserError',
      message: `${odd}: no file; a rule is one YAML file`,
    });
  });

  it('opens no pipe, which would wait for whoever writes into it', async () => {
    await promisify(execFile)('mkfifo', [join(directory, 'odd-key.yaml')]);
    await expect(readRuleFiles(directory, { shown: 'mine' })).rejects.toThrow(
      new UserError('mine/odd-key.yaml: no file; a rule is one YAML file'),
    );
  });

  it('reads no file that is larger than any rule', async () => {
    await writeFile(join(directory, 'odd-key.yaml'), 'x'.repeat(4_000_001));
    await expect(readRuleFiles(directory, { shown: 'mine' })).rejects.toThrow(
      new UserError('mine/odd-key.yaml: larger than any rule; this is no file of keydrift'),
    );
  });

  it('says where a directory is named that is not there, or has no rules', async () => {
    const named = { shown: 'mine', namedAt: 'keydrift.yaml:2:17' };
    await expect(readRuleFiles(directory, named)).rejects.toThrow(
      new UserError('keydrift.yaml:2:17: mine: no rule files (*.yaml) here'),
    );
    await expect(readRuleFiles(join(directory, 'mine'), named)).rejects.toThrow(
      'keydrift.yaml:2:17: cannot read the rules in mine: no such file or directory',
    );
  });

  it.each([
    ['within its bounds', 'inside', undefined],
    [
      'out of its bounds',
      'outside',
      'mine/odd-key.yaml: this rule lies outside of the repository, behind a link; rules are files of it',
    ],
  ])('follows a link %s', async (_, end, message) => {
    const bounds = await realpath(directory);
    for (const name of ['tree', 'tree/inside', 'tree/mine', 'outside']) await mkdir(join(bounds, name));
    const file = join(bounds, end === 'inside' ? 'tree/inside' : 'outside', 'rule');
    await writeFile(file, ruleText());
    await symlink(file, join(bounds, 'tree/mine/odd-key.yaml'));
    const reading = readRuleFiles(join(bounds, 'tree/mine'), { shown: 'mine', within: join(bounds, 'tree') });
    if (message === undefined) expect((await reading).map(({ rule }) => rule.id)).toEqual(['odd-key']);
    else await expect(reading).rejects.toThrow(new UserError(message));
  });

  it.each([
    ['a directory', 'mine', ['mine/odd-key.yaml']],
    ['a file', 'mine/odd-key.yaml', ['mine/odd-key.yaml']],
  ])('is found by the name of %s', async (_, where, shown) => {
    await mkdir(join(directory, 'mine'));
    await writeFile(join(directory, 'mine/odd-key.yaml'), ruleText());
    expect((await rulePathsAt(join(directory, where), where)).map((path) => path.shown)).toEqual(shown);
  });
});
