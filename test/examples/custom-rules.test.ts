import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Instant } from '../../src/model/time.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { startEmulator, type World } from '../support/emulator/emulator.ts';
import { expectFile } from '../support/golden.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/custom-rules');
const README = join(EXAMPLE, 'README.md');

/** A block that shows a command, after `$ `, and what it prints. */
const SHOWN = /^```console\n\$ keydrift ([^\n]+)\n[^`]*```$/gm;

async function answerTo(words: string) {
  const host = memoryHost({ cwd: EXAMPLE, packageRoot: ROOT });
  const code = await run(words.split(' '), host);
  return { code, ...host.said };
}

describe('examples/custom-rules', () => {
  let readme = '';
  let directory = '';

  beforeAll(async () => {
    readme = await readFile(README, 'utf8');
    directory = await mkdtemp(join(tmpdir(), 'keydrift-custom-rules-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('keeps what collect saves of its world', async () => {
    const world: World & { readonly now: Instant } = JSON.parse(await readFile(join(EXAMPLE, 'world.json'), 'utf8'));
    const emulator = await startEmulator(world, { clock: 'frozen', slowScale: 0, lookupEventsPerSecond: null });
    const file = join(directory, 'keys.ndjson');
    const before = { ...process.env };
    Object.assign(process.env, awsEnvironment(emulator), { AWS_CONFIG_FILE: '/dev/null' });
    const host = memoryHost({
      cwd: EXAMPLE,
      packageRoot: ROOT,
      env: process.env,
      now: () => world.now,
      timer: virtualClock(),
    });
    try {
      expect([await run(['collect', '--save-inventory', file], host), host.said.stderr]).toEqual([0, '']);
    } finally {
      process.env = before;
      await emulator.stop();
    }
    expectFile(join(EXAMPLE, 'keys.ndjson'), await readFile(file, 'utf8'));
  });

  it('shows what its commands print, below each', async () => {
    const commands = [...readme.matchAll(SHOWN)].map(([, words]) => words ?? '');
    expect(commands.length).toBeGreaterThan(3);
    const said = new Map<string, string>();
    for (const words of commands) {
      const { stdout, stderr } = await answerTo(words);
      said.set(words, stdout + stderr);
    }
    const renewed = readme.replaceAll(
      SHOWN,
      (_, words: string) => `\`\`\`console\n$ keydrift ${words}\n${said.get(words)}\`\`\``,
    );
    expectFile(README, renewed);
  });

  it('has rules that lint has nothing to say of, and one finding of each at least', async () => {
    expect(await answerTo('rules lint policies')).toMatchObject({ code: 0, stdout: '3 rules: 0 errors, 0 warnings\n' });
    const { stdout, code } = await answerTo('report keys.ndjson');
    for (const id of ['owner-tag-required', 'key-spec-not-approved', 'made-in-the-console', 'key-without-alias']) {
      expect(stdout).toContain(id);
    }
    expect(code).toBe(1);
  });
});
