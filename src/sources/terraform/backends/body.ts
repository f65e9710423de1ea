import type { Refusal } from '../state/refusal.ts';

/** Several are in memory at once, and a server may never end; in MiB. */
const LIMIT_MIB = 512;

const TOO_LARGE: Refusal = {
  kind: 'unreadable',
  reason: `larger than ${LIMIT_MIB} MiB: more than is read from elsewhere; save it to a file and give that`,
};

/** Reads a stream to its end, or tells that it is too long; `onChunk` hears of every piece. */
export async function wholeBody(
  chunks: AsyncIterable<Uint8Array>,
  onChunk: () => void = () => undefined,
  limit: number = LIMIT_MIB * 2 ** 20,
): Promise<Uint8Array | Refusal> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    onChunk();
    size += chunk.length;
    if (size > limit) return TOO_LARGE;
    held.push(chunk);
  }
  return held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held, size);
}
