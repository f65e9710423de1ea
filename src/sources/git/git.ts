import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Env } from '../aws/profile.ts';
import { oneLine } from '../one-line.ts';
import { programOnPath } from '../programs/on-path.ts';
import { type Ended, run } from '../programs/run.ts';
import { endlessFiles } from './endless.ts';

/** Asks git about one work tree. Nothing that the repository configures is run, and nothing is written. */
export interface Git {
  /** Real path of the top of the work tree. */
  readonly top: string;
  /** What git says to these arguments; `code` tells what it means. Throws UserError where it says nothing at all. */
  readonly ask: (...args: readonly string[]) => Promise<Answer>;
  /** The same of a command that reads from standard input. */
  readonly feed: (input: string, ...args: readonly string[]) => Promise<Answer>;
}

export type Answer = Extract<Ended, { kind: 'ended' }>;

/** A work tree of any size is gone through in a fraction of this; git waits for ever for what is written to a pipe. */
const TIME_LIMIT_MS = 2 * 60_000;

/** Throws UserError where git is not installed, or would not be asked about this directory. */
export async function openGit(top: string, env: Env, signal: AbortSignal): Promise<Git> {
  const real = await realpath(top);
  const path = await programOnPath('git', env, real);
  if (path === undefined) throw new UserError('--changed-since asks git, which is not on PATH: install it');
  const asking = { path, dir: real, env: environmentFor(env, real), limitMs: TIME_LIMIT_MS };
  const askWith = async (config: readonly Setting[], args: readonly string[], input?: string): Promise<Answer> => {
    const given = { ...asking.env, ...asVariables(config) };
    const asked = { ...asking, env: given, args: [...GLOBAL, `--work-tree=${real}`, ...args] };
    const ended = await run(input === undefined ? asked : { ...asked, input }, signal);
    if (ended.kind === 'failed') throw new UserError(`--changed-since: git ${args[0]}: ${ended.reason}`);
    return ended;
  };
  assertHeeds(await askWith([], ['version']));
  const drivers = filterDrivers(await askWith(HARMLESS, LIST_FILTERS));
  const endless = await endlessFiles((...args) => askWith(HARMLESS, args), real);
  const config = [...HARMLESS, ...drivers.flatMap(withoutFilter), ...endless];
  return {
    top: real,
    ask: (...args) => askWith(config, args),
    feed: (input, ...args) => askWith(config, args, input),
  };
}

/** What git said went wrong, as the end of a sentence. */
export const gitSaid = ({ stderr }: Answer): string => {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return oneLine((lines.find((line) => line.startsWith('fatal: ')) ?? lines[0] ?? 'no more').replace(/^fatal: /, ''));
};

const GLOBAL = ['--no-pager', '--no-replace-objects', '--literal-pathspecs'] as const;

type Setting = readonly [name: string, value: string];

/**
 * Settings that run a program, or lead elsewhere, whatever file says them: what is given here takes the place of it
 * (git-config(1), "Command-line"). Drivers of filters come on top; those of diffs are never asked for.
 */
const HARMLESS: readonly Setting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.sshCommand', 'false'],
  ['core.askPass', 'false'],
  ['core.alternateRefsCommand', 'false'],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['safe.bareRepository', 'explicit'],
  ['log.showSignature', 'false'],
];

/** The first version that takes settings from variables; one before would pass over all that keeps programs from being run. */
const LEAST = [2, 31] as const;

function assertHeeds({ stdout }: Answer): void {
  const said = Buffer.from(stdout).toString('utf8');
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(said)?.map(Number) ?? [];
  if (major !== undefined && minor !== undefined && (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])))
    return;
  throw new UserError(`--changed-since needs git ${LEAST.join('.')} or later; this is ${oneLine(said, 60) || 'none'}`);
}

const LIST_FILTERS = ['config', '--name-only', '-z', '--get-regexp', '^filter\\.'];

/** To tell what changed git passes files through these programs, however it is asked (gitattributes(5), "filter"). */
function filterDrivers(answer: Answer): readonly string[] {
  const { code, stdout } = answer;
  // 1: there are none.
  if (code !== 0 && code !== 1) throw new UserError(`--changed-since: git cannot be asked here: ${gitSaid(answer)}`);
  const names = partsOf(stdout).flatMap((name) => /^filter\.(.*)\.[^.]+$/s.exec(name)?.[1] ?? []);
  return [...new Set(names)];
}

/** Without a command a driver does nothing, and files are taken as they stand. */
const withoutFilter = (driver: string): readonly Setting[] => [
  [`filter.${driver}.clean`, ''],
  [`filter.${driver}.smudge`, ''],
  [`filter.${driver}.process`, ''],
  [`filter.${driver}.required`, 'false'],
];

/** In variables, not in arguments: there a name could hold no `=` (git(1), GIT_CONFIG_COUNT; git 2.31). */
const asVariables = (settings: readonly Setting[]): Record<string, string> => ({
  GIT_CONFIG_COUNT: `${settings.length}`,
  ...Object.fromEntries(
    settings.flatMap(([name, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, name],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ),
});

/**
 * Of the environment git is given where programs, its user's settings (`safe.directory` stands there) and scratch space
 * are, and nothing else: no token, and no GIT_ variable that would run something, write a trace or lead elsewhere.
 */
function environmentFor(env: Env, top: string): Env {
  const kept = Object.entries(env).filter(([name]) => KEPT.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Versions that do not know the variable above ask the remote after all: no way there is allowed then.
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'false',
    GIT_CEILING_DIRECTORIES: dirname(top),
    GIT_TRACE2: '0',
    GIT_TRACE2_EVENT: '0',
    GIT_TRACE2_PERF: '0',
  };
}

const KEPT: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
]);

/** What is between NUL bytes. */
export const partsOf = (bytes: Uint8Array): readonly string[] =>
  Buffer.from(bytes)
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
