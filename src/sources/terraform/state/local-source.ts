import type { Outcome, StateSource } from '../backends/source.ts';
import { digestOfFile, LARGE, readInput, readState } from './content.ts';
import { StateDigest } from './digest.ts';
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
    read: (signal) => readInto(path, spare, signal),
    // A time stamp that stands still proves nothing, and a pipe's content is gone once it was read.
    isStill: async ({ digest }, signal) => {
      const now = await digestOfFile(path, signal);
      return now === 'no file' ? undefined : now === digest;
    },
  };
}

/** What is large is hashed while it is read: later, another thread would need a copy of it. */
async function readInto(path: string, spare: SpareBuffers, signal: AbortSignal): Promise<Outcome> {
  const lent: Uint8Array[] = [];
  const digest = new StateDigest();
  const isLarge = (): boolean => lent.some(({ length }) => length > LARGE);
  const take = (size: number): Uint8Array => {
    const buffer = spare.take(size);
    lent.push(buffer);
    return buffer;
  };
  const onPiece = (piece: Uint8Array): void => {
    if (isLarge()) digest.add(piece);
  };
  const outcome = outcomeOf(await readState(path, signal, { take, onPiece }));
  if (outcome.kind !== 'content') return outcome;
  return {
    ...outcome,
    ...(isLarge() ? { digest: digest.done() } : {}),
    // Once: a buffer that is given twice would be filled with two files.
    letGo: () => lent.splice(0).forEach((buffer) => void spare.give(buffer)),
  };
}

function outcomeOf(bytes: Awaited<ReturnType<typeof readState>>): Outcome {
  return 'kind' in bytes ? { kind: 'unreadable', reason: bytes.reason } : { kind: 'content', bytes };
}
