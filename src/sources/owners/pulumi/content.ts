import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const GZIP = [0x1f, 0x8b] as const;

/** More text than one string can hold is no export. */
const LONGEST = 2 ** 29 - 1;

const unzip = promisify(gunzip);

/** The text of a stream, decompressed when it is gzip by its first bytes; undefined when that fails. */
export async function contentOf(stream: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (!GZIP.every((byte, index) => bytes[index] === byte)) return bytes.toString('utf8');
  try {
    return (await unzip(bytes, { maxOutputLength: LONGEST })).toString('utf8');
  } catch {
    return undefined;
  }
}
