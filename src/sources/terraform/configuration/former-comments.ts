import { realpath } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { errorCode } from '../../../errors.ts';
import type { FormerComments } from '../../../model/change.ts';
import { shownPath } from '../../shown-path.ts';
import { withComments } from './comments.ts';
import { cutFile } from './cut-file.ts';
import type { FormerTree } from './former-reader.ts';

/** Where comments for keydrift stand that a change touches: the file as facts name it, and as git does. */
export interface TouchedFile {
  readonly path: string;
  readonly file: string;
}

/** Those of some files that a change alters, whatever link leads to them. `paths` are from the working directory. */
export async function touchedFiles(
  paths: readonly string[],
  changed: readonly string[],
  cwd: string,
): Promise<readonly TouchedFile[]> {
  const altered = new Set(changed);
  const entered = await realpath(cwd);
  const places = await Promise.all(paths.map(async (path) => ({ path, file: await placeOf(path, entered) })));
  return places.filter(({ file }) => altered.has(file));
}

async function placeOf(path: string, cwd: string): Promise<string> {
  try {
    return shownPath(await realpath(resolve(cwd, path)), cwd);
  } catch (error) {
    // An inventory tells of files that need not be here.
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return path;
    throw error;
  }
}

/** What the comments above blocks of these files said before a change; nothing of a file that was not there, or no HCL. */
export async function formerComments(
  files: readonly TouchedFile[],
  tree: Pick<FormerTree, 'texts'>,
): Promise<readonly FormerComments[]> {
  const texts = await tree.texts(files.map(({ file }) => file));
  return files.map(({ path, file }) => {
    const text = texts.get(file) ?? '';
    const { blocks } = withComments(cutFile(posix.basename(file), text), text, file);
    return { path, said: blocks.ok ? blocks.value.flatMap(({ suppressions = [] }) => suppressions) : [] };
  });
}
