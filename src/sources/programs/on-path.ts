import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { assertSystemError } from '../../errors.ts';
import { isWithin } from '../../files/within.ts';
import { type Env, variable } from '../aws/profile.ts';

/**
 * The path of a program; undefined where it is not on PATH. PATH is searched here, and its relative entries are passed
 * over, so that no file of the working directory is taken for a program. So is what lies in `except`, a real path:
 * `npx` puts the repository's own node_modules/.bin first.
 */
export async function programOnPath(name: string, env: Env, except?: string): Promise<string | undefined> {
  const folders = (variable(env, 'PATH') ?? '').split(delimiter).filter(isAbsolute);
  for (const folder of folders) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (await isProgram(path, except)) return path;
  }
  return undefined;
}

async function isProgram(path: string, except: string | undefined): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    if (!(await stat(path)).isFile()) return false;
    if (except === undefined) return true;
    // Neither where it is named nor where a link leads: a link of theirs would pick another program of ours.
    const named = await realpath(dirname(path));
    return !isWithin(except, named) && !isWithin(except, await realpath(path));
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}
