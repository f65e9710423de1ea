import { convertTo } from './convert-to.ts';
import type { Doubts } from './doubts.ts';
import { NORMAL_FORM_OPEN, normalized } from './normal-form.ts';
import { Refused } from './refusal.ts';
import { NUMBER, STRING, typeOf, UNDETERMINED } from './type.ts';
import type { Type, UnknownValue, Value } from './value.ts';
import { unknown } from './values.ts';
import { spendOn } from './weight.ts';

/** `object.name` (hashicorp/hcl v2.23, ops.go, GetAttr). */
export function attributeOf(object: Value, name: string, doubts: Doubts): Value {
  switch (object.kind) {
    case 'object':
    case 'map':
      return namedEntry(object.entries, name, doubts);
    case 'unknown':
      return attributeOfUnknown(object, name, doubts);
    default:
      return refuse(`a ${object.kind} has no attributes`);
  }
}

function namedEntry(entries: ReadonlyMap<string, Value>, name: string, doubts: Doubts): Value {
  const normal = normalized(name);
  if (normal === undefined) return doubts.unsure(NORMAL_FORM_OPEN);
  return entries.get(normal) ?? refuse('a value has no such attribute');
}

const refuse = (reason: string): never => {
  throw new Refused(reason);
};

function attributeOfUnknown({ reason, type }: UnknownValue, name: string, doubts: Doubts): Value {
  if (type?.kind === 'object')
    return unknownElement(reason, type.attributes.get(name) ?? refuse('a value has no such attribute'));
  if (type !== undefined && type.kind !== 'map') return refuse(`a ${type.kind} has no attributes`);
  return doubts.unsure(reason, type?.of);
}

const unknownElement = (reason: string, type: Type): Value => unknown(reason, type);

/** `collection[key]` (hashicorp/hcl v2.23, ops.go, Index). */
export function elementOf(collection: Value, key: Value, doubts: Doubts): Value {
  if (collection.kind === 'null' || key.kind === 'null') return refuse('null cannot be indexed, nor be an index');
  if (key.kind === 'unknown' && key.type === undefined) return doubts.unsure(key.reason);
  switch (collection.kind) {
    case 'list':
    case 'tuple':
      return atIndex(collection, key, doubts);
    case 'map':
    case 'object':
      return atKey(collection, key, doubts);
    case 'unknown':
      return elementOfUnknown(collection, key, doubts);
    default:
      return refuse(`a ${collection.kind} has no indexes`);
  }
}

function atIndex(
  collection: Extract<Value, { readonly elements: readonly Value[] }>,
  key: Value,
  doubts: Doubts,
): Value {
  const index = convertTo(key, NUMBER, doubts);
  if (index.kind !== 'number') return doubts.unsure(reasonOf(index), elementTypeOf(collection, doubts));
  return collection.elements[index.value] ?? refuse('an index is outside of its list');
}

function atKey(
  collection: Extract<Value, { readonly entries: ReadonlyMap<string, Value> }>,
  key: Value,
  doubts: Doubts,
): Value {
  const name = convertTo(key, STRING, doubts);
  if (name.kind !== 'string') return doubts.unsure(reasonOf(name), elementTypeOf(collection, doubts));
  return collection.entries.get(name.value) ?? refuse('a key is not in its map');
}

function elementTypeOf(collection: Value, doubts: Doubts): Type {
  spendOn(collection, doubts.budget);
  const type = typeOf(collection);
  return 'of' in type ? type.of : UNDETERMINED;
}

function elementOfUnknown({ reason, type }: UnknownValue, key: Value, doubts: Doubts): Value {
  if (type === undefined) return doubts.unsure(reason);
  if (type.kind === 'set' || type.kind === 'string' || type.kind === 'number' || type.kind === 'bool') {
    return refuse(`a ${type.kind} has no indexes`);
  }
  convertTo(key, type.kind === 'list' || type.kind === 'tuple' ? NUMBER : STRING, doubts);
  return doubts.unsure(reason, 'of' in type ? type.of : UNDETERMINED);
}

const reasonOf = (value: Value): string => (value.kind === 'unknown' ? value.reason : 'a key is not known');
