import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from './memory-host.ts';
import { scratch } from './scratch.ts';
import { drifted, having } from './seen.ts';

const here = scratch();

async function answerTo(file: string | undefined, ...args: string[]) {
  const host = memoryHost({ cwd: here.path, env: { GITHUB_STEP_SUMMARY: file } });
  const code = await run(['scan', ...args], host, having(drifted));
  return { code, ...host.said };
}

describe('the summary of a step', () => {
  it('is added to what others wrote, beside the annotations', async () => {
    await writeFile(here.file('summary.md'), '# Before\n');
    const { code, stdout } = await answerTo(here.file('summary.md'), '-o', 'github');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=keydrift\.yaml,line=1,title=keydrift high%3A unmanaged-key/);
    const first = await readFile(here.file('summary.md'), 'utf8');
    expect(first).toMatch(/^# Before\n### keydrift: 1 high\n/);
    await answerTo(here.file('summary.md'), '-o', 'github=annotations.txt');
    const second = await readFile(here.file('summary.md'), 'utf8');
    expect(second.startsWith(first)).toBe(true);
    expect(second.split('### keydrift: 1 high')).toHaveLength(3);
  });

  it('is made where there is none yet', async () => {
    await answerTo('summary.md', '-o', 'table', '-o', 'github=annotations.txt');
    expect(await readFile(here.file('summary.md'), 'utf8')).toMatch(/^### keydrift: 1 high\n/);
  });

  it.each([[undefined], ['']])('is not written where the environment names no file: %j', async (file) => {
    expect(await answerTo(file, '-o', 'github')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^keydrift: exit 1/),
    });
  });

  it('is not written for other formats', async () => {
    await answerTo(here.file('summary.md'), '-o', 'markdown');
    await expect(readFile(here.file('summary.md'))).rejects.toThrow('ENOENT');
  });

  it('that cannot be written is told, in one line', async () => {
    await mkdir(here.file('summary.md'));
    const { code, stdout, stderr } = await answerTo(here.file('summary.md'), '-o', 'github');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`keydrift: cannot add to ${here.file('summary.md')}: it is a directory\n`);
  });
});
