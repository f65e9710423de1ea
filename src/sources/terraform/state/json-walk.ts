import { afterColon, afterSpace, afterString, afterValue, JsonFault, JsonText } from './json-tokens.ts';
import { LONGEST_TEXT, textOf } from './text.ts';
import type { Words } from './words.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;

/**
 * What steps over a string, and over any value. V8 inlines into a call what it has met alone there; this one meets two, so
 * that `afterValue` is compiled by itself, with all of its own steps inlined (Node 20: 100 states of 2 MB in 0.13 s, not 0.15).
 */
const STEPS = [afterString, afterValue] as const;

/** Where a value stands in the bytes: from its first to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Goes through a JSON text once, without making values of what nobody asks for; all of it is checked nevertheless.
 * Throws JsonFault where JSON.parse would refuse the text. A walk stands at a value; what a visitor does not step over
 * is stepped over when it returns.
 */
export class JsonWalk {
  readonly #text: JsonText;
  readonly #bytes: Uint8Array;
  #at: number;
  #nameStart = 0;
  #nameEnd = 0;

  constructor(bytes: Uint8Array) {
    this.#text = new JsonText(bytes);
    this.#bytes = bytes;
    this.#at = afterSpace(this.#text, 0);
  }

  /** Steps over the value, which is all that the text has. */
  whole(visit: () => void): void {
    this.#visit(visit);
    const end = afterSpace(this.#text, this.#at);
    if (end < this.#bytes.length) throw new JsonFault(end);
  }

  /** What the value is, by its first byte; of a scalar nothing is checked yet. */
  kind(): 'object' | 'array' | 'scalar' {
    const first = this.#bytes[this.#at];
    if (first === OPEN_OBJECT) return 'object';
    return first === OPEN_ARRAY ? 'array' : 'scalar';
  }

  /** Visits an object's members in order, duplicates too; steps over a value of another kind. Where all of it stood. */
  members(visit: () => void): Span {
    return this.#parts('object', () => {
      this.#nameStart = this.#at;
      if (this.#bytes[this.#at] !== QUOTE) throw new JsonFault(this.#at);
      this.#nameEnd = afterString(this.#text, this.#at);
      this.#at = afterColon(this.#text, this.#nameEnd);
      this.#visit(visit);
    });
  }

  /** Visits an array's elements; steps over a value of another kind. */
  elements(visit: (index: number) => void): void {
    let index = 0;
    const each = (): void => visit(index);
    this.#parts('array', () => {
      this.#visit(each);
      index += 1;
    });
  }

  /** The name of the member that is visited, before anything in it is; undefined when it is none of the words. */
  name<Word extends string>(words: Words<Word>): Word | undefined {
    return words.at(this.#bytes, this.#nameStart, this.#nameEnd);
  }

  /** The same, whatever it is; undefined when it is longer than a string can be. */
  anyName(): string | undefined {
    const name = this.parse({ start: this.#nameStart, end: this.#nameEnd });
    return typeof name === 'string' ? name : undefined;
  }

  /** Steps over the value. */
  take(): Span {
    const start = this.#at;
    const step = STEPS[this.#bytes[start] === QUOTE ? 0 : 1];
    this.#at = step(this.#text, start);
    return { start, end: this.#at };
  }

  /** Steps over the value. Which of the words it is; undefined when it is no text. */
  word<Word extends string>(words: Words<Word>): Word | 'other text' | undefined {
    const { start, end } = this.take();
    return this.#bytes[start] === QUOTE ? (words.at(this.#bytes, start, end) ?? 'other text') : undefined;
  }

  /** A number for the text of a value that was stepped over; others may have the same. */
  hash({ start, end }: Span): number {
    let hash = 0;
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (this.#bytes[at] ?? 0)) | 0;
    return hash;
  }

  /** Whether two values that were stepped over have one text. */
  isSame(one: Span, other: Span): boolean {
    const length = one.end - one.start;
    if (other.end - other.start !== length) return false;
    for (let at = 0; at < length; at += 1) {
      if (this.#bytes[one.start + at] !== this.#bytes[other.start + at]) return false;
    }
    return true;
  }

  /** The value that was stepped over; undefined when its text is longer than a string can be. */
  parse({ start, end }: Span): unknown {
    return end - start > LONGEST_TEXT ? undefined : JSON.parse(textOf(this.#bytes, start, end));
  }

  #visit(visit: () => void): void {
    const start = this.#at;
    visit();
    if (this.#at === start) this.take();
  }

  #parts(kind: 'object' | 'array', part: () => void): Span {
    if (this.kind() !== kind) return this.take();
    const start = this.#at;
    const closing = (this.#bytes[this.#at] ?? 0) + 2;
    this.#at = afterSpace(this.#text, this.#at + 1);
    if (this.#bytes[this.#at] !== closing) {
      part();
      while (this.#isFollowed()) part();
    }
    if (this.#bytes[this.#at] !== closing) throw new JsonFault(this.#at);
    this.#at += 1;
    return { start, end: this.#at };
  }

  #isFollowed(): boolean {
    this.#at = afterSpace(this.#text, this.#at);
    if (this.#bytes[this.#at] !== COMMA) return false;
    this.#at = afterSpace(this.#text, this.#at + 1);
    return true;
  }
}
