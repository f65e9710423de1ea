import { readForNames } from './for-names.ts';
import { parseTraversals, readNumber } from './parse-access.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';
import type { ReadExpression, Reader } from './reader.ts';
import type { Item, Node } from './syntax.ts';
import { FALSE, NULL, TRUE, text } from './values.ts';

const BANG = 33;
const QUOTE = 34;
const PAREN = 40;
const MINUS = 45;
const LESS = 60;
const BRACKET = 91;
const BRACE = 123;

/** A term without what follows it. */
export function parseTerm(reader: Reader, readExpression: ReadExpression): Node {
  const code = reader.peek();
  switch (code) {
    case QUOTE:
      return parseQuoted(reader, readExpression);
    case PAREN:
      return readParentheses(reader, readExpression);
    case BRACKET:
      return readTuple(reader, readExpression);
    case BRACE:
      return readObject(reader, readExpression);
    case LESS:
      return parseHeredoc(reader, readExpression);
    case MINUS:
    case BANG:
      return readUnary(reader, code === MINUS ? '-' : '!', readExpression);
    default:
      return readNumber(reader) ?? readName(reader, readExpression);
  }
}

function readUnary(reader: Reader, operator: '-' | '!', readExpression: ReadExpression): Node {
  const start = reader.at;
  reader.at += 1;
  const operand = reader.deeper(() => parseTraversals(reader, parseTerm(reader, readExpression), readExpression));
  return { kind: 'unary', operator, operand, start, end: operand.end };
}

function readParentheses(reader: Reader, readExpression: ReadExpression): Node {
  const start = reader.at;
  reader.at += 1;
  const inner = reader.within(true, () => {
    const expression = readExpression(reader);
    reader.expect(')', 'a ( is not closed');
    return expression;
  });
  return { kind: 'parentheses', inner, start, end: reader.at };
}

const KEYWORDS = new Map([
  ['true', TRUE],
  ['false', FALSE],
  ['null', NULL],
]);

function readName(reader: Reader, readExpression: ReadExpression): Node {
  reader.skipBlank();
  const start = reader.at;
  const name = reader.identifier();
  if (name === undefined) reader.fail('an expression is missing');
  const end = reader.at;
  if (reader.sees('(') || reader.sees('::')) return readCall(reader, name, start, readExpression);
  const value = KEYWORDS.get(name);
  return value === undefined ? { kind: 'name', name, start, end } : { kind: 'literal', value, start, end };
}

function readCall(reader: Reader, first: string, start: number, readExpression: ReadExpression): Node {
  let name = first;
  while (reader.takes('::')) {
    const next = reader.identifier();
    if (next === undefined) reader.fail('a :: is not followed by a name');
    name += `::${next}`;
  }
  reader.expect('(', 'a function has no arguments');
  return reader.within(true, () => {
    const inner: Node[] = [];
    let isExpanded = false;
    while (!reader.takes(')')) {
      if (isExpanded) reader.fail('a ... is not followed by )');
      inner.push(readExpression(reader));
      isExpanded = reader.takes('...');
      if (!isExpanded && !reader.takes(',') && !reader.sees(')'))
        reader.fail('the arguments of a function are not closed');
    }
    return { kind: 'call', name, arguments: inner, isExpanded, start, end: reader.at };
  });
}

function readTuple(reader: Reader, readExpression: ReadExpression): Node {
  const start = reader.at;
  reader.at += 1;
  return reader.within(true, () => {
    if (reader.nextIdentifier() === 'for') return readFor(reader, start, ']', readExpression);
    const elements: Node[] = [];
    while (!reader.takes(']')) {
      elements.push(readExpression(reader));
      if (!reader.takes(',') && !reader.sees(']')) reader.fail('a [ is not closed');
    }
    return { kind: 'tuple', elements, start, end: reader.at };
  });
}

function readObject(reader: Reader, readExpression: ReadExpression): Node {
  const start = reader.at;
  reader.at += 1;
  const isFor = reader.within(true, () => reader.nextIdentifier() === 'for');
  if (isFor) return reader.within(true, () => readFor(reader, start, '}', readExpression));
  return reader.within(false, () => {
    const items: Item[] = [];
    skipNewlines(reader);
    while (!reader.takes('}')) {
      items.push(readItem(reader, readExpression));
      if (!reader.takes(',') && !takesNewline(reader) && !reader.sees('}')) reader.fail('a { is not closed');
      skipNewlines(reader);
    }
    return { kind: 'object', items, start, end: reader.at };
  });
}

const takesNewline = (reader: Reader): boolean => reader.takes('\n') || reader.takes('\r\n');

function skipNewlines(reader: Reader): void {
  while (takesNewline(reader));
}

function readItem(reader: Reader, readExpression: ReadExpression): Item {
  const key = asKey(reader, readExpression(reader));
  if (reader.sees('==') || (!reader.takes('=') && !reader.takes(':'))) reader.fail('a key has no value');
  return { key, value: readExpression(reader) };
}

/** A bare name is the text of the key, keywords too; `a.b` as a key is refused by Terraform (ObjectConsKeyExpr). */
function asKey(reader: Reader, key: Node): Node {
  const { start, end } = key;
  if (key.kind === 'name') return { kind: 'literal', value: text(key.name), start, end };
  if (isReference(key)) reader.fail('a key is a reference without parentheses', start);
  const word = reader.text.slice(start, end);
  return key.kind === 'literal' && KEYWORDS.has(word) ? { kind: 'literal', value: text(word), start, end } : key;
}

function isReference(node: Node): boolean {
  if (node.kind === 'name') return true;
  if (node.kind === 'attribute') return isReference(node.object);
  return node.kind === 'index' && node.key.kind === 'literal' && isReference(node.collection);
}

function readFor(reader: Reader, start: number, closer: ']' | '}', readExpression: ReadExpression): Node {
  reader.identifier();
  const { keyName, valueName } = readForNames(reader);
  const collection = readExpression(reader);
  reader.expect(':', 'a for expression has no : after its collection');
  const first = readExpression(reader);
  const second = reader.takes('=>') ? readExpression(reader) : undefined;
  if ((second === undefined) !== (closer === ']')) reader.fail('a for expression makes neither a tuple nor an object');
  const isGrouped = reader.takes('...');
  if (isGrouped && closer === ']') reader.fail('a for expression groups into a tuple');
  const condition = readCondition(reader, readExpression);
  reader.expect(closer, 'a for expression is not closed');
  const head = { kind: 'for', valueName, collection, isGrouped, start, end: reader.at } as const;
  return {
    ...head,
    ...(keyName === undefined ? {} : { keyName }),
    ...(second === undefined ? { value: first } : { key: first, value: second }),
    ...(condition === undefined ? {} : { condition }),
  };
}

function readCondition(reader: Reader, readExpression: ReadExpression): Node | undefined {
  if (reader.nextIdentifier() !== 'if') return undefined;
  reader.identifier();
  return readExpression(reader);
}
