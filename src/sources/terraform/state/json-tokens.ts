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
const CLOSE_OBJECT = OPEN_OBJECT + TO_CLOSING;

/** The same byte four times over; what they are for is said where words of four are tested. */
const ONES = 0x01010101;
const SWAP = 0x02020202;
const FOUR_SPACES = 0x20202020;
const BOUND = 0x21212121;
const BACKSLASHES = 0x5c5c5c5c;
const HIGH_BITS = 0x80808080;

/** `true`, `null`, and `false` behind its first letter, as four bytes with the first the lowest. */
const TRUE = 0x65757274;
const NULL = 0x6c6c756e;
const ALSE = 0x65736c61;

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

/** The bytes of a JSON text (RFC 8259) in UTF-8, one by one and four at a time, and room for one `afterValue` at a time. */
export class JsonText {
  readonly bytes: Uint8Array;
  readonly fours: DataView;
  /** The last place where four bytes begin. */
  readonly lastFour: number;
  /** Room for what is open around a place: one byte a level. */
  levels: Uint8Array = new Uint8Array(64);

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.fours = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.lastFour = bytes.length - 4;
  }

  /** As many levels again; throws JsonFault for `at` beyond DEEPEST. */
  deepen(at: number): Uint8Array {
    if (this.levels.length >= DEEPEST) throw new JsonFault(at);
    const more = new Uint8Array(this.levels.length * 2);
    more.set(this.levels);
    this.levels = more;
    return more;
  }
}

/**
 * The functions below step over one part of a text and give the place behind it; they throw JsonFault where JSON.parse
 * would refuse the text. No byte of a longer UTF-8 sequence is below 0x80, and malformed sequences end before the next
 * byte that is, so that structure can be read from bytes.
 */
export function afterSpace({ bytes, fours, lastFour }: JsonText, start: number): number {
  let at = start;
  if (bytes[at] === NEWLINE) {
    at += 1;
    // A third of a state is indentation.
    while (at <= lastFour && fours.getInt32(at, true) === FOUR_SPACES) at += 4;
  }
  while (bytes[at] === SPACE) at += 1;
  return (bytes[at] ?? 0) > SPACE ? at : afterAnySpace(bytes, at);
}

function afterAnySpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** What JSON takes for white space (RFC 8259, section 2). */
export const isSpace = (byte: number | undefined): boolean =>
  byte === SPACE || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** From a value's first byte to behind its last. Nesting is counted, not recursed into: a stranger chose its depth. */
export function afterValue(text: JsonText, start: number): number {
  const { bytes } = text;
  let { levels } = text;
  let depth = 0;
  /** What ends the list or object around the place; 0 where there is none. */
  let closing = 0;
  let isName = false;
  let at = start;
  for (;;) {
    const first = bytes[at] ?? 0;
    if (first === QUOTE) {
      at = afterString(text, at);
      if (isName) {
        at = afterColon(text, at);
        isName = false;
        continue;
      }
    } else if (isName) {
      throw new JsonFault(at);
    } else if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
      if (depth === levels.length) levels = text.deepen(at);
      levels[depth] = closing;
      depth += 1;
      closing = first + TO_CLOSING;
      at = afterSpace(text, at + 1);
      isName = first === OPEN_OBJECT;
      if (bytes[at] !== closing) continue;
    } else {
      at = afterWord(text, at);
    }
    for (;;) {
      if (depth === 0) return at;
      if (bytes[at] !== COMMA) at = afterSpace(text, at);
      const byte = bytes[at] ?? 0;
      if (byte === COMMA) break;
      if (byte !== closing) throw new JsonFault(at);
      depth -= 1;
      closing = levels[depth] ?? 0;
      at += 1;
    }
    at = afterSpace(text, at + 1);
    isName = closing === CLOSE_OBJECT;
  }
}

/** From behind a member's name to its value. */
export function afterColon(text: JsonText, start: number): number {
  const { bytes } = text;
  // As Terraform writes it: one space.
  const isUsual = bytes[start] === COLON && bytes[start + 1] === SPACE && (bytes[start + 2] ?? 0) > SPACE;
  return isUsual ? start + 2 : afterSpacedColon(text, start);
}

function afterSpacedColon(text: JsonText, start: number): number {
  const colon = afterSpace(text, start);
  if (text.bytes[colon] !== COLON) throw new JsonFault(colon);
  return afterSpace(text, colon + 1);
}

/** From a string's opening quote to behind its closing one. */
export function afterString(text: JsonText, start: number): number {
  const { bytes } = text;
  let at = start + 1;
  for (;;) {
    at = afterPlain(text, at);
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at = afterEscape(bytes, at + 1);
    else if (byte >= SPACE) at += 1;
    else throw new JsonFault(at);
  }
}

/**
 * The first byte that ends a string or needs to be looked at; where no word of four is left, the place it got to. In a word
 * with its first byte the lowest, `(x - 0x01…) & ~x & 0x80…` has its lowest bit where the first byte of x is 0, and with n
 * for 01 where it is less than n (Sean Eron Anderson, "Bit Twiddling Hacks": determine if a word has a zero byte, or one
 * less than n). XOR with 0x02 lets quote and space change places: quote and control characters are then what is less than
 * 0x21. Neither XOR changes the highest bit of a byte, so that one `~four` does for both.
 */
function afterPlain({ fours, lastFour }: JsonText, start: number): number {
  let at = start;
  while (at <= lastFour) {
    const four = fours.getInt32(at, true);
    const tests = ((four ^ SWAP) - BOUND) | ((four ^ BACKSLASHES) - ONES);
    const found = tests & ~four & HIGH_BITS;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
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

/** Behind a literal or a number. */
function afterWord(text: JsonText, start: number): number {
  switch (text.bytes[start]) {
    case 0x74:
      return afterFour(text, start, TRUE);
    case 0x66:
      return afterFour(text, start + 1, ALSE);
    case 0x6e:
      return afterFour(text, start, NULL);
    default:
      return afterNumber(text.bytes, start);
  }
}

function afterFour({ bytes, fours, lastFour }: JsonText, start: number, four: number): number {
  if (start <= lastFour && fours.getInt32(start, true) === four) return start + 4;
  let same = 0;
  while (bytes[start + same] === ((four >> (8 * same)) & 0xff)) same += 1;
  throw new JsonFault(start + same);
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
