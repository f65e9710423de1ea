import type { Doubts } from './doubts.ts';
import { isExact, number, numberText, parseDecimal } from './number.ts';
import { Refused } from './refusal.ts';
import { makeSet } from './set.ts';
import { BOOL, DYNAMIC, isCertain, isPrimitive, mentions, NUMBER, sameType, typeOf, UNDETERMINED } from './type.ts';
import { canConvert, unify } from './unify.ts';
import type { Type, Value } from './value.ts';
import { bool, list, map, nullOf, object, text, tuple, unknown } from './values.ts';
import { spendOn, typeWeight } from './weight.ts';

/**
 * A value as Terraform converts it to a type on its own, text to numbers and tuples to lists included. Throws Refused
 * where Terraform is certain to refuse (zclconf/go-cty v1.16, cty/convert).
 */
export function convertTo(value: Value, to: Type, doubts: Doubts): Value {
  doubts.budget.spend(1);
  if (to.kind === 'dynamic') return value;
  spendOn(value, doubts.budget);
  const from = typeOf(value);
  if (sameType(from, to)) return value;
  if (canConvert(from, to, true, doubts) === 'no') throw new Refused(`a value is no ${to.kind}`);
  if (value.kind === 'unknown') return convertUnknown(value.reason, from, to, doubts);
  if (value.kind === 'null') return convertNull(from, to, doubts);
  return convertKnown(value, to, doubts);
}

/** Nothing is unsure about an Unknown that only becomes text. */
function convertUnknown(reason: string, from: Type, to: Type, doubts: Doubts): Value {
  if (!(isPrimitive(from) && to.kind === 'string')) doubts.note(reason);
  return unknown(reason, isCertain(to) && !mentions(to, 'dynamic') ? withoutOptional(to) : undefined);
}

function convertNull(from: Type, to: Type, doubts: Doubts): Value {
  if (!isCertain(from)) return doubts.unsure('the type of a null is not known');
  return nullOf(from.kind === 'dynamic' || !mentions(to, 'dynamic') ? withoutOptional(to) : UNDETERMINED);
}

function convertKnown(value: Value, to: Type, doubts: Doubts): Value {
  switch (to.kind) {
    case 'string':
      return toText(value, doubts);
    case 'number':
      return toNumber(value, doubts);
    case 'bool':
      return toBool(value);
    case 'list':
    case 'set':
      return toSequence(value, to.kind, to.of, doubts);
    case 'map':
      return toMap(value, to.of, doubts);
    case 'object':
      return toObject(value, to, doubts);
    case 'tuple':
      return tuple(elementsOf(value).map((element, at) => convertTo(element, to.elements[at] ?? UNDETERMINED, doubts)));
    default:
      return doubts.unsure('its type is not known');
  }
}

const toText = (value: Value, doubts: Doubts): Value => {
  if (value.kind === 'number')
    return isExact(value.value) ? text(numberText(value.value)) : doubts.unsure('a number is not exact');
  return value.kind === 'bool' ? text(String(value.value)) : doubts.unsure('its type is not known');
};

/** Characters of which Go makes numbers that are no plain decimals: other bases, exponents of two, infinity. */
const NUMERIC = /^[0-9a-fpxob+\-._]*$|inf/i;

function toNumber(value: Value, doubts: Doubts): Value {
  if (value.kind !== 'string') return doubts.unsure('its type is not known', NUMBER);
  const decimal = parseDecimal(value.value);
  if (decimal !== undefined) return number(decimal === 'inexact' ? undefined : decimal);
  if (/\d/.test(value.value) ? !NUMERIC.test(value.value) : !/inf/i.test(value.value))
    throw new Refused('a text is no number');
  return doubts.unsure('a text may be a number', NUMBER);
}

function toBool(value: Value): Value {
  if (value.kind === 'string' && /^(?:true|1)$/.test(value.value)) return bool(true);
  if (value.kind === 'string' && /^(?:false|0)$/.test(value.value)) return bool(false);
  throw new Refused(`a text is no ${BOOL.kind}`);
}

const elementsOf = (value: Value): readonly Value[] =>
  value.kind === 'list' || value.kind === 'set' || value.kind === 'tuple' ? value.elements : [];

