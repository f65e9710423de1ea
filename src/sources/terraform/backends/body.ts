import { LIMIT, TOO_LARGE } from '../state/content.ts';
import type { Refusal } from '../state/refusal.ts';

/** Reads a stream to its end, or tells that it is longer than a text can be; `onChunk` hears of every piece. */
export async function wholeBody(
  chunks: AsyncIterable<Uint8Array>,
  onChunk: () => void = () => undefined,
): Promise<Uint8Array | Refusal> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    onChunk();
    size += chunk.length;
    if (size > LIMIT) return TOO_LARGE;
    held.push(chunk);
  }
  return held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held, size);
}
