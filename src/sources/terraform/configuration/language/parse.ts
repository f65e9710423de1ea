import { parseTraversals } from './parse-access.ts';
import { parseTemplateText } from './parse-template.ts';
import { parseTerm } from './parse-term.ts';
import { NotExpression, Reader } from './reader.ts';
import type { BinaryOperator, Expression, Node, Parsed } from './syntax.ts';

/**
 * The tree of an expression in HCL's native syntax, as an argument's value has it. A failure names the line, counted from
 * the one given, and quotes nothing of the text. Grammar: HCL native syntax specification, where it is silent
 * hashicorp/hcl v2.23, hclsyntax/parser.go.
 */
export function parseExpression(text: string, at: { readonly line: number } = { line: 1 }): Parsed<Expression> {
  return attempt(text, at.line, (reader) => {
    const root = readExpression(reader);
    while (reader.takes('\n') || reader.takes('\r\n'));
    if (!Number.isNaN(reader.peek())) reader.fail('something follows the expression');
    return root;
  });
}

/** The tree of a template without quotes around it: what a string in JSON syntax is (HCL JSON syntax specification). */
export function parseTemplate(text: string, at: { readonly line: number } = { line: 1 }): Parsed<Expression> {
  return attempt(text, at.line, (reader) => parseTemplateText(reader, readExpression));
}

function attempt(text: string, line: number, read: (reader: Reader) => Node): Parsed<Expression> {
  const reader = new Reader(text);
  try {
    return { ok: true, value: { text, root: read(reader), line } };
  } catch (error) {
    if (!(error instanceof NotExpression)) throw error;
    return { ok: false, line: line + newlines(text, error.offset), reason: error.message };
  }
}

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** A whole expression: operators, and `condition ? yes : no` around them. */
function readExpression(reader: Reader): Node {
  return reader.deeper(() => {
    const condition = readOperators(reader, 0);
    if (!reader.takes('?')) return condition;
    const yes = readExpression(reader);
    reader.expect(':', 'a conditional has no : part');
    const no = readExpression(reader);
    return { kind: 'conditional', condition, yes, no, start: condition.start, end: no.end };
  });
}

/** Loosest first; those of one level bind to the left (hashicorp/hcl, hclsyntax/expression_ops.go). */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>=', '<=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
];

const TIGHTEST = LEVELS.length;

function readOperators(reader: Reader, loosest: number): Node {
  let left = parseTraversals(reader, parseTerm(reader, readExpression), readExpression);
  let levels = 0;
  for (;;) {
    const found = operatorHere(reader, loosest);
    if (found === undefined) {
      reader.ascend(levels);
      return left;
    }
    reader.descend();
    levels += 1;
    reader.at += found.operator.length;
    const right = readOperators(reader, found.level + 1);
    left = { kind: 'binary', operator: found.operator, left, right, start: left.start, end: right.end };
  }
}

function operatorHere(reader: Reader, loosest: number): { operator: BinaryOperator; level: number } | undefined {
  reader.skipBlank();
  for (let level = loosest; level < TIGHTEST; level += 1) {
    const operator = LEVELS[level]?.find((candidate) => reader.text.startsWith(candidate, reader.at));
    if (operator !== undefined) return { operator, level };
  }
  return undefined;
}
