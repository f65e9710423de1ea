import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, fileError, UserError } from '../errors.ts';

/** The one name of settings. */
export const SETTINGS_NAME = 'keydrift.yaml';

/** What people write instead; passed over in silence it would look as if it counted. */
const MISNAMED = ['keydrift.yml', '.keydrift.yaml', '.keydrift.yml'];

/**
 * The nearest settings file from `cwd` up to the root of its repository, the directory with `.git`; undefined when there
 * is none. Outside of a repository only `cwd` is looked into: a file further up may be anybody's.
 */
export async function findSettings(cwd: string): Promise<string | undefined> {
  for (const directory of await directoriesUp(cwd)) {
    const file = join(directory, SETTINGS_NAME);
    if (await isThere(file)) return file;
    for (const name of MISNAMED) {
      const misnamed = join(directory, name);
      if (await isThere(misnamed)) throw new UserError(`${misnamed}: settings are named ${SETTINGS_NAME}: rename it`);
    }
  }
  return undefined;
}

/** The directories from `cwd` up to the root of its repository, that last; `cwd` alone outside of one. */
export async function directoriesUp(cwd: string): Promise<readonly string[]> {
  const directories: string[] = [];
  for (let directory = cwd; ; directory = dirname(directory)) {
    directories.push(directory);
    if (await isThere(join(directory, '.git'))) return directories;
    if (dirname(directory) === directory) return [cwd];
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileError(`cannot look for settings at ${path}`, error);
  }
}
