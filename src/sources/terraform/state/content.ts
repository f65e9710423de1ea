import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { assertSystemError, whyUnreadable } from '../../../errors.ts';
import { inputStream } from '../../input.ts';
import { StateDigest } from './digest.ts';
import { type Refusal, unreadable } from './refusal.ts';

/** More bytes than this no buffer can hold. */
const LIMIT = constants.MAX_LENGTH;

const TOO_LARGE = unreadable(`larger than ${Math.floor(LIMIT / 2 ** 20)} MiB: more than can be read at once`);

const NO_ROOM = unreadable('larger than the memory that is free');
const WRITTEN = unreadable('written to while it was read');

const PIECE = 2 ** 23;
/** Too many bytes to be in memory twice, or beside others. */
export const LARGE = 2 ** 25;

/** Where the bytes of a file are put, and who hears of them. */
export interface Reading {
  /** Gives at least so many bytes of memory, or throws RangeError. */
  readonly take: (size: number) => Uint8Array;
  /** Is given each piece while the next one is fetched. */
  readonly onPiece?: (piece: Uint8Array) => void;
}

const ANYWHERE: Reading = { take: (size) => Buffer.allocUnsafeSlow(size) };

/** A file's bytes, or why they are not to be had. Throws the signal's reason when it is aborted. */
export async function readState(
  path: string,
  signal: AbortSignal,
  reading: Reading = ANYWHERE,
): Promise<Uint8Array | Refusal> {
  try {
    signal.throwIfAborted();
    if ((await stat(path)).isFIFO()) return await readInput(await inputStream(path, signal), signal);
    const file = await open(path);
    const status = await file.stat();
    // Devices, and what the system makes up as it is read, have no size. The stream closes the file.
    if (!status.isFile() || status.size === 0) return await readInput(file.createReadStream(), signal);
    try {
      return await readWhole(file, status.size, signal, reading);
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
async function readWhole(
  file: FileHandle,
  size: number,
  signal: AbortSignal,
  { take, onPiece }: Reading,
): Promise<Uint8Array | Refusal> {
  if (size > LIMIT) return TOO_LARGE;
  const buffer = withRoom(() => take(size + 1));
  if ('kind' in buffer) return buffer;
  const fetch = (from: number) => file.read(buffer, from, Math.min(PIECE, size + 1 - from));
  let end = 0;
  for (let fetching = fetch(0); ; ) {
    const { bytesRead } = await fetching;
    const piece = buffer.subarray(end, end + bytesRead);
    end += bytesRead;
    signal.throwIfAborted();
    if (bytesRead === 0 || end >= size) {
      onPiece?.(piece);
      return end === size ? buffer.subarray(0, size) : WRITTEN;
    }
    fetching = fetch(end);
    onPiece?.(piece);
  }
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

/** Whether a file is; not one that cannot be looked at, which reading will tell. */
export async function isLarge(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > LARGE;
  } catch (error) {
    assertSystemError(error);
    return false;
  }
}

/**
 * The digest of a file that need not fit into memory; undefined when it can no longer be read, `no file` for a pipe,
 * whose content is gone once it was read.
 */
export async function digestOfFile(path: string, signal: AbortSignal): Promise<string | 'no file' | undefined> {
  const digest = new StateDigest();
  try {
    signal.throwIfAborted();
    if (!(await stat(path)).isFile()) return 'no file';
    for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Uint8Array>) digest.add(chunk);
    return digest.done();
  } catch (error) {
    signal.throwIfAborted();
    assertSystemError(error);
    return undefined;
  }
}
