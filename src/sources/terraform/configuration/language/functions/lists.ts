import { convertTo, listFrom } from '../convert-to.ts';
import type { Doubts } from '../doubts.ts';
import { areEqual } from '../equality.ts';
import { number } from '../number.ts';
import { Refused } from '../refusal.ts';
import { isSimple } from '../text-order.ts';
import { BOOL, DYNAMIC, NUMBER, STRING, sameType, typeOf, UNDETERMINED } from '../type.ts';
import { unify } from '../unify.ts';
import type { Type, Value } from '../value.ts';
import { bool, list, NULL, nullOf, tuple, unknown, unknownIn } from '../values.ts';
import {
  ANY,
  FLAGS,
  type Fn,
  type Functions,
  OPEN,
  orderedOf,
  refuse,
  sequenceOf,
  WHOLE,
  wholeOf,
} from './function.ts';

const LIST: Type = { kind: 'list', of: DYNAMIC };

/** The functions of lists (zclconf/go-cty v1.16, stdlib/collection.go; terraform, internal/lang/funcs/collection.go). */
export const LIST_FUNCTIONS: Functions = {
  length: {
    parameters: [{ ...ANY, open: 'whole' }],
    returns: NUMBER,
    run: ([value], doubts) => lengthOf(value, doubts),
  },
  element: {
    parameters: [OPEN, WHOLE],
    run: ([values, index], doubts) => elementAt(orderedOf(values), wholeOf(index), doubts),
  },
  slice: {
    parameters: [OPEN, WHOLE, WHOLE],
    run: ([values, start, end]) => slice(values, wholeOf(start), wholeOf(end)),
  },
  reverse: { parameters: [OPEN], run: ([values]) => like(values, [...sequenceOf(values)].reverse()) },
  concat: { parameters: [], rest: OPEN, run: concat },
  flatten: { parameters: [OPEN], run: ([values], doubts) => flatten(values, doubts) },
  distinct: { parameters: [{ type: LIST }], run: ([values], doubts) => distinct(values, doubts) },
  contains: {
    parameters: [OPEN, OPEN],
    returns: BOOL,
    run: ([values, value], doubts) => contains(values, value, doubts),
  },
  index: {
    parameters: [OPEN, OPEN],
    returns: NUMBER,
    run: ([values, value], doubts) => indexOf(values, value, doubts),
  },
  one: { parameters: [OPEN], run: ([values]) => one(values) },
  coalesce: { parameters: [], rest: { ...ANY, isNullable: true, open: 'whole' }, run: coalesce },
  coalescelist: { parameters: [], rest: { ...ANY, isNullable: true, open: 'whole' }, run: coalesceList },
  alltrue: flags(false),
  anytrue: flags(true),
  chunklist: { parameters: [{ type: LIST }, WHOLE], run: ([values, size]) => chunks(values, wholeOf(size)) },
};

function flags(decisive: boolean): Fn {
  const isDecisive = (flag: Value): boolean =>
    flag.kind === 'bool' ? flag.value === decisive : flag.kind === 'null' && !decisive;
  return {
    parameters: [FLAGS],
    returns: BOOL,
    run: ([values]) => bool(sequenceOf(values).some(isDecisive) === decisive),
  };
}

function lengthOf(value: Value | undefined, doubts: Doubts): Value {
  switch (value?.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return number(value.elements.length);
    case 'map':
    case 'object':
      return number(value.entries.size);
    case 'string':
      return isSimple(value.value) ? number(value.value.length) : unknown('a text is not plain ASCII', NUMBER);
    case 'unknown':
      return doubts.unsure(value.reason, NUMBER);
    default:
      return refuse('it has no length');
  }
}

/** Indexes past the end start again at the first; below zero Terraform does not do the same for lists and tuples. */
function elementAt(elements: readonly Value[], index: number, doubts: Doubts): Value {
  if (elements.length === 0) return refuse('a list is empty');
  if (index < 0) return doubts.unsure('an index is below zero');
  return elements[index % elements.length] ?? refuse('a list is empty');
}

function slice(values: Value | undefined, start: number, end: number): Value {
  const elements = orderedOf(values);
  if (start < 0 || end < start || end > elements.length) refuse('a slice is outside of its list');
  return like(values, elements.slice(start, end));
}

/** A tuple for a tuple, a list of the same type for a list or set. */
function like(values: Value | undefined, elements: readonly Value[]): Value {
  return values === undefined || values.kind === 'tuple' ? tuple(elements) : list(elements, elementTypeOf(values));
}

function elementTypeOf(value: Value): Type {
  const type = typeOf(value);
  return 'of' in type ? type.of : UNDETERMINED;
}

