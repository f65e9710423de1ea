/**
 * Skips over HCL by char codes, without building tokens: what stands between two offsets is only looked at, never
 * copied. Rules: HCL native syntax specification, "Lexical Elements" and "Templates"; the template rules where the
 * specification is silent are those of hashicorp/hcl, hclsyntax/scan_tokens.rl.
 */

/** Thrown by the scanners, caught in blocks.ts: the text is not HCL from `offset` on. */
export class NotHcl extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

/** Brackets within brackets and templates within templates. hcl2-parser overflows its stack somewhere past 400. */
const DEEPEST = 100;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const PERCENT = 37;
const PAREN = 40;
const PAREN_END = 41;
const STAR = 42;
const SLASH = 47;
const LESS = 60;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const BRACE = 123;
const BRACE_END = 125;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const IDENTIFIERS = /[\p{ID_Start}_][\p{ID_Continue}-]*/gu;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const WIDE_SPACE = /[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** The end of the identifier at `from`; undefined when there is none. */
export function identifierEnd(text: string, from: number): number | undefined {
  IDENTIFIER.lastIndex = from;
  return IDENTIFIER.test(text) ? IDENTIFIER.lastIndex : undefined;
}

/** Whatever in a text reads like an identifier, wherever it stands. */
export const identifiersIn = (text: string): readonly string[] => text.match(IDENTIFIERS) ?? [];

/** Past spaces and inline comments, within the line. */
export function skipInline(text: string, from: number): number {
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) at += 1;
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) at = skipComment(text, at);
    else return at;
  }
}

/** Past spaces, newlines and comments: to the next item, closing brace or end. */
export function skipBlank(text: string, from: number): number {
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB || code === NEWLINE || isReturn(text, at)) at += 1;
    else if (isComment(text, at)) at = skipComment(text, at);
    else return at;
  }
}

/** A line ends here: newline, line comment or end of text. */
export const isLineEnd = (text: string, at: number): boolean =>
  at >= text.length || text.charCodeAt(at) === NEWLINE || isReturn(text, at) || isLineComment(text, at);

const isReturn = (text: string, at: number): boolean =>
  text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === NEWLINE;

const isLineComment = (text: string, at: number): boolean =>
  text.charCodeAt(at) === HASH || (text.charCodeAt(at) === SLASH && text.charCodeAt(at + 1) === SLASH);

const isComment = (text: string, at: number): boolean =>
  isLineComment(text, at) || (text.charCodeAt(at) === SLASH && text.charCodeAt(at + 1) === STAR);

/** Where each comment begins and ends, wherever it stands; those within templates are left out. */
export function* commentsIn(text: string): Generator<readonly [start: number, end: number]> {
  for (let at = 0; at < text.length; ) {
    const end = skipToken(text, at, 0);
    if (isComment(text, at)) yield [at, end];
    at = end;
  }
}

/** Past the comment at `from`; a line comment leaves its newline. */
function skipComment(text: string, from: number): number {
  if (isLineComment(text, from)) {
    const newline = text.indexOf('\n', from);
    return newline === -1 ? text.length : newline;
  }
  const end = text.indexOf('*/', from + 2);
  if (end === -1) throw new NotHcl(from, 'a comment is not closed');
  return end + 2;
}

/** From a bracket of any kind past the one that closes it. */
export function skipBrackets(text: string, from: number, depth = 0): number {
  const closers: number[] = [];
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    switch (code) {
      case BRACE:
      case BRACKET:
      case PAREN:
        closers.push(code === PAREN ? PAREN_END : code + 2);
        if (depth + closers.length > DEEPEST) throw new NotHcl(at, `brackets are nested more than ${DEEPEST} deep`);
        at += 1;
        break;
      case BRACE_END:
      case BRACKET_END:
      case PAREN_END:
        if (closers.pop() !== code) throw new NotHcl(at, `a ${text[at]} closes nothing that is open here`);
        at += 1;
        if (closers.length === 0) return at;
        break;
      default:
        if (at >= text.length) throw new NotHcl(from, `a ${text[from]} is not closed`);
        at = skipToken(text, at, depth + closers.length);
    }
  }
}

/** Past what stands at `at` and is no bracket: a string, a heredoc, a comment, or one character of anything else. */
function skipToken(text: string, at: number, depth: number): number {
  switch (text.charCodeAt(at)) {
    case QUOTE:
      return skipString(text, at, depth);
    case HASH:
      return skipComment(text, at);
    case SLASH:
      return isComment(text, at) ? skipComment(text, at) : at + 1;
    case LESS:
      return text.charCodeAt(at + 1) === LESS ? skipHeredoc(text, at, depth) : at + 1;
    default:
      return at + 1;
  }
}

/** From a quote past the one that closes it. */
export function skipString(text: string, from: number, depth = 0): number {
  for (let at = from + 1; ; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (at >= text.length || code === NEWLINE || code === RETURN) {
      throw new NotHcl(from, 'a quoted string is not closed on its line');
    }
    if (code === DOLLAR || code === PERCENT) at = skipIntroducer(text, at, depth);
    else at += code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE ? 2 : 1;
  }
}

/** At `$` or `%`: past the template it opens, past the escape `$${` or `%%{`, or past the character alone. */
function skipIntroducer(text: string, at: number, depth: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === BRACE) return skipBrackets(text, at + 1, depth + 1);
  return next === text.charCodeAt(at) && text.charCodeAt(at + 2) === BRACE ? at + 3 : at + 1;
}

/** From `<<` to the newline after the line that holds the marker alone, indented or not. */
export function skipHeredoc(text: string, from: number, depth = 0): number {
  HEREDOC.lastIndex = from;
  const marker = HEREDOC.exec(text)?.[1];
  if (marker === undefined) throw new NotHcl(from, 'a << is not followed by a marker and a new line');
  for (let line = HEREDOC.lastIndex; ; ) {
    const end = text.indexOf('\n', line);
    if (end === -1) throw new NotHcl(from, `the heredoc ${marker} is not closed`);
    if (holdsAlone(text, line, end, marker)) return text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
    line = skipHeredocLine(text, line, depth);
  }
}

function skipHeredocLine(text: string, from: number, depth: number): number {
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return at + 1;
    at = code === DOLLAR || code === PERCENT ? skipIntroducer(text, at, depth) : at + 1;
  }
  return text.length;
}

function holdsAlone(text: string, from: number, end: number, marker: string): boolean {
  let at = from;
  while (at < end && isWhite(text.charCodeAt(at))) at += 1;
  if (!text.startsWith(marker, at)) return false;
  at += marker.length;
  while (at < end && isWhite(text.charCodeAt(at))) at += 1;
  return at === end;
}

/** White space as Go's unicode.IsSpace has it, which trims the marker's line. */
const isWhite = (code: number): boolean =>
  code === SPACE ||
  (code >= TAB && code <= RETURN) ||
  code === 0x85 ||
  code === 0xa0 ||
  (code > 0xa0 && WIDE_SPACE.test(String.fromCharCode(code)));

/** Past a bracketed part as a whole, a string, a heredoc, a comment, or one character of anything else. */
export function skipPart(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === BRACE || code === BRACKET || code === PAREN ? skipBrackets(text, at) : skipToken(text, at, 0);
}

/** From an argument's first token past its last one: to the end of the line or to the brace that closes the body. */
export function skipExpression(text: string, from: number): number {
  let end = from;
  for (let at = from; ; at = skipInline(text, end)) {
    if (isLineEnd(text, at) || text.charCodeAt(at) === BRACE_END) return end;
    end = skipPart(text, at);
  }
}
