import { number, parseDecimal } from './number.ts';
import type { ReadExpression, Reader } from './reader.ts';
import type { Node } from './syntax.ts';

const DOT = 46;
const BRACKET = 91;
const STAR = 42;

/** What follows a term: `.name`, `.0`, `.*`, `[key]` and `[*]`, as often as they come. */
export function parseTraversals(reader: Reader, from: Node, readExpression: ReadExpression): Node {
  let node = from;
  let levels = 0;
  for (;;) {
    const next = readStep(reader, node, readExpression);
    if (next === undefined) {
      reader.ascend(levels);
      return node;
    }
    reader.descend();
    levels += 1;
    node = next;
  }
}

function readStep(reader: Reader, from: Node, readExpression: ReadExpression): Node | undefined {
  const code = reader.peek();
  if (code === BRACKET) return readBrackets(reader, from, readExpression);
  if (code !== DOT || reader.sees('...')) return undefined;
  reader.at += 1;
  return reader.peek() === STAR ? readAttributeSplat(reader, from) : readDotted(reader, from);
}

function readBrackets(reader: Reader, collection: Node, readExpression: ReadExpression): Node {
  reader.at += 1;
  if (reader.peek() === STAR) {
    reader.at += 1;
    reader.expect(']', 'a [* is not followed by ]');
    const item: Node = { kind: 'item', start: reader.at, end: reader.at };
    const each = reader.deeper(() => parseTraversals(reader, item, readExpression));
    return { kind: 'splat', source: collection, each, start: collection.start, end: each.end };
  }
  const key = reader.within(true, () => {
    const inner = readExpression(reader);
    reader.expect(']', 'an index is not closed by ]');
    return inner;
  });
  return { kind: 'index', collection, key, start: collection.start, end: reader.at };
}

/** `.*` applies only the names and numbers that follow it, not brackets (hclsyntax/parser.go, "attribute-only" splat). */
function readAttributeSplat(reader: Reader, source: Node): Node {
  reader.at += 1;
  let each: Node = { kind: 'item', start: reader.at, end: reader.at };
  let levels = 0;
  while (reader.peek() === DOT && !reader.sees('...')) {
    reader.at += 1;
    reader.descend();
    levels += 1;
    each = readDotted(reader, each);
  }
  reader.ascend(levels);
  return { kind: 'splat', source, each, start: source.start, end: each.end };
}

/** After a dot: a name, or the number of the legacy form `list.0`. */
function readDotted(reader: Reader, object: Node): Node {
  const name = reader.identifier();
  if (name !== undefined) return { kind: 'attribute', object, name, start: object.start, end: reader.at };
  const key = readNumber(reader);
  if (key === undefined) reader.fail('a dot is not followed by a name');
  if (reader.text.slice(key.start, key.end).includes('.'))
    reader.fail('two legacy indexes follow one another', key.start);
  return { kind: 'index', collection: object, key, start: object.start, end: key.end };
}

/** As the scanner takes them: digits, dots and exponents as long as they go, but no dot at the end (scan_tokens.rl). */
const NUMBER = /\d(?:[eE][+-]?\d|[\d.])*/y;

/** The number here as a literal; undefined when there is none. */
export function readNumber(reader: Reader): Node | undefined {
  reader.skipBlank();
  NUMBER.lastIndex = reader.at;
  const found = NUMBER.exec(reader.text)?.[0];
  if (found === undefined) return undefined;
  const start = reader.at;
  let end = start + found.length;
  while (reader.text.charCodeAt(end - 1) === DOT) end -= 1;
  const value = parseDecimal(reader.text.slice(start, end));
  if (value === undefined) reader.fail('a number is not written as one', start);
  reader.at = end;
  return { kind: 'literal', value: number(value === 'inexact' ? undefined : value), start, end };
}
