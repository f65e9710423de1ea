import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Written by `npm run build:test`, which `npm test` runs first. */
const MAIN = '.build/test/support/emulator/main.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'emulator-'));
});
afterEach(async () => rm(directory, { recursive: true }));

async function started(world: string): Promise<ChildProcessWithoutNullStreams> {
  const path = join(directory, 'world.json');
  await writeFile(path, world);
  return spawn(process.execPath, [MAIN, '--world', path]);
}

describe('the emulator by itself', () => {
  it('prints its URL, answers, and stops on SIGINT', async () => {
    const child = await started('{}');
    const [url] = await once(child.stdout, 'data');
    const response = await fetch(String(url).trim(), { method: 'POST', body: '' });
    expect(response.status).toBe(404);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['{"keys": [{}]}', /keys\.0\.region/],
    ['{"keys"', /JSON/],
  ])('refuses the world %s with exit code 2', async (world, message) => {
    const child = await started(world);
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
