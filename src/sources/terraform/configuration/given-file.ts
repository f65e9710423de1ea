import { readState } from '../state/content.ts';
import type { ReadFile } from './repository-file.ts';

/** Reads files that flags name: anywhere, and pipes too. Throws the signal's reason when it is aborted. */
export const givenFileReader =
  (signal: AbortSignal): ReadFile =>
  async (file) => {
    const read = await readState(file, signal);
    return 'kind' in read
      ? { unreadable: read.reason }
      : Buffer.from(read.buffer, read.byteOffset, read.length).toString();
  };
