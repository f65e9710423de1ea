import { plainText } from './plain-text.ts';

const ELLIPSIS = '…';
const ELLIPSIS_BYTES = 3;

const encoder = new TextEncoder();
/** UTF-8 needs three bytes at most for each UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/**
 * Plain text of at most so many bytes in UTF-8, so of at most so many characters too: formats name limits without
 * saying of what. Longer text is cut between characters and ends in `…`.
 */
export const fitted = (text: string, bytes: number): string => cutToBytes(plainText(text), bytes);

/** The same of several lines, each made plain. */
export const fittedLines = (text: string, bytes: number): string =>
  cutToBytes(text.trim().split('\n').map(plainText).join('\n'), bytes);

function cutToBytes(plain: string, bytes: number): string {
  if (plain.length * BYTES_PER_UNIT <= bytes) return plain;
  const room = new Uint8Array(bytes);
  if (encoder.encodeInto(plain, room).read === plain.length) return plain;
  const { read } = encoder.encodeInto(plain, room.subarray(0, bytes - ELLIPSIS_BYTES));
  return plain.slice(0, read) + ELLIPSIS;
}
