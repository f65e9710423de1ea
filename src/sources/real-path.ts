import { realpath } from 'node:fs/promises';
import { assertSystemError } from '../errors.ts';

/**
 * All links in a path followed. The same path where that cannot be: a pipe (`<(…)`) has no real one, and what is not there
 * fails when it is read.
 */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    assertSystemError(error);
    return path;
  }
}
