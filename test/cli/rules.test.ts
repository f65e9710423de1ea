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
  await mkdir(here.file('mine'));
  await writeFile(here.file('mine/unmanaged-key.yaml'), change(await readFile(RULE, 'utf8')));
}

describe('keydrift rules', () => {
  it('list: severity, id and title', async () => {
    const { code, stdout } = await answerTo('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HIGH +unmanaged-key +Key in no Terraform state\n/);
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
});
