import type { Outcome, StateSource } from '../backends/source.ts';
import { digestOfFile, readInput, readState } from './content.ts';
import type { StatePlace } from './locate.ts';
import type { SpareBuffers } from './spare-buffers.ts';

/** A state of this machine: a file, or standard input, which can be read once. Files are read into spare buffers. */
export function localSource(
  { path, ...place }: StatePlace,
  stdin: AsyncIterable<Uint8Array>,
  spare: SpareBuffers,
): StateSource {
  if (path === null) {
    return {
      ...place,
      read: async (signal) => outcomeOf(await readInput(stdin, signal)),
      isStill: async () => undefined,
    };
  }
  return {
    ...place,
    read: async (signal) => {
      const lent: Uint8Array[] = [];
      const bytes = await readState(path, signal, (size) => {
        const buffer = spare.take(size);
        lent.push(buffer);
        return buffer;
      });
      const outcome = outcomeOf(bytes);
      if (outcome.kind !== 'content') return outcome;
      // Once: a buffer that is given twice would be filled with two files.
      return { ...outcome, letGo: () => lent.splice(0).forEach((buffer) => void spare.give(buffer)) };
    },
    // A time stamp that stands still proves nothing, and a pipe's content is gone once it was read.
    isStill: async ({ digest }, signal) => {
      const now = await digestOfFile(path, signal);
      return now === 'no file' ? undefined : now === digest;
    },
  };
}

function outcomeOf(bytes: Awaited<ReturnType<typeof readState>>): Outcome {
  return 'kind' in bytes ? { kind: 'unreadable', reason: bytes.reason } : { kind: 'content', bytes };
}
