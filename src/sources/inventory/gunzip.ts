import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { errorCode, UserError } from '../../errors.ts';

/** A gzip stream that stops before its end mark: what came before is good, what came after is lost. */
export class CutShortError extends Error {
  override readonly name = 'CutShortError';
}

/** Every gzip member begins with these two bytes (RFC 1952, 2.3.1). */
export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

/**
 * Unpacks gzip and hands on every byte that came before a cut, which reading the zlib stream itself does not: it
 * drops what it holds when it fails. Throws CutShortError at the cut, UserError on damage.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array, void> {
  const unzip = createGunzip();
  const ready: Uint8Array[] = [];
  unzip.on('data', (chunk: Uint8Array) => ready.push(chunk));
  const failure = once(unzip, 'end').then(
    () => undefined,
    (error: unknown) => gunzipError(error, path),
  );
  try {
    for await (const chunk of chunks) {
      // After a failure zlib never says that it took the chunk.
      await Promise.race([failure, new Promise((taken) => unzip.write(chunk, taken))]);
      yield* ready.splice(0);
    }
    // Lets the last data events through: they are lost when end() finds the stream cut.
    await turn();
    unzip.end();
    const error = await failure;
    yield* ready.splice(0);
    if (error !== undefined) throw error;
  } finally {
    unzip.destroy();
  }
}

/** zlib says Z_BUF_ERROR when input ends too early, and other codes for wrong bytes (zlib manual, "Constants"). */
function gunzipError(error: unknown, path: string): Error {
  const code = errorCode(error);
  if (code === 'Z_BUF_ERROR') return new CutShortError(`${path} stops in the middle`);
  return new UserError(`${path}: the gzip data is damaged (${code}); restore the file`, { cause: error });
}
