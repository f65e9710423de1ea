import { textOf } from './text.ts';

const BACKSLASH = 0x5c;
/** Characters that one escaped character of a word takes at most: `\u0074`. */
const LONGEST_ESCAPE = 6;

/**
 * A few words of ASCII letters, digits and `-_@`, recognised where they stand as strings of a JSON text, with escapes
 * (`\u0074ype`, the only ones that such characters have) or without.
 */
export class Words<Word extends string> {
  readonly #words: readonly { readonly word: Word; readonly bytes: Uint8Array }[];
  /** With the quotes around them, lengths between which an escaped word has its own. */
  readonly #shortestEscaped: number;
  readonly #longestEscaped: number;

  constructor(words: readonly Word[]) {
    this.#words = words.map((word) => ({ word, bytes: new Uint8Array(Buffer.from(word)) }));
    const lengths = words.map((word) => word.length);
    this.#shortestEscaped = Math.min(...lengths) + LONGEST_ESCAPE - 1 + 2;
    this.#longestEscaped = Math.max(...lengths) * LONGEST_ESCAPE + 2;
  }

  /** The word that stands in the string from its opening quote at `start` to behind its closing one; undefined for others. */
  at(bytes: Uint8Array, start: number, end: number): Word | undefined {
    for (const known of this.#words) if (isAt(bytes, start + 1, end - 1, known.bytes)) return known.word;
    const length = end - start;
    if (length < this.#shortestEscaped || length > this.#longestEscaped) return undefined;
    return hasEscape(bytes, start, end) ? this.#named(JSON.parse(textOf(bytes, start, end))) : undefined;
  }

  #named(text: unknown): Word | undefined {
    return this.#words.find(({ word }) => word === text)?.word;
  }
}

function isAt(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let offset = 0; offset < word.length; offset += 1) if (bytes[start + offset] !== word[offset]) return false;
  return true;
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] === BACKSLASH) return true;
  return false;
}
