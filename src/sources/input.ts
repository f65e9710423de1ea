import { constants, createReadStream, open } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { promisify } from 'node:util';

const openDescriptor = promisify(open);

/**
 * The bytes of a file or pipe that whoever runs keydrift named, `<(…)` too. A pipe is opened without waiting for somebody
 * to write to it (fifo(7)): a thread that waited so could not be called off, and would hold up the end of the process.
 * Throws system errors, and the signal's reason or an AbortError once it is aborted.
 */
export async function inputStream(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  signal.throwIfAborted();
  if (!(await stat(path)).isFIFO()) return createReadStream(path, { signal });
  const fd = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return addAbortSignal(signal, new Socket({ fd, readable: true, writable: false }));
}
