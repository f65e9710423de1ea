import { readState } from '../state/content.ts';
import { leavesRepository } from './bounds.ts';
import type { ReadFile } from './repository-file.ts';

/**
 * Reads files that flags name: anywhere, and pipes too, but no link out of the repository that a change may have put in
 * the place of one. Throws the signal's reason when it is aborted.
 */
export const givenFileReader =
  (cwd: string, signal: AbortSignal): ReadFile =>
  async (file) => {
    const outside = await leavesRepository(file, cwd);
    if (outside !== undefined) return { unreadable: outside };
    const read = await readState(file, signal);
    return 'kind' in read
      ? { unreadable: read.reason }
      : Buffer.from(read.buffer, read.byteOffset, read.length).toString();
  };
