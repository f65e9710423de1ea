import type { Reader } from './reader.ts';

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const DOLLAR = 36;
const PERCENT = 37;
const BACKSLASH = 92;
const BRACE = 123;

/** Text within quotes up to a sequence or the closing quote; undefined at a sequence. */
export const readQuotedText = (reader: Reader): string | undefined => readText(reader, quotedPiece);

/** The rest of a line with its newline, or what stands before a sequence in it; undefined at a sequence. */
export const readLineText = (reader: Reader): string | undefined => readText(reader, linePiece);

/** The meaning of what stands at `reader.at` and goes past it; undefined, going nowhere, where the text ends. */
type ReadPiece = (reader: Reader, code: number) => string | undefined;

function readText(reader: Reader, readPiece: ReadPiece): string | undefined {
  const pieces: string[] = [];
  while (reader.at < reader.text.length) {
    const from = reader.at;
    const code = skipPlain(reader);
    if (reader.at > from) pieces.push(reader.text.slice(from, reader.at));
    if (Number.isNaN(code)) break;
    const piece = code === DOLLAR || code === PERCENT ? readIntroducer(reader, code) : readPiece(reader, code);
    if (piece === undefined) break;
    pieces.push(piece);
    if (code === NEWLINE || code === RETURN) break;
  }
  return pieces.length === 0 ? undefined : pieces.join('');
}

/** Past what means itself: the code unit that does not, NaN at the end. */
function skipPlain(reader: Reader): number {
  for (; ; reader.at += 1) {
    const code = reader.text.charCodeAt(reader.at);
    if (Number.isNaN(code) || isSpecial(code)) return code;
  }
}

const isSpecial = (code: number): boolean =>
  code === NEWLINE || code === RETURN || code === QUOTE || code === DOLLAR || code === PERCENT || code === BACKSLASH;

/**
 * At `$` or `%`: two before a brace are one and the brace, one before a brace is a sequence. More than two are taken in
 * pairs or not depending on which of the two it is (terraform console), so they are refused.
 */
function readIntroducer(reader: Reader, code: number): string | undefined {
  const { text, at } = reader;
  let end = at;
  while (text.charCodeAt(end) === code) end += 1;
  if (text.charCodeAt(end) !== BRACE) {
    reader.at = end;
    return text.slice(at, end);
  }
  if (end - at === 1) return undefined;
  if (end - at > 2) reader.fail('more than two introducers stand before a brace');
  reader.at = end + 1;
  return text.slice(at + 1, end + 1);
}

function linePiece(reader: Reader, code: number): string {
  const start = reader.at;
  reader.at += 1;
  if (code === RETURN) {
    if (reader.text.charCodeAt(reader.at) !== NEWLINE) reader.fail('a carriage return stands without a newline', start);
    reader.at += 1;
  }
  return reader.text.slice(start, reader.at);
}

function quotedPiece(reader: Reader, code: number): string | undefined {
  if (code === QUOTE) return undefined;
  if (code !== BACKSLASH) reader.fail('a quoted string is not closed on its line');
  return readEscape(reader);
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

const CODE_POINT = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

function readEscape(reader: Reader): string {
  const { text, at } = reader;
  const simple = ESCAPES.get(text.charAt(at + 1));
  if (simple !== undefined) {
    reader.at += 2;
    return simple;
  }
  CODE_POINT.lastIndex = at;
  const [, short, long] = CODE_POINT.exec(text) ?? reader.fail('a backslash begins no escape');
  const point = Number.parseInt(short ?? long ?? '', 16);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) reader.fail('an escape stands for no character');
  reader.at = CODE_POINT.lastIndex;
  return String.fromCodePoint(point);
}
