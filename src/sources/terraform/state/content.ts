import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { whyUnreadable } from '../../../errors.ts';
import { type Refusal, unreadable } from './refusal.ts';

/** Text longer than this is more than V8 can hold. */
const LIMIT = constants.MAX_STRING_LENGTH;

const TOO_LARGE = unreadable(`larger than ${Math.floor(LIMIT / 2 ** 20)} MiB: more than can be read at once`);

/** A file's bytes, or why they are not to be had. Throws the signal's reason when it is aborted. */
export async function readState(path: string, signal: AbortSignal): Promise<Uint8Array | Refusal> {
  try {
    signal.throwIfAborted();
    if ((await stat(path)).size > LIMIT) return TOO_LARGE;
    return await readFile(path, { signal });
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(whyUnreadable(error));
  }
}

/** Standard input to its end. Throws the signal's reason when it is aborted, also while nothing arrives. */
export async function readInput(input: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array | Refusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of untilAborted(input, signal)) {
      size += chunk.length;
      if (size > LIMIT) return TOO_LARGE;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(whyUnreadable(error));
  }
}

async function* untilAborted<T>(input: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = input[Symbol.asyncIterator]();
  const { promise: aborted, stop } = abortion(signal);
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stop();
  }
}

function abortion(signal: AbortSignal): { readonly promise: Promise<never>; readonly stop: () => void } {
  const ended = new AbortController();
  const promise = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true, signal: ended.signal });
  });
  return { promise, stop: () => ended.abort() };
}

/** sha256, in hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The digest of a file that need not fit into memory; undefined when it can no longer be read, `no file` for a pipe,
 * whose content is gone once it was read.
 */
export async function digestOfFile(path: string, signal: AbortSignal): Promise<string | 'no file' | undefined> {
  const hash = createHash('sha256');
  try {
    signal.throwIfAborted();
    if (!(await stat(path)).isFile()) return 'no file';
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    whyUnreadable(error);
    return undefined;
  }
}
