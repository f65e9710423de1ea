import { constants } from 'node:buffer';

/** Bytes that may become one string: each is at most one UTF-16 unit. */
export const LONGEST_TEXT = constants.MAX_STRING_LENGTH;

/** Malformed UTF-8 becomes U+FFFD, as it does for Terraform. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Part of a UTF-8 text. Throws where it is longer than LONGEST_TEXT. */
export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  utf8.decode(bytes.subarray(start, end));
