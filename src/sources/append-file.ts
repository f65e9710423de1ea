import { type FileHandle, open } from 'node:fs/promises';
import { fileError } from '../errors.ts';

/**
 * Adds to the end of a file that others write to as well, and makes it where it is not there yet. `chunks` is told how
 * many bytes the file has. Throws UserError when the place cannot be written, else the signal's reason.
 */
export async function appendToFile(
  path: string,
  chunks: (size: number) => Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'a');
    const { size } = await file.stat();
    for (const chunk of chunks(size)) {
      signal.throwIfAborted();
      await file.appendFile(chunk);
    }
  } catch (error) {
    throw fileError(`cannot add to ${path}`, error);
  } finally {
    await file?.close();
  }
}
