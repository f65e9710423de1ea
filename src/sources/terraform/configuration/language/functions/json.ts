import { isExact, numberText } from '../number.ts';
import type { Value } from '../value.ts';

/** HTML's characters and two line separators, which Go escapes in JSON (encoding/json, Marshal). */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** A text as Go writes it in JSON. */
export const jsonText = (value: string): string =>
  JSON.stringify(value).replace(ESCAPED, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A wholly known value as `jsonencode` writes it; undefined for a number that is not exact here. */
export function jsonOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'string':
      return jsonText(value.value);
    case 'number':
      return isExact(value.value) ? numberText(value.value) : undefined;
    case 'bool':
      return String(value.value);
    case 'unknown':
      return undefined;
    case 'map':
    case 'object':
      return wrap(
        '{',
        [...value.entries].map(([key, inner]) => prefixed(jsonText(key), jsonOf(inner))),
        '}',
      );
    default:
      return wrap('[', value.elements.map(jsonOf), ']');
  }
}

const prefixed = (key: string, inner: string | undefined): string | undefined =>
  inner === undefined ? undefined : `${key}:${inner}`;

function wrap(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}
