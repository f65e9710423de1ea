import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { assertSystemError, UserError } from '../../errors.ts';
import { workTree } from '../../files/work-tree.ts';
import type { Env } from '../aws/profile.ts';
import { openGit } from './git.ts';

/**
 * Whether git tracks a file, absolute, or what a link there leads to: then it came with the repository, and not of what
 * was run in its work tree. undefined where there is a work tree and git cannot tell.
 */
export async function isTracked(path: string, env: Env, signal: AbortSignal): Promise<boolean | undefined> {
  const answers = await Promise.all((await namesOf(path)).map((name) => isInIndex(name, env, signal)));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** By the real path of its directory, and by its own. */
async function namesOf(path: string): Promise<readonly string[]> {
  try {
    const named = join(await realpath(dirname(path)), basename(path));
    return [...new Set([named, await realpath(path)])];
  } catch (error) {
    // A pipe of this process has no real path.
    assertSystemError(error);
    return [];
  }
}

async function isInIndex(path: string, env: Env, signal: AbortSignal): Promise<boolean | undefined> {
  const top = await workTree(dirname(path));
  if (top === undefined) return false;
  try {
    const git = await openGit(top, env, signal);
    const { code, stdout } = await git.ask('ls-files', '--cached', '-z', '--', relative(git.top, path));
    return code === 0 ? stdout.length > 0 : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
