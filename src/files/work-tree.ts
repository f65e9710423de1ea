import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertSystemError } from '../errors.ts';

/** The nearest directory upwards that holds `.git`, a directory or the file of a linked work tree; undefined outside of any. */
export async function workTree(start: string): Promise<string | undefined> {
  for (let dir = start; ; dir = dirname(dir)) {
    if (await exists(join(dir, '.git'))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}
