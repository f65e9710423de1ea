const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const FIRST_PRINTABLE = 0x20;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
/** From an opening brace or bracket to the one that closes it (ASCII). */
const TO_CLOSING = 2;

/** Levels of nesting that are followed. JSON.parse has no limit but memory, which hostile text would use up. */
const DEEPEST = 2 ** 22;

/** The text is not JSON. The byte at `at` is the first that cannot stand there; past the end where the text breaks off. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly at: number;
  constructor(at: number) {
    super('not JSON');
    this.at = at;
  }
}

/**
 * The functions below step over one part of a JSON text (RFC 8259) in UTF-8 and give the place behind it; they throw
 * JsonFault where JSON.parse would refuse the text. No byte of a longer UTF-8 sequence is below 0x80, and malformed
 * sequences end before the next byte that is, so that structure can be read from bytes.
 */
export function afterSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** From a value's first byte to behind its last. Nesting is counted, not recursed into: a stranger chose its depth. */
export function afterValue(bytes: Uint8Array, start: number): number {
  const open = new Nesting();
  let at = start;
  do {
    const first = bytes[at];
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      const inside = afterSpace(bytes, at + 1);
      if (bytes[inside] !== first + TO_CLOSING) {
        open.push(first, at);
        at = first === OPEN_OBJECT ? afterName(bytes, inside) : inside;
        continue;
      }
      at = inside + 1;
    } else {
      at = afterScalar(bytes, at);
    }
    at = open.afterClosing(bytes, at);
  } while (open.depth > 0);
  return at;
}

/** What is open around a place: one byte a level. */
class Nesting {
  depth = 0;
  #levels: Uint8Array = new Uint8Array(64);

  push(opening: number, at: number): void {
    if (this.depth === this.#levels.length) this.#levels = doubled(this.#levels, at);
    this.#levels[this.depth] = opening;
    this.depth += 1;
  }

  /** Behind a value: closes all that ends here, and goes on to the next value where one follows. */
  afterClosing(bytes: Uint8Array, start: number): number {
    let at = start;
    while (this.depth > 0) {
      at = afterSpace(bytes, at);
      const opening = this.#levels[this.depth - 1] ?? 0;
      if (bytes[at] === COMMA) {
        at = afterSpace(bytes, at + 1);
        return opening === OPEN_OBJECT ? afterName(bytes, at) : at;
      }
      if (bytes[at] !== opening + TO_CLOSING) throw new JsonFault(at);
      this.depth -= 1;
      at += 1;
    }
    return at;
  }
}

function doubled(levels: Uint8Array, at: number): Uint8Array {
  if (levels.length >= DEEPEST) throw new JsonFault(at);
  const more = new Uint8Array(levels.length * 2);
  more.set(levels);
  return more;
}

/** Behind a member's name and colon, at its value. */
export function afterName(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== QUOTE) throw new JsonFault(start);
  return afterColon(bytes, afterString(bytes, start));
}

/** From behind a member's name to its value. */
export function afterColon(bytes: Uint8Array, start: number): number {
  const colon = afterSpace(bytes, start);
  if (bytes[colon] !== COLON) throw new JsonFault(colon);
  return afterSpace(bytes, colon + 1);
}

/** From a string's opening quote to behind its closing one. */
export function afterString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    let byte = bytes[at] ?? 0;
    while (byte !== QUOTE && byte !== BACKSLASH && byte >= FIRST_PRINTABLE) {
      at += 1;
      byte = bytes[at] ?? 0;
    }
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) throw new JsonFault(at);
    at = afterEscape(bytes, at + 1);
  }
}

const ESCAPED = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) ESCAPED[byte] = 1;

function afterEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === 0x75) return afterHex(bytes, at + 1);
  if (ESCAPED[byte] !== 1) throw new JsonFault(at);
  return at + 1;
}

function afterHex(bytes: Uint8Array, start: number): number {
  for (let at = start; at < start + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const letter = byte | 0x20;
    if (!isDigit(byte) && (letter < 0x61 || letter > 0x66)) throw new JsonFault(at);
  }
  return start + 4;
}

const LITERALS = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]));

function afterScalar(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  if (first === QUOTE) return afterString(bytes, start);
  const literal = LITERALS.get(first);
  if (literal === undefined) return afterNumber(bytes, start);
  for (let offset = 0; offset < literal.length; offset += 1) {
    if (bytes[start + offset] !== literal[offset]) throw new JsonFault(start + offset);
  }
  return start + literal.length;
}

function afterNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  at = bytes[at] === 0x30 ? at + 1 : afterDigits(bytes, at);
  if (bytes[at] === 0x2e) at = afterDigits(bytes, at + 1);
  if (((bytes[at] ?? 0) | 0x20) !== 0x65) return at;
  at += 1;
  const isSigned = bytes[at] === 0x2b || bytes[at] === 0x2d;
  return afterDigits(bytes, isSigned ? at + 1 : at);
}

function afterDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  if (at === start) throw new JsonFault(at);
  return at;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
