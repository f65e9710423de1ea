import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, fileError, UserError } from '../errors.ts';

/**
 * Writes a file that is there in full or not at all: a temporary name beside it, fsync, rename. When writing fails or
 * `signal` aborts, the temporary is removed and what stood at `path` stands as before. A symbolic link stays one;
 * a device or pipe is written to directly. Throws UserError when the place cannot be written, else the signal's reason.
 */
export async function writeAtomically(
  path: string,
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { mode, signal }: { readonly mode: number; readonly signal: AbortSignal },
): Promise<void> {
  try {
    const { target, renames } = await placeOf(path);
    if (!renames) return await fill(target, 'w', chunks, mode, signal);
    const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
    try {
      await fill(temporary, 'wx', chunks, mode, signal);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileError(`cannot write ${path}`, error);
  }
}

async function placeOf(path: string): Promise<{ readonly target: string; readonly renames: boolean }> {
  const found = await stat(path).catch(ignoreMissing);
  if (found === undefined) return { target: path, renames: true };
  if (found.isDirectory()) throw new UserError(`cannot write ${path}: it is a directory; name a file in it`);
  return { target: await realpath(path), renames: found.isFile() };
}

function ignoreMissing(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}

async function fill(
  path: string,
  flags: 'w' | 'wx',
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  mode: number,
  signal: AbortSignal,
): Promise<void> {
  const file: FileHandle = await open(path, flags, mode);
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
    }
    signal.throwIfAborted();
    if (flags === 'wx') await file.sync();
  } finally {
    await file.close();
  }
}
