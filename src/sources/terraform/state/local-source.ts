import type { Outcome, StateSource } from '../backends/source.ts';
import { digestOfFile, readInput, readState } from './content.ts';
import type { StatePlace } from './locate.ts';

/** A state of this machine: a file, or standard input, which can be read once. */
export function localSource({ path, ...place }: StatePlace, stdin: AsyncIterable<Uint8Array>): StateSource {
  if (path === null) {
    return {
      ...place,
      read: async (signal) => outcomeOf(await readInput(stdin, signal)),
      isStill: async () => undefined,
    };
  }
  return {
    ...place,
    read: async (signal) => outcomeOf(await readState(path, signal)),
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
