import { NORMAL_FORM_OPEN, normalized } from './normal-form.ts';
import { byCodePoint } from './text-order.ts';
import { STRING } from './type.ts';
import type { Type, UnknownValue, Value } from './value.ts';

/** Text in cty's normal form (zclconf/go-cty, StringVal: NFC); Unknown where that is not certain. */
export function text(value: string): Value {
  const normal = normalized(value);
  return normal === undefined ? unknown(NORMAL_FORM_OPEN, STRING) : { kind: 'string', value: normal };
}

/** `true` or `false`. */
export const bool = (value: boolean): Value => ({ kind: 'bool', value });

/** The two values of bool. */
export const TRUE = bool(true);
export const FALSE = bool(false);

/** The literal `null`, which takes any type. */
export const NULL: Value = { kind: 'null' };

/** null of a type that is known, which the other arm of a conditional must agree with. */
export const nullOf = (type: Type): Value => (type.kind === 'dynamic' ? NULL : { kind: 'null', type });

/** A sequence whose elements have types of their own. */
export const tuple = (elements: readonly Value[]): Value => ({ kind: 'tuple', elements });

/** A sequence whose elements are all of type `of`; they are converted already. */
export const list = (elements: readonly Value[], of: Type): Value => ({ kind: 'list', elements, of });

/** Attributes with types of their own. */
export const object = (entries: Iterable<readonly [string, Value]>): Value => ({
  kind: 'object',
  entries: byKey(entries),
});

/** Entries that are all of type `of`; they are converted already. */
export const map = (entries: Iterable<readonly [string, Value]>, of: Type): Value => ({
  kind: 'map',
  entries: byKey(entries),
  of,
});

/** A value that cannot be told; of type `type` where that much is sure. */
export const unknown = (reason: string, type?: Type): UnknownValue =>
  type === undefined || type.kind === 'undetermined' || type.kind === 'dynamic'
    ? { kind: 'unknown', reason }
    : { kind: 'unknown', reason, type };

/** Entries in the order in which Terraform goes through maps and objects: by code points, the last of a key wins. */
function byKey(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const last = new Map(entries);
  let previous: string | undefined;
  for (const key of last.keys()) {
    if (previous !== undefined && byCodePoint(previous, key) > 0) return new Map(sorted(last));
    previous = key;
  }
  return last;
}

const sorted = (entries: ReadonlyMap<string, Value>): [string, Value][] =>
  [...entries].sort(([a], [b]) => byCodePoint(a, b));

/** The first Unknown in a value, however deep; undefined when all of it is known. */
export function unknownIn(value: Value): UnknownValue | undefined {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'list':
    case 'set':
    case 'tuple':
      return firstUnknown(value.elements);
    case 'map':
    case 'object':
      return firstUnknown(value.entries.values());
    default:
      return undefined;
  }
}

function firstUnknown(values: Iterable<Value>): UnknownValue | undefined {
  for (const value of values) {
    const found = unknownIn(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
