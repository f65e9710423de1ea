import { byCodePoint } from './text-order.ts';
import type { Type, Value } from './value.ts';
import { unknown, unknownIn } from './values.ts';

/**
 * A set of these elements, each once, in the order in which Terraform goes through them: texts by code points, numbers by
 * size, false before true, null last, others by a text of their content (zclconf/go-cty, cty/set_internals.go). A set that
 * may hold equal elements, or whose order is not certain, is Unknown as a whole.
 */
export function makeSet(elements: readonly Value[], of: Type): Value {
  const type: Type = { kind: 'set', of };
  const open = elements.map(unknownIn).find((found) => found !== undefined);
  if (open !== undefined) return unknown(open.reason, type);
  const byRank = new Map<string, Value>();
  for (const element of elements) {
    const rank = rankOf(element);
    if (rank === undefined && elements.length > 1) return unknown('the order of a set is not certain', type);
    byRank.set(rank ?? '', element);
  }
  const ranks = [...byRank.keys()].sort(of.kind === 'number' ? byNumber : byCodePoint);
  return { kind: 'set', elements: ranks.flatMap((rank) => byRank.get(rank) ?? []), of };
}

/** No text has it: cty's texts are without lone surrogates. It comes after all of them. */
const NULL_RANK = '\udfff';

function byNumber(a: string, b: string): number {
  if (a === NULL_RANK || b === NULL_RANK) return byCodePoint(a, b);
  return Number(a) - Number(b);
}

/** A text that two elements of one type share only when they are equal; undefined where that is not certain. */
export const contentKey = (value: Value): string | undefined => rankOf(value);

function rankOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'null':
      return NULL_RANK;
    case 'string':
      return value.value;
    case 'number':
    case 'bool':
      return String(value.value);
    default:
      return contentOf(value);
  }
}

/** Go quotes these as they are; others it may escape. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Numbers below this are written without an exponent and with all their digits ("%.10g"). */
const PLAIN_NUMBERS = 10_000_000_000;

/** The content of a value as cty writes it before it hashes; undefined where that is not certain. */
function contentOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'null':
      return '~';
    case 'string':
      return PLAIN.test(value.value) ? `"${value.value}"` : undefined;
    case 'number':
      return Number.isInteger(value.value) && Math.abs(value.value) < PLAIN_NUMBERS ? String(value.value) : undefined;
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'list':
    case 'set':
      return wrap('[', value.elements.map(contentOf), ']');
    case 'tuple':
      return wrap('<', value.elements.map(contentOf), '>');
    case 'object':
      return wrap('<', [...value.entries.values()].map(contentOf), '>');
    case 'map':
      return wrap(
        '{',
        [...value.entries].map(([key, inner]) => join(contentOf({ kind: 'string', value: key }), contentOf(inner))),
        '}',
      );
    default:
      return undefined;
  }
}

const join = (key: string | undefined, content: string | undefined): string | undefined =>
  key === undefined || content === undefined ? undefined : `${key}:${content}`;

function wrap(open: string, contents: readonly (string | undefined)[], close: string): string | undefined {
  return contents.includes(undefined)
    ? undefined
    : `${open}${contents.map((content) => `${content};`).join('')}${close}`;
}
