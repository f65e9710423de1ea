import { createReadStream } from 'node:fs';
import { fileError, UserError } from '../../errors.ts';
import { gunzip, isGzip } from './gunzip.ts';

const NEWLINE = 0x0a;
const LONGEST_LINE = 64 * 1024 * 1024;

/** One line of a file. `ended` is false for what stands after the last newline. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly ended: boolean;
}

/** The lines of a file, unpacked when it is gzip (told by its content), in batches as they are read. */
export async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<readonly Line[], void> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of unpacked(path, signal)) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push({ bytes: joined(held, chunk.subarray(start, end)), ended: true });
      held = [];
      heldBytes = 0;
      start = end + 1;
    }
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > LONGEST_LINE) throw new UserError(`${path}: a line is longer than 64 MiB; no inventory has one`);
    yield lines;
  }
  if (heldBytes > 0) yield [{ bytes: joined(held, new Uint8Array()), ended: false }];
}

const joined = (held: readonly Uint8Array[], last: Uint8Array): Uint8Array =>
  held.length === 0 ? last : Buffer.concat([...held, last]);

async function* unpacked(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const chunks = fileChunks(path, signal);
  const first = await chunks.next();
  if (first.done === true) return;
  const whole = startingWith(first.value, chunks);
  yield* isGzip(first.value) ? gunzip(whole, path) : whole;
}

/** An iteration that was begun, from its start again. */
export async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, void> {
  yield first;
  yield* rest;
}

async function* fileChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of createReadStream(path)) {
      signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw fileError(`cannot read ${path}`, error);
  }
}
