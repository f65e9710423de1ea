import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { run } from '../src/cli/run.ts';
import { memoryHost } from './cli/memory-host.ts';
import { startEmulator, type World } from './support/emulator/emulator.ts';
import { expectFile } from './support/golden.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('./scenarios/', import.meta.url));
const NOW = '2026-11-23T12:00:00.000Z';

/** Dummy credentials: the emulator takes any. */
const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_CONFIG_FILE: '/dev/null' };

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: string;
}

/** Runs each line of `command` in the scenario's folder, against its world where it has one. `$TMP` is a folder for it. */
async function play(folder: string, tmp: string): Promise<Outcome> {
  const worldFile = join(folder, 'world.json');
  const world: World = existsSync(worldFile) ? JSON.parse(readFileSync(worldFile, 'utf8')) : {};
  const emulator = await startEmulator({ now: NOW, ...world }, { slowScale: 0, lookupEventsPerSecond: null });
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  const host = memoryHost({ cwd: folder, env: process.env, now: () => NOW, packageRoot: ROOT });
  const statuses: number[] = [];
  try {
    for (const line of readFileSync(join(folder, 'command'), 'utf8').trim().split('\n')) {
      const [program, ...args] = line.replaceAll('$TMP', tmp).split(' ');
      if (program !== 'keydrift') throw new Error(`${folder}/command: ${line}`);
      statuses.push(await run(args, host));
    }
  } finally {
    await emulator.stop();
  }
  return { ...withoutPlaces(host.said, tmp, emulator.url), status: `${statuses.join('\n')}\n` };
}

function withoutPlaces({ stdout, stderr }: { stdout: string; stderr: string }, tmp: string, url: string) {
  const clean = (text: string) => text.replaceAll(tmp, '$TMP').replaceAll(url, '$ENDPOINT').replaceAll(ROOT, '');
  return { stdout: clean(stdout), stderr: clean(stderr) };
}

describe('scenarios', () => {
  const saved = { ...process.env };
  let tmp = '';
  beforeAll(() => {
    tmp = mkdtempSync(join(tmpdir(), 'keydrift-scenarios-'));
    Object.assign(process.env, ENVIRONMENT, { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });
  });
  afterAll(() => {
    process.env = saved;
    rmSync(tmp, { recursive: true });
  });

  it.each(readdirSync(SCENARIOS).sort())('%s', async (name) => {
    const folder = join(SCENARIOS, name);
    const outcome = await play(folder, tmp);
    expectFile(join(folder, 'status'), outcome.status);
    expectFile(join(folder, 'stdout'), outcome.stdout);
    expectFile(join(folder, 'stderr'), outcome.stderr);
  });
});
