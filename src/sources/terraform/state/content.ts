import { constants } from 'node:buffer';
import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { whyUnreadable } from '../../../errors.ts';
import { type Refusal, unreadable } from './refusal.ts';

/** More bytes than this no buffer can hold. */
const LIMIT = constants.MAX_LENGTH;

const TOO_LARGE = unreadable(`larger than ${Math.floor(LIMIT / 2 ** 20)} MiB: more than can be read at once`);

const NO_ROOM = unreadable('larger than the memory that is free');
const WRITTEN = unreadable('written to while it was read');

const PIECE = 2 ** 23;
const LARGE = 2 ** 25;

/** Where bytes are read to: at least `size` of them, or RangeError. */
export type TakeBuffer = (size: number) => Uint8Array;

/** A file's bytes, or why they are not to be had. Throws the signal's reason when it is aborted. */
export async function readState(
  path: string,
  signal: AbortSignal,
  take: TakeBuffer = Buffer.allocUnsafeSlow,
): Promise<Uint8Array | Refusal> {
  try {
    signal.throwIfAborted();
    const file = await open(path);
    const status = await file.stat();
    // Pipes, and what the system makes up as it is read, have no size. The stream closes the file.
    if (!status.isFile() || status.size === 0) return await readInput(file.createReadStream(), signal);
    try {
      return await readWhole(file, status.size, { signal, take });
    } finally {
      await file.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(whyUnreadable(error));
  }
}

/**
 * Into the one buffer that it needs: joining pieces would hold a large file in memory twice. Each call waits for a
 * thread, so that there is none for what the byte beyond the end tells: whether the file has grown.
 */
async function readWhole(file: FileHandle, size: number, { signal, take }: Reading): Promise<Uint8Array | Refusal> {
  if (size > LIMIT) return TOO_LARGE;
  const buffer = withRoom(() => take(size + 1));
  if ('kind' in buffer) return buffer;
  let end = 0;
  while (end < size) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, end, Math.min(PIECE, size + 1 - end));
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return end === size ? buffer.subarray(0, size) : WRITTEN;
}

interface Reading {
  readonly signal: AbortSignal;
  readonly take: TakeBuffer;
}

function withRoom(make: () => Uint8Array): Uint8Array | Refusal {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return NO_ROOM;
    throw error;
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
    return withRoom(() => Buffer.concat(chunks));
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

/** sha256, in hexadecimal, of all but white space at the end. */
export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256')
    .update(bytes.subarray(0, endOf(bytes)))
    .digest('hex');

/**
 * Where the content ends. `terraform state pull` prints a line break more than its backend holds (1.11; hashicorp/terraform,
 * internal/command/state_pull.go): with it, a state that was read by two ways would look like two that differ.
 */
function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && SPACE.has(bytes[end - 1] ?? 0)) end -= 1;
  return end;
}

/** What JSON takes for white space (RFC 8259, section 2). */
const SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The same, made in another thread meanwhile. What is large is hashed in this one: the other gets a copy. */
export async function digestAside(bytes: Uint8Array): Promise<string> {
  if (bytes.length > LARGE) return digestOf(bytes);
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes.subarray(0, endOf(bytes)))).toString('hex');
}

/** Too large to be in memory beside another; not of what cannot be looked at, which reading will tell. */
export async function isLarge(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > LARGE;
  } catch (error) {
    whyUnreadable(error);
    return false;
  }
}

/**
 * The digest of a file that need not fit into memory; undefined when it can no longer be read, `no file` for a pipe,
 * whose content is gone once it was read.
 */
export async function digestOfFile(path: string, signal: AbortSignal): Promise<string | 'no file' | undefined> {
  const hash = createHash('sha256');
  try {
    signal.throwIfAborted();
    if (!(await stat(path)).isFile()) return 'no file';
    let space: Uint8Array[] = [];
    for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Uint8Array>) {
      const end = endOf(chunk);
      if (end > 0) {
        for (const between of space) hash.update(between);
        hash.update(chunk.subarray(0, end));
        space = [];
      }
      space.push(chunk.subarray(end));
    }
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    whyUnreadable(error);
    return undefined;
  }
}
