import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, jest } from '@jest/globals';

// These programs take seconds each, and more on a busy machine; one that hangs still ends.
jest.setTimeout(5 * 60_000);

type Program = 'terraform' | 'aws' | 'moto_server';

/** A program's last word. */
interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));

/** Terraform takes its provider from the directory that TF_CLI_ARGS_init names (`-plugin-dir=DIR`), never from a registry. */
const isThere = (program: Program): boolean =>
  onPath(program) && (program !== 'terraform' || process.env['TF_CLI_ARGS_init'] !== undefined);

/** `describe` where these programs are installed; where one is not, its tests are skipped and counted as such. */
export const describeWith = (...programs: readonly Program[]): typeof describe | typeof describe.skip =>
  programs.every(isThere) ? describe : describe.skip;

/** What programs are given of this process's environment: no profile, settings or certificates of whoever runs the tests. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TF_CLI_ARGS_init'];

const ALONE = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  // Without it Terraform asks HashiCorp for newer versions, and keeps them under HOME.
  CHECKPOINT_DISABLE: '1',
  TF_CLI_CONFIG_FILE: '/dev/null',
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
};

/** An environment for programs: `own` on top of what every program needs. */
export const environment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])),
  ...ALONE,
  ...own,
});

/** A directory to run programs in. Each rejects with the program's own words unless it exits with 0 or one of `codes`. */
export interface Workshop {
  readonly path: (name?: string) => string;
  readonly ran: (line: readonly [string, ...string[]], codes?: readonly number[]) => Promise<Ran>;
  readonly terraform: (...args: readonly string[]) => Promise<Ran>;
  /** What the aws CLI answers, parsed; undefined when it answers nothing. */
  readonly aws: (...args: readonly string[]) => Promise<unknown>;
  /** The same of `aws kms`. */
  readonly kms: (...args: readonly string[]) => Promise<unknown>;
}

/** A directory of its own for each `describe` that calls this, removed after; `own` is asked for before each run. */
export function workshop(own: (program: string) => Readonly<Record<string, string>>): Workshop {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keydrift-interop-'));
  });
  afterAll(() => rm(directory, { recursive: true }));
  const ran: Workshop['ran'] = async ([program, ...args], codes = []) => {
    const end = await run(program, args, { cwd: directory, env: environment(own(program)) });
    if (end.code === 0 || codes.includes(end.code)) return end;
    throw new Error(`${[program, ...args].join(' ')} exited with ${end.code}:\n${end.stdout}\n${end.stderr}`);
  };
  const aws: Workshop['aws'] = async (...args) => {
    const { stdout } = await ran(['aws', ...args, '--output', 'json']);
    return stdout === '' ? undefined : JSON.parse(stdout);
  };
  return {
    path: (name = '') => join(directory, name),
    ran,
    terraform: (...args) => ran(['terraform', ...args]),
    aws,
    kms: (...args) => aws('kms', ...args),
  };
}

function run(program: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...options, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(error);
    });
  });
}
