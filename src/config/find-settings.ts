import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, fileError, UserError } from '../errors.ts';
import { boundedText } from '../files/bounded.ts';
import { isWithin } from '../files/within.ts';

/** The one name of settings. */
export const SETTINGS_NAME = 'keydrift.yaml';

/** What people write instead; passed over in silence it would look as if it counted. */
const MISNAMED = ['keydrift.yml', '.keydrift.yaml', '.keydrift.yml'];

/**
 * The nearest settings file from `cwd` up to the root of its repository, the directory with `.git`; undefined when there
 * is none. Outside of a repository only `cwd` is looked into: a file further up may be anybody's. Throws UserError for
 * one that is no file, or that a link has elsewhere: nobody named it.
 */
export async function findSettings(cwd: string): Promise<string | undefined> {
  const directories = await directoriesUp(cwd);
  for (const directory of directories) {
    const file = join(directory, SETTINGS_NAME);
    if (await isThere(file)) {
      await assertOwn(file, directories.at(-1) ?? directory);
      return file;
    }
    for (const name of MISNAMED) {
      const misnamed = join(directory, name);
      if (await isThere(misnamed)) throw new UserError(`${misnamed}: settings are named ${SETTINGS_NAME}: rename it`);
    }
  }
  return undefined;
}

async function assertOwn(file: string, top: string): Promise<void> {
  if (!isWithin(await resolved(top), await resolved(file)))
    throw new UserError(
      `${file}: a link that leads out of the repository is not followed: name the file with --config`,
    );
  if (!(await stat(file)).isFile())
    throw new UserError(`${file}: it is no regular file: write the settings into one, or name it with --config`);
}

async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw fileError(`cannot look for settings at ${path}`, error);
  }
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

/** Bytes; no settings that people write come near. */
const LARGEST = 4_000_000;

/** The text of a settings file. Throws UserError for what is none, or too large. */
export async function settingsText(file: string, shown = file): Promise<string> {
  try {
    const read = await boundedText(file, LARGEST);
    if ('text' in read) return read.text;
    throw new UserError(`${shown}: ${read.refused === 'no-file' ? 'it is no regular file' : TOO_LARGE}`);
  } catch (error) {
    throw fileError(`cannot read the settings ${shown}`, error);
  }
}

/** The same of whoever runs keydrift, who may pipe them: `--config <(…)`. */
export async function ownSettingsText(file: string, shown: string): Promise<string> {
  try {
    return (await stat(file)).isFIFO() ? await readFile(file, 'utf8') : await settingsText(file, shown);
  } catch (error) {
    throw fileError(`cannot read the settings ${shown}`, error);
  }
}

const TOO_LARGE = `larger than ${LARGEST} bytes; this is no file of keydrift`;

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileError(`cannot look for settings at ${path}`, error);
  }
}
