import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assertSystemError, UserError } from '../../errors.ts';
import type { Ended } from '../programs/run.ts';

type Answer = Extract<Ended, { kind: 'ended' }>;
type Ask = (...args: readonly string[]) => Promise<Answer>;

/** What git reads whole wherever its settings say that it is (git-config(1)). */
const NAMED = ['core.attributesFile', 'core.excludesFile'] as const;

/** What it reads whole of every work tree (gitattributes(5) and gitignore(5), FILES); below the top it does so, too. */
const STANDING = ['info/attributes', 'info/exclude'] as const;
const OF_THE_TOP = ['.gitattributes', '.gitignore'] as const;

/**
 * Settings in place of those that have git read a device or a pipe, which has no end. Those that name a file stay: people
 * keep there what they never track, which is no part of a change (gitignore(5)). Throws UserError for a pipe or device
 * where git looks by itself.
 */
export async function endlessFiles(ask: Ask, top: string): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const name of NAMED) {
    const [path] = linesOf(await ask('config', '--type=path', '--get', name));
    if (path !== undefined && (await isEndless(resolve(top, path)))) found.push([name, '/dev/null']);
  }
  const standing = await Promise.all(STANDING.map((name) => ask('rev-parse', '--git-path', name)));
  for (const path of [...standing.flatMap(linesOf), ...OF_THE_TOP]) {
    if (await isEndless(resolve(top, path)))
      throw new UserError(`--changed-since: ${path} is no file, and git would read it without an end: remove it`);
  }
  return found;
}

const linesOf = ({ code, stdout }: Answer): readonly string[] =>
  code === 0 ? Buffer.from(stdout).toString('utf8').split('\n').slice(0, 1) : [];

/** Of a link, what it leads to. A directory is refused at once. */
async function isEndless(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return !found.isFile() && !found.isDirectory() && (await realpath(path)) !== '/dev/null';
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}
