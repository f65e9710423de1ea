import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';

const here = scratch();
const RULE = resolve('test/fixtures/cli/rules/unmanaged-key.yaml');

async function answerTo(...args: string[]) {
  const host = memoryHost({ cwd: here.path });
  return { code: await run(['rules', ...args], host), ...host.said };
}

async function ruleWith(change: (text: string) => string): Promise<void> {
  await mkdir(here.file('mine'), { recursive: true });
  await writeFile(here.file('mine/unmanaged-key.yaml'), change(await readFile(RULE, 'utf8')));
}

describe('keydrift rules', () => {
  it('list: severity, id and title', async () => {
    const { code, stdout } = await answerTo('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HIGH +unmanaged-key +Key in no Terraform state\n/);
  });

  it('list and show: as JSON, with what counts and without the tests', async () => {
    const { rules } = JSON.parse((await answerTo('list', '-o', 'json')).stdout);
    expect(rules).toEqual([
      expect.objectContaining({ id: 'unmanaged-key', severity: 'high', judges: true, off: null, origin: null }),
    ]);
    expect(rules[0]).not.toHaveProperty('tests');
    expect(JSON.parse((await answerTo('show', 'unmanaged-key', '-o', 'json')).stdout)).toEqual(rules[0]);
  });

  it('show: why, and what to do', async () => {
    const { code, stdout } = await answerTo('show', 'unmanaged-key');
    expect(code).toBe(0);
    expect(stdout).toContain('Nobody reviews what no configuration declares.');
    expect(stdout).toContain('terraform import ADDRESS');
  });

  it('test: the built-in rules when no directory is named', async () => {
    expect(await answerTo('test')).toEqual({ code: 0, stdout: '1 rule: 2 tests passed, 0 failed\n', stderr: '' });
  });

  it('test: a test that fails is exit 1, with its place and what came instead', async () => {
    await ruleWith((text) => text.replace('result: none', 'result: finding'));
    const { code, stdout } = await answerTo('test', 'mine');
    expect(code).toBe(1);
    expect(stdout).toMatch(/mine\/unmanaged-key\.yaml:16: unmanaged-key: a managed key: expected finding, got none\n/);
    expect(stdout).toMatch(/\n1 rule: 1 test passed, 1 failed\n$/);
  });

  it.each([
    ['a misspelt field', (text: string) => text.replace('key.standing', 'key.standng'), /:7: when: .*standing/],
    ['a misspelt literal', (text: string) => text.replace('"unmanaged"', '"unmanged"'), /:7: when: .*unmanaged/],
    ['no rule at all', () => 'hello', /unmanaged-key\.yaml/],
  ])('test: %s is exit 2 with path and line', async (_, change, message) => {
    await ruleWith(change);
    const { code, stdout, stderr } = await answerTo('test', 'mine');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('test: a directory without rules', async () => {
    const { code, stderr } = await answerTo('test', '.');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^keydrift: .*no rule files.*\n$/);
  });

  it('test: files and directories, one beside the other', async () => {
    await ruleWith((text) => text);
    await mkdir(here.file('more'));
    await writeFile(here.file('more/odd-key.yaml'), (await readFile(RULE, 'utf8')).replace('unmanaged-key', 'odd-key'));
    const { code, stdout } = await answerTo('test', 'mine', 'more/odd-key.yaml');
    expect([code, stdout]).toEqual([0, '2 rules: 4 tests passed, 0 failed\n']);
  });

  it('test: no file of that name', async () => {
    const { code, stderr } = await answerTo('test', 'nowhere.yaml');
    expect([code, stderr]).toEqual([2, 'keydrift: cannot read the rules in nowhere.yaml: no such file or directory\n']);
  });

  it('lint: a line for each thing, and exit 1', async () => {
    await ruleWith((text) => text.replace('is in no state', 'is in no state.'));
    const { code, stdout } = await answerTo('lint', 'mine');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^mine\/unmanaged-key\.yaml:8:10: warning: message: ends with a period/m);
    expect(stdout).toMatch(/\n1 rule: 0 errors, \d+ warnings\n$/);
  });

  it('lint: goes on after a rule that cannot be loaded, and says so of two with one id', async () => {
    await ruleWith((text) => text.replace('key.standing', 'key.standng'));
    await mkdir(here.file('twins'));
    for (const name of ['unmanaged-key.yaml', 'unmanaged-key.yml']) {
      await writeFile(here.file(`twins/${name}`), await readFile(RULE, 'utf8'));
    }
    const { code, stdout } = await answerTo('lint', 'mine', 'twins');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^mine\/unmanaged-key\.yaml:7:1: error: when: Key has no field "standng"/m);
    expect(stdout).toMatch(/^twins\/unmanaged-key\.yml:1:1: error: id: "unmanaged-key" is already the id of twins/m);
    expect(stdout).toMatch(/\n3 rules: 2 errors, \d+ warnings\n$/);
  });

  it('lint: tells everything that keeps a rule from being loaded, fields first', async () => {
    await ruleWith((text) =>
      text
        .replace('severity: high', 'severity: hihg')
        .replace(/^about: .*\n/m, '')
        .replace('needs: [', 'needs: [everything, '),
    );
    const fields = await answerTo('lint', 'mine');
    expect(fields.code).toBe(1);
    expect(fields.stdout.match(/error: \w+/g)).toEqual(['error: about', 'error: severity', 'error: needs']);
    expect(fields.stdout).toMatch(/\n1 rule: 3 errors, 0 warnings\n$/);
    await ruleWith((text) => text.replace('key.standing', 'key.standng').replace('key.name} is', 'key.nme} is'));
    const expressions = await answerTo('lint', 'mine');
    expect(expressions.stdout.match(/error: \w+: Key has no field "\w+"/g)).toEqual([
      'error: when: Key has no field "standng"',
      'error: message: Key has no field "nme"',
    ]);
  });

  it('show, lint: a rule that names no page', async () => {
    const text = (await readFile(RULE, 'utf8')).replace(/^references:.*\n/m, '').replace('unmanaged-key', 'odd-key');
    expect(text).not.toContain('references');
    await mkdir(here.file('mine'));
    await writeFile(here.file('mine/odd-key.yaml'), text);
    await writeFile(here.file('keydrift.yaml'), 'rules: { directories: [mine] }\n');
    expect((await answerTo('lint', 'mine')).stdout).toMatch(/: 0 errors, \d+ warnings?\n$/);
    const { code, stdout } = await answerTo('show', 'odd-key');
    expect(code).toBe(0);
    expect(stdout).not.toContain('Read more');
  });

  describe('with settings', () => {
    const settings = (text: string) => writeFile(here.file('keydrift.yaml'), text);

    it('list: rules of their directories beside the built-in ones, and what is made of each', async () => {
      await mkdir(here.file('mine'));
      await writeFile(
        here.file('mine/odd-key.yaml'),
        (await readFile(RULE, 'utf8')).replace('unmanaged-key', 'odd-key'),
      );
      await settings('rules:\n  directories: [mine]\n  off: [unmanaged-key]\n  severity: { odd-key: low }\n');
      const { code, stdout } = await answerTo('list');
      expect(code).toBe(0);
      expect(stdout).toBe(
        [
          'HIGH      unmanaged-key  Key in no Terraform state',
          '                         off, by the settings',
          'LOW       odd-key        Key in no Terraform state',
          '                         high by its file · mine/odd-key.yaml',
          '',
          '2 rules, 1 of them off. In full: keydrift rules show ID',
          '',
        ].join('\n'),
      );
    });

    it('show: says that a rule is off, and test and lint take it in', async () => {
      await settings('rules:\n  off: [unmanaged-key]\n');
      expect((await answerTo('show', 'unmanaged-key')).stdout).toMatch(
        /^HIGH {2}unmanaged-key {2}off, by the settings\n/,
      );
      expect((await answerTo('test')).stdout).toBe('1 rule: 2 tests passed, 0 failed\n');
      expect((await answerTo('lint')).stdout).toMatch(/^keydrift:rules\/unmanaged-key\.yaml:\d+:\d+: /);
    });

    it('another file by --config', async () => {
      await writeFile(here.file('other.yaml'), 'rules:\n  off: [unmanagd-key]\n');
      const { code, stderr } = await answerTo('list', '--config', 'other.yaml');
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^keydrift: other\.yaml:2:9: no rule is named unmanagd-key \(did you mean "unmanaged-key"\?\)/,
      );
    });

    it('an id that is built in is taken', async () => {
      await ruleWith((text) => text);
      await settings('rules:\n  directories: [mine]\n');
      const { code, stderr } = await answerTo('list');
      expect([code, stderr]).toEqual([
        2,
        'keydrift: mine/unmanaged-key.yaml:1: id: "unmanaged-key" is already the id of keydrift:rules/unmanaged-key.yaml:1; rename one of them\n',
      ]);
    });
  });
});
