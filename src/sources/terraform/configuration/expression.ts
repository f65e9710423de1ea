import { oneLine } from '../../one-line.ts';
import type { HclValue } from './hcl.ts';
import { skipHeredoc, skipString } from './scan.ts';

/** The value of an argument: a literal, or an expression that nothing here evaluates. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: HclValue }
  | { readonly kind: 'expression'; readonly text: string };

/** `${` and `%{`; with its doubled introducer in group 2 it is an escape and no template. */
const INTRODUCER = /([$%])(\1?)\{/g;

/**
 * Whether the text of an argument is a literal. hcl2-parser's `value` alone does not tell, since the expression `x` and
 * the literal `"$${x}"` both come out as `${x}`: then the text decides, and what it leaves open is an expression.
 */
export function readExpression(text: string, value: HclValue | undefined): Expression {
  return value !== undefined && isLiteral(text, value)
    ? { kind: 'literal', value }
    : { kind: 'expression', text: expressionText(text) };
}

function isLiteral(text: string, value: HclValue): boolean {
  if (hasTemplate(text) || text.includes('provider::')) return false;
  return !mentionsTemplate(value) || isOneString(text);
}

const hasTemplate = (text: string): boolean =>
  [...text.matchAll(INTRODUCER)].some((introducer) => introducer[2] === '');

function mentionsTemplate(value: HclValue): boolean {
  if (typeof value === 'string') return /[$%]\{/.test(value);
  if (Array.isArray(value)) return value.some(mentionsTemplate);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => mentionsTemplate(key) || mentionsTemplate(inner));
}

/**
 * Whether the text is a single quoted string or heredoc, templates or not. It must have come through the scanner before,
 * so that its strings and heredocs are closed.
 */
function isOneString(text: string): boolean {
  if (text.startsWith('"')) return skipString(text, 0) === text.length;
  return text.startsWith('<<') && skipHeredoc(`${text}\n`, 0) === text.length;
}

/** Longest expression that a reason quotes, in code points. */
const LONGEST = 120;

/** An expression's text for people: one printable line. */
export const expressionText = (text: string): string => oneLine(text, LONGEST);
