import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, fileError, UserError } from '../errors.ts';
import { writeAtomically } from './atomic-file.ts';

/** A file that is to be made. */
export interface NewFile {
  /** Absolute. */
  readonly path: string;
  /** As messages call it. */
  readonly shown: string;
  readonly text: string;
}

/**
 * Makes files, with the directories that they need, where none of them is there yet; a link to nothing counts as there.
 * Throws UserError, which names the first that is, before anything is written.
 */
export async function writeNewFiles(files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  for (const { path, shown } of files) {
    if (await isThere(path)) {
      throw new UserError(
        `${shown} is there already, and nothing is written over: move it away, or look with --dry-run`,
      );
    }
  }
  for (const { path, shown, text } of files) {
    await makeDirectory(dirname(path), shown);
    await writeAtomically(path, [text], { mode: 0o666, signal });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileError(`cannot look at ${path}`, error);
  }
}

async function makeDirectory(path: string, shown: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError(`cannot make the directory of ${shown}`, error);
  }
}