function toSequence(value: Value, kind: 'list' | 'set', of: Type, doubts: Doubts): Value {
  const elements = elementsOf(value);
  const element = elementType(value, elements, of, doubts);
  const settled = settle(
    elements.map((inner) => convertTo(inner, element, doubts)),
    element,
    kind === 'list',
    doubts,
  );
  return kind === 'list' ? list(settled.values, settled.of) : makeSet(settled.values, settled.of);
}

/** The type of the elements to be; any type is that of the elements there are. */
function elementType(value: Value, elements: readonly Value[], of: Type, doubts: Doubts): Type {
  if (of.kind !== 'dynamic') return of;
  const type = typeOf(value);
  if ('of' in type) return type.of;
  if (elements.length === 0) return of;
  const unified = unify(elements.map(typeOf), true, doubts);
  if (unified === undefined) throw new Refused('elements have no type in common');
  return unified;
}

/** Elements of one type, also where the type asked for leaves a part of it open. */
function settle(
  values: readonly Value[],
  of: Type,
  mayUnify: boolean,
  doubts: Doubts,
): { readonly values: readonly Value[]; readonly of: Type } {
  doubts.budget.spend(typeWeight(of));
  if (!mentions(of, 'dynamic') || values.length === 0) return { values, of: withoutOptional(of) };
  const first = sharedType(values) ?? of;
  if (sharedType(values) !== undefined) return { values: values.map((value) => takeType(value, first)), of: first };
  const types = values.map(typeOf);
  const unified = mayUnify ? unify(types, true, doubts) : undefined;
  if (unified !== undefined) {
    return settle(
      values.map((value) => convertTo(value, unified, doubts)),
      unified,
      false,
      doubts,
    );
  }
  if (types.every(isCertain)) throw new Refused('elements are not of one type');
  return { values: values.map(() => doubts.unsure('elements may not be of one type')), of: UNDETERMINED };
}

/** The one type of these values, nulls without a type aside; undefined when there are several. */
function sharedType(values: readonly Value[]): Type | undefined {
  const types = values.map(typeOf).filter(({ kind }) => kind !== 'dynamic');
  const [first = DYNAMIC] = types;
  return types.every((type) => sameType(type, first)) ? first : undefined;
}

/** A list of elements that must be of one type already, of which the type given may leave a part open. */
export function listFrom(elements: readonly Value[], of: Type, doubts: Doubts): Value {
  const settled = settle(elements, of, false, doubts);
  return list(settled.values, settled.of);
}

/** A null without a type has that of the elements beside it (cty, CanListVal). */
const takeType = (value: Value, type: Type): Value => (typeOf(value).kind === 'dynamic' ? nullOf(type) : value);

function toMap(value: Value, of: Type, doubts: Doubts): Value {
  if (value.kind !== 'object' && value.kind !== 'map') return doubts.unsure('its type is not known');
  const names = [...value.entries.keys()];
  const inner = [...value.entries.values()];
  const element = elementType(value, inner, of, doubts);
  const mayUnify = element.kind === 'object' || 'of' in element;
  const settled = settle(
    inner.map((each) => convertTo(each, element, doubts)),
    element,
    mayUnify,
    doubts,
  );
  return map(
    names.map((name, at) => [name, settled.values[at] ?? unknown('an element is missing')] as const),
    settled.of,
  );
}

function toObject(value: Value, to: Extract<Type, { kind: 'object' }>, doubts: Doubts): Value {
  if (value.kind !== 'object' && value.kind !== 'map') return doubts.unsure('its type is not known');
  const entries: [string, Value][] = [];
  for (const [name, type] of to.attributes) {
    const inner = value.entries.get(name);
    if (inner !== undefined) entries.push([name, convertTo(inner, type, doubts)]);
    else if (to.optional?.has(name)) entries.push([name, nullOf(withoutOptional(type))]);
    else throw new Refused('an attribute is missing');
  }
  return object(entries);
}

/** A type as values have it: constraints alone say what is optional. */
function withoutOptional(type: Type): Type {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: type.kind, of: withoutOptional(type.of) };
    case 'tuple':
      return { kind: 'tuple', elements: type.elements.map(withoutOptional) };
    case 'object':
      return {
        kind: 'object',
        attributes: new Map([...type.attributes].map(([name, inner]) => [name, withoutOptional(inner)])),
      };
    default:
      return type;
  }
}
