import { type CelParser, EvaluationFault, isProblem, type Parsed, type Problem, type Scope } from './cel.ts';
import { UnknownValue } from './unknown.ts';
import { oneLine } from './words.ts';

/** A text with holes: literals and expressions in turn. */
export interface Template {
  readonly parts: readonly (string | Hole)[];
}

/** A `${CEL}` of a template. */
export interface Hole {
  readonly expression: Parsed;
  /** Where the expression starts in the text of the template. */
  readonly offset: number;
}

/** Parses `text ${CEL} text`; `$${` is a plain `${`. */
export function parseTemplate(source: string, parse: CelParser): Template | Problem {
  const parts: (string | Hole)[] = [];
  let at = 0;
  let literal = '';
  while (at < source.length) {
    const opening = source.indexOf('${', at);
    if (opening === -1) break;
    if (source[opening - 1] === '$') {
      literal += source.slice(at, opening + 1).replace(/\$\$$/, '$');
      at = opening + 1;
      continue;
    }
    const closing = endOfHole(source, opening + 2);
    if (closing === -1) return { message: 'a hole is not closed with "}"', offset: opening };
    const offset = opening + 2;
    const expression = parse(source.slice(offset, closing));
    if (isProblem(expression)) return { message: expression.message, offset: offset + expression.offset };
    parts.push(literal + source.slice(at, opening), { expression, offset });
    literal = '';
    at = closing + 1;
  }
  parts.push(literal + source.slice(at));
  return { parts };
}

/** The `}` that ends a hole: not one inside a string or inside a map of the expression; -1 when there is none. */
function endOfHole(source: string, start: number): number {
  let depth = 0;
  let quote: string | undefined;
  for (let at = start; at < source.length; at++) {
    const char = source.charAt(at);
    if (quote !== undefined) {
      if (char === '\\') at++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return at;
  }
  return -1;
}

/**
 * Fills the holes. A hole that is Unknown reads `unknown`: a message may say less, but the finding stands. What AWS or
 * a state put into a value stays on one line.
 */
export function render({ parts }: Template, scope: Scope): string {
  return parts.map((part) => (typeof part === 'string' ? part : fill(part, scope))).join('');
}

function fill({ expression, offset }: Hole, scope: Scope): string {
  try {
    return oneLine(String(expression.evaluate(scope)));
  } catch (error) {
    if (error instanceof UnknownValue) return 'unknown';
    if (error instanceof EvaluationFault) {
      throw new EvaluationFault({ message: error.message, offset: offset + error.offset }, error.advice);
    }
    throw error;
  }
}

/** The expressions of a template. */
export const holesOf = ({ parts }: Template): readonly Hole[] => parts.filter((part) => typeof part !== 'string');
