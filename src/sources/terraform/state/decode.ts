import { type Meant, type Refusal, unreadable } from './refusal.ts';

const BINARY: readonly (readonly [signature: readonly number[], form: string])[] = [
  [[0x1f, 0x8b], 'gzip-compressed'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd-compressed'],
];
const ZIP = [0x50, 0x4b];
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const CHUNK = 2 ** 20;

/**
 * The bytes of a state or plan as UTF-8 without a byte order mark, which is what they are nearly always; nothing is copied then. UTF-16
 * with a mark, as `terraform state pull > file` leaves it in Windows PowerShell 5, is written anew.
 */
export function decode(bytes: Uint8Array, meant: Meant = 'state'): Uint8Array | Refusal {
  const binary = BINARY.find(([signature]) => startsWith(bytes, signature));
  if (binary !== undefined) return unreadable(`${binary[1]}, not a ${meant}: unpack it first`);
  if (startsWith(bytes, ZIP)) return unreadable(`a zip archive (perhaps a saved plan), not a ${meant}`);
  const encoding = utf16(bytes);
  if (encoding !== undefined) return transcoded(bytes, encoding);
  const start = startsWith(bytes, UTF8_MARK) ? UTF8_MARK.length : 0;
  return plain(bytes.subarray(start));
}

/** The same bytes, no Buffer: a scan that meets both classes is slower. */
const plain = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length);

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

function utf16([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** In pieces, since the text of a large file is longer than a string can be. */
function transcoded(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    pieces.push(Buffer.from(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true })));
  }
  pieces.push(Buffer.from(decoder.decode()));
  return plain(Buffer.concat(pieces));
}
