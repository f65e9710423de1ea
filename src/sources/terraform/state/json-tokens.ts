const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const LOWER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
/** From an opening brace or bracket to the one that closes it (ASCII). */
const TO_CLOSING = 2;

/** The same byte four times over. */
const ONES = 0x01010101;
const FOUR_SPACES = 0x20202020;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const HIGH_BITS = 0x80808080;

const LITERALS = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), new Uint8Array(Buffer.from(word))]),
);

/** 1 for what may follow a backslash by itself. */
const ESCAPED = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) ESCAPED[byte] = 1;

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

/** The bytes of a JSON text (RFC 8259) in UTF-8, one by one and four at a time. */
export class JsonText {
  readonly bytes: Uint8Array;
  readonly fours: DataView;
  /** The last place where four bytes begin. */
  readonly lastFour: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.fours = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.lastFour = bytes.length - 4;
  }
}

/**
 * The functions below step over one part of a text and give the place behind it; they throw JsonFault where JSON.parse
 * would refuse the text. No byte of a longer UTF-8 sequence is below 0x80, and malformed sequences end before the next
 * byte that is, so that structure can be read from bytes.
 */
export function afterSpace(text: JsonText, start: number): number {
  const { bytes } = text;
  let at = start;
  let byte = bytes[at] ?? 0;
  if (byte > SPACE) return at;
  if (byte === NEWLINE) {
    at = afterIndent(text, at + 1);
    byte = bytes[at] ?? 0;
  }
  while (isSpace(byte)) {
    at += 1;
    byte = bytes[at] ?? 0;
  }
  return at;
}

/** What JSON takes for white space (RFC 8259, section 2). */
export const isSpace = (byte: number | undefined): boolean =>
  byte === SPACE || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** A third of a state is indentation. */
function afterIndent({ fours, lastFour }: JsonText, start: number): number {
  let at = start;
  while (at <= lastFour && fours.getInt32(at) === FOUR_SPACES) at += 4;
  return at;
}

/** From a value's first byte to behind its last. Nesting is counted, not recursed into: a stranger chose its depth. */
export function afterValue(text: JsonText, start: number): number {
  const { bytes } = text;
  if (bytes[start] !== OPEN_OBJECT && bytes[start] !== OPEN_ARRAY) return afterScalar(text, start);
  const open = new Nesting();
  let at = start;
  do {
    const first = bytes[at];
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      const inside = afterSpace(text, at + 1);
      if (bytes[inside] !== first + TO_CLOSING) {
        open.push(first, at);
        at = first === OPEN_OBJECT ? afterName(text, inside) : inside;
        continue;
      }
      at = inside + 1;
    } else {
      at = afterScalar(text, at);
    }
    at = open.afterClosing(text, at);
  } while (open.depth > 0);
  return at;
}

/** What is open around a place: one byte a level. */
class Nesting {
  depth = 0;
  levels: Uint8Array = new Uint8Array(64);

  push(opening: number, at: number): void {
    if (this.depth === this.levels.length) this.levels = doubled(this.levels, at);
    this.levels[this.depth] = opening;
    this.depth += 1;
  }

  /** Behind a value: closes all that ends here, and goes on to the next value where one follows. */
  afterClosing(text: JsonText, start: number): number {
    const { bytes } = text;
    let at = start;
    while (this.depth > 0) {
      if (bytes[at] !== COMMA) at = afterSpace(text, at);
      const opening = this.levels[this.depth - 1] ?? 0;
      const byte = bytes[at];
      if (byte === COMMA) {
        at = afterSpace(text, at + 1);
        return opening === OPEN_OBJECT ? afterName(text, at) : at;
      }
      if (byte !== opening + TO_CLOSING) throw new JsonFault(at);
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
function afterName(text: JsonText, start: number): number {
  if (text.bytes[start] !== QUOTE) throw new JsonFault(start);
  return afterColon(text, afterString(text, start));
}

/** From behind a member's name to its value. */
export function afterColon(text: JsonText, start: number): number {
  const { bytes } = text;
  const colon = bytes[start] === COLON ? start : afterSpace(text, start);
  if (bytes[colon] !== COLON) throw new JsonFault(colon);
  // As Terraform writes it: one space.
  return afterSpace(text, bytes[colon + 1] === SPACE ? colon + 2 : colon + 1);
}

/** From a string's opening quote to behind its closing one. */
export function afterString(text: JsonText, start: number): number {
  const { bytes } = text;
  let at = start + 1;
  for (;;) {
    at = afterPlainFours(text, at);
    let byte = bytes[at] ?? 0;
    while (byte !== QUOTE && byte !== BACKSLASH && byte >= SPACE) {
      at += 1;
      byte = bytes[at] ?? 0;
    }
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) throw new JsonFault(at);
    at = afterEscape(bytes, at + 1);
  }
}

/**
 * Over fours of bytes of which none ends a string or needs to be looked at. `(x - 0x01…) & ~x & 0x80…` is not 0 when a
 * byte of x is 0, and never 0 by mistake (Sean Eron Anderson, "Bit Twiddling Hacks": determine if a word has a zero byte).
 */
function afterPlainFours({ fours, lastFour }: JsonText, start: number): number {
  let at = start;
  while (at <= lastFour) {
    const four = fours.getInt32(at);
    const quote = four ^ QUOTES;
    const backslash = four ^ BACKSLASHES;
    const found = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((four - FOUR_SPACES) & ~four);
    if ((found & HIGH_BITS) !== 0) return at;
    at += 4;
  }
  return at;
}

function afterEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (ESCAPED[byte] === 1) return at + 1;
  if (byte !== LOWER_U) throw new JsonFault(at);
  return afterHex(bytes, at + 1);
}

function afterHex(bytes: Uint8Array, start: number): number {
  for (let at = start; at < start + 4; at += 1) {
    const byte = bytes[at] ?? 0;
    const letter = byte | 0x20;
    if (!isDigit(byte) && (letter < 0x61 || letter > 0x66)) throw new JsonFault(at);
  }
  return start + 4;
}

function afterScalar(text: JsonText, start: number): number {
  const { bytes } = text;
  const first = bytes[start] ?? 0;
  if (first === QUOTE) return afterString(text, start);
  const literal = LITERALS.get(first);
  return literal === undefined ? afterNumber(bytes, start) : afterLiteral(bytes, start, literal);
}

function afterLiteral(bytes: Uint8Array, start: number, literal: Uint8Array): number {
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
