import { NotHcl } from '../scan.ts';

/** A JSON value with where it stands; offsets count UTF-16 code units. Doubled names of an object are kept: blocks may have them. */
export type JsonNode =
  | { readonly kind: 'string'; readonly value: string; readonly start: number; readonly end: number }
  /** A number, true, false or null, as written: numbers keep all their digits. */
  | { readonly kind: 'plain'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly start: number; readonly end: number }
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[]; readonly start: number; readonly end: number };

/** One property of an object; `start` is where its name begins, in code units. Names may come twice. */
export interface JsonEntry {
  readonly name: string;
  readonly start: number;
  readonly value: JsonNode;
}

const DEEPEST = 100;

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\u007f-\u009f])*"/uy;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** One JSON text (RFC 8259), with or without a byte order mark. Throws NotHcl, which never quotes the text. */
export function parseJson(text: string): JsonNode {
  const first = text.startsWith('\ufeff') ? 1 : 0;
  const node = readValue(text, skip(text, first), 0);
  const end = skip(text, node.end);
  if (end < text.length) throw new NotHcl(end, 'something follows the end of the JSON text');
  return node;
}

const matchEnd = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

const skip = (text: string, at: number): number => matchEnd(SPACE, text, at) ?? at;

function readValue(text: string, start: number, depth: number): JsonNode {
  if (depth > DEEPEST) throw new NotHcl(start, `JSON is nested more than ${DEEPEST} deep`);
  if (text[start] === '"') {
    const end = stringEnd(text, start);
    return { kind: 'string', value: decoded(text, start, end), start, end };
  }
  if (text[start] === '[') {
    const items: JsonNode[] = [];
    const end = readEach(text, start, ']', (at) => {
      const item = readValue(text, at, depth + 1);
      items.push(item);
      return item.end;
    });
    return { kind: 'array', items, start, end };
  }
  if (text[start] === '{') return readObject(text, start, depth);
  const end = matchEnd(PLAIN, text, start);
  if (end === undefined) throw new NotHcl(start, 'a JSON value is missing here');
  return { kind: 'plain', text: text.slice(start, end), start, end };
}

function readObject(text: string, start: number, depth: number): JsonNode {
  const entries: JsonEntry[] = [];
  const end = readEach(text, start, '}', (at) => {
    const nameEnd = stringEnd(text, at);
    const colon = skip(text, nameEnd);
    if (text[colon] !== ':') throw new NotHcl(colon, 'a : is missing here');
    const value = readValue(text, skip(text, colon + 1), depth + 1);
    entries.push({ name: decoded(text, at, nameEnd), start: at, value });
    return value.end;
  });
  return { kind: 'object', entries, start, end };
}

/** Past the closer, calling `read` at each of the parts between commas: it gives where the part ends. */
function readEach(text: string, start: number, closer: string, read: (at: number) => number): number {
  let at = skip(text, start + 1);
  if (text[at] === closer) return at + 1;
  for (;;) {
    at = skip(text, read(at));
    if (text[at] === closer) return at + 1;
    if (text[at] !== ',') throw new NotHcl(at, `a , or ${closer} is missing here`);
    at = skip(text, at + 1);
  }
}

function stringEnd(text: string, start: number): number {
  const end = text[start] === '"' ? matchEnd(STRING, text, start) : undefined;
  if (end === undefined) throw new NotHcl(start, 'a JSON string is missing here, or not closed');
  return end;
}

/** Unescaped, in memory of its own. */
function decoded(text: string, start: number, end: number): string {
  const value: unknown = JSON.parse(text.slice(start, end));
  return String(value);
}