/** Lists whose types have one in common make a list; anything else makes a tuple. */
function concat(values: readonly Value[], doubts: Doubts): Value {
  if (values.length === 0) refuse('a list is needed');
  const elements = values.flatMap(orderedOf);
  doubts.budget.spend(elements.length);
  if (values.some(({ kind }) => kind === 'tuple')) return tuple(elements);
  const common = unify(values.map(typeOf), true, doubts);
  if (common?.kind !== 'list')
    return common === undefined ? tuple(elements) : doubts.unsure('the types are not all known');
  const converted = elements.map((element) => convertTo(element, common.of, doubts));
  return listFrom(converted, common.of, doubts);
}

/** Of what is not wholly known Terraform does not even ask whether it is a list. */
function flatten(values: Value | undefined, doubts: Doubts): Value {
  const unsettled = values === undefined || 'elements' in values ? undefined : unknownIn(values);
  if (unsettled !== undefined) return doubts.unsure(unsettled.reason);
  const elements = sequenceOf(values);
  const flat: Value[] = [];
  const add = (value: Value): void => {
    doubts.budget.spend(1);
    if (value.kind === 'list' || value.kind === 'set' || value.kind === 'tuple') value.elements.forEach(add);
    else flat.push(value);
  };
  elements.forEach(add);
  const open = flat.find((value) => value.kind === 'unknown');
  return open?.kind === 'unknown' ? doubts.unsure(open.reason) : tuple(flat);
}

function distinct(values: Value | undefined, doubts: Doubts): Value {
  const kept: Value[] = [];
  for (const value of sequenceOf(values)) {
    const found = kept.map((other) => areEqual(value, other, doubts));
    if (found.includes(undefined)) return doubts.unsure('the types are not all known');
    if (!found.includes(true)) kept.push(value);
  }
  return like(values, kept);
}

function contains(values: Value | undefined, value: Value | undefined, doubts: Doubts): Value {
  const found = sequenceOf(values).map((element) => value && areEqual(value, element, doubts));
  if (found.includes(true)) return bool(true);
  return found.includes(undefined) ? doubts.unsure('an element is not known', BOOL) : bool(false);
}

function indexOf(values: Value | undefined, value: Value | undefined, doubts: Doubts): Value {
  for (const [at, element] of orderedOf(values).entries()) {
    const equal = value && areEqual(element, value, doubts);
    if (equal === undefined) return doubts.unsure('an element is not known', NUMBER);
    if (equal) return number(at);
  }
  return refuse('a list does not hold the value');
}

function one(values: Value | undefined): Value {
  const elements = sequenceOf(values);
  if (elements.length > 1) refuse('a list has more than one element');
  const of = values === undefined || values.kind === 'tuple' ? DYNAMIC : elementTypeOf(values);
  return elements[0] ?? nullOf(of);
}

/** The first that is neither null nor, where they are texts, empty; all are converted to the type they have in common. */
function coalesce(values: readonly Value[], doubts: Doubts): Value {
  const type = values.length === 0 ? undefined : unify(values.map(typeOf), true, doubts);
  if (type === undefined) return refuse('the arguments have no type in common');
  for (const value of values) {
    const converted = value.kind === 'null' ? value : convertIfPossible(value, type, doubts);
    if (converted.kind === 'unknown') return doubts.unsure(converted.reason);
    const isEmpty = converted.kind === 'string' && converted.value === '' && sameType(type, STRING);
    if (converted.kind !== 'null' && !isEmpty) return converted;
  }
  return refuse('all arguments are null or empty');
}

/** What does not convert is passed over like a null: the error is dropped (internal/lang/funcs/collection.go). */
function convertIfPossible(value: Value, type: Type, doubts: Doubts): Value {
  try {
    return convertTo(value, type, doubts);
  } catch (error) {
    if (error instanceof Refused) return NULL;
    throw error;
  }
}

function coalesceList(values: readonly Value[], doubts: Doubts): Value {
  if (values.length === 0) refuse('a list is needed');
  for (const value of values) {
    if (value.kind === 'unknown') return doubts.unsure(value.reason);
    const { kind } = typeOf(value);
    if (kind !== 'list' && kind !== 'tuple') return refuse('a list is needed');
  }
  return values.find((value) => value.kind !== 'null' && sequenceOf(value).length > 0) ?? refuse('all lists are empty');
}

function chunks(values: Value | undefined, size: number): Value {
  const elements = sequenceOf(values);
  const type = values === undefined ? UNDETERMINED : typeOf(values);
  if (size < 0) refuse('a size is below zero');
  const step = size === 0 ? Math.max(elements.length, 1) : size;
  const starts = Array.from({ length: Math.ceil(elements.length / step) }, (_, at) => at * step);
  return list(
    starts.map((start) => like(values, elements.slice(start, start + step))),
    type,
  );
}
