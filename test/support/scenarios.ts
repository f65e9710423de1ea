import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { type MemoryHost, memoryHost } from '../cli/memory-host.ts';
import { startEmulator, type World } from './emulator/emulator.ts';
import { expectFile } from './golden.ts';
import { virtualClock } from './virtual-clock.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));
const NOW = '2026-11-23T12:00:00.000Z';

/** Dummy credentials: the emulator takes any. */
const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_CONFIG_FILE: '/dev/null' };

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: string;
}

/**
 * Plays a scenario's folder: `world.json` is its AWS estate (an empty one when absent), `stdin` stands on standard
 * input, and each line of `command` is run in the folder: `keydrift …`; `show FILE`, which puts it on stdout; or
 * `same FILE FILE`, which fails the scenario when the bytes of the two differ. `$TMP` is an empty directory of its own.
 * Before `keydrift` may stand variables for it alone, `NAME=value`, in which `\n` is a line break.
 */
async function play(folder: string, tmp: string): Promise<Outcome> {
  const world: World = JSON.parse(read(folder, 'world.json')?.toString() ?? '{}');
  const emulator = await startEmulator(
    { now: NOW, ...world },
    { clock: 'frozen', slowScale: 0, lookupEventsPerSecond: null },
  );
  process.env['AWS_ENDPOINT_URL'] = emulator.url;
  const stdin = read(folder, 'stdin');
  const host = memoryHost({
    cwd: folder,
    // Wherever the tests are checked out, a scenario's folder is a repository of its own.
    env: { ...process.env, CI_PROJECT_DIR: folder, GITHUB_ACTIONS: undefined },
    now: () => NOW,
    timer: virtualClock(),
    packageRoot: ROOT,
    ...(stdin === undefined ? {} : { stdin }),
  });
  const statuses: number[] = [];
  try {
    for (const line of readFileSync(join(folder, 'command'), 'utf8').trim().split('\n')) {
      const status = await playLine(line.replaceAll('$TMP', tmp).split(' '), host);
      if (status !== undefined) statuses.push(status);
    }
  } finally {
    await emulator.stop();
  }
  return { ...withoutPlaces(host.said, tmp, emulator.url), status: `${statuses.join('\n')}\n` };
}

/** The exit code of a keydrift line. */
async function playLine([verb = '', ...args]: readonly string[], host: MemoryHost): Promise<number | undefined> {
  const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(verb) ?? [];
  if (name !== '') return playLine(args, { ...host, env: { ...host.env, [name]: value.replaceAll('\\n', '\n') } });
  if (verb === 'keydrift') return run(args, host);
  const [one = '', other = ''] = args.map((path) => readFileSync(path, 'utf8'));
  if (verb === 'show' && args.length === 1) host.said.stdout += one;
  else if (verb === 'same' && args.length === 2) expect(other).toBe(one);
  else throw new Error(`no command: ${[verb, ...args].join(' ')}`);
  return undefined;
}

function read(folder: string, name: string): Buffer | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path) : undefined;
}

function withoutPlaces({ stdout, stderr }: { stdout: string; stderr: string }, tmp: string, url: string) {
  const clean = (text: string) => text.replaceAll(tmp, '$TMP').replaceAll(url, '$ENDPOINT').replaceAll(ROOT, '');
  return { stdout: clean(stdout), stderr: clean(stderr) };
}

/** Plays the scenarios of these names, one after another: they share the process's AWS_ENDPOINT_URL. */
export const describeScenarios = (names: RegExp): void =>
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

    it.each(readdirSync(SCENARIOS).filter((name) => names.test(name)))(
      '%s',
      async (name) => {
        const folder = join(SCENARIOS, name);
        const outcome = await play(folder, mkdtempSync(join(tmp, 'scenario-')));
        expectFile(join(folder, 'status'), outcome.status);
        expectFile(join(folder, 'stdout'), outcome.stdout);
        expectFile(join(folder, 'stderr'), outcome.stderr);
      },
      60_000,
    );
  });
