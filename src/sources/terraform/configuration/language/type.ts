import type { Type, Value } from './value.ts';

/** The types without parts. DYNAMIC is `any`; UNDETERMINED is that of a value which does not show its type. */
export const STRING: Type = { kind: 'string' };
export const NUMBER: Type = { kind: 'number' };
export const BOOL: Type = { kind: 'bool' };
export const DYNAMIC: Type = { kind: 'dynamic' };
export const UNDETERMINED: Type = { kind: 'undetermined' };

/** The type of a value; `undetermined` wherever the value does not show it. */
export function typeOf(value: Value): Type {
  switch (value.kind) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'bool':
      return BOOL;
    case 'null':
      return value.type ?? DYNAMIC;
    case 'unknown':
      return value.type ?? UNDETERMINED;
    case 'tuple':
      return { kind: 'tuple', elements: value.elements.map(typeOf) };
    case 'object':
      return { kind: 'object', attributes: new Map([...value.entries].map(([name, inner]) => [name, typeOf(inner)])) };
    case 'map':
      return { kind: 'map', of: value.of ?? shared(value.entries.values()) };
    default:
      return { kind: value.kind, of: value.of ?? shared(value.elements) };
  }
}

/** The one type of a collection's elements, from the first that shows it whole. */
function shared(elements: Iterable<Value>): Type {
  let best: Type = UNDETERMINED;
  for (const element of elements) {
    const type = element.kind === 'null' && element.type === undefined ? UNDETERMINED : typeOf(element);
    if (isCertain(type)) return type;
    if (best.kind === 'undetermined') best = type;
  }
  return best;
}

/** Whether nothing in a type is undetermined. */
export const isCertain = (type: Type): boolean => !mentions(type, 'undetermined');

/** Whether a kind occurs anywhere in a type. */
export function mentions(type: Type, kind: Type['kind']): boolean {
  if (type.kind === kind) return true;
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return mentions(type.of, kind);
    case 'tuple':
      return type.elements.some((element) => mentions(element, kind));
    case 'object':
      return [...type.attributes.values()].some((attribute) => mentions(attribute, kind));
    default:
      return false;
  }
}

/** Whether two types are the same; optional attributes are not looked at. Nothing equals an undetermined type. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return a.kind !== 'undetermined';
  switch (a.kind) {
    case 'undetermined':
      return false;
    case 'list':
    case 'set':
    case 'map':
      return a.kind === b.kind && sameType(a.of, b.of);
    case 'tuple':
      return b.kind === 'tuple' && sameElements(a.elements, b.elements);
    case 'object':
      return b.kind === 'object' && sameAttributes(a.attributes, b.attributes);
    default:
      return a.kind === b.kind;
  }
}

const sameElements = (a: readonly Type[], b: readonly Type[]): boolean =>
  a.length === b.length && a.every((element, index) => sameType(element, b[index] ?? UNDETERMINED));

const sameAttributes = (a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): boolean =>
  a.size === b.size && [...a].every(([name, type]) => sameType(type, b.get(name) ?? UNDETERMINED));

/** Whether values of it have no parts and convert into text. */
export const isPrimitive = (type: Type): boolean =>
  type.kind === 'string' || type.kind === 'number' || type.kind === 'bool';
