import { convertTo, listFrom } from '../convert-to.ts';
import type { Doubts } from '../doubts.ts';
import { contentKey, makeSet } from '../set.ts';
import { DYNAMIC, mentions, typeOf, UNDETERMINED } from '../type.ts';
import { unify } from '../unify.ts';
import type { Type, Value } from '../value.ts';
import { tuple } from '../values.ts';
import { spendOn } from '../weight.ts';
import { ANY, type Fn, type Functions, refuse, sequenceOf } from './function.ts';

const SET: Type = { kind: 'set', of: DYNAMIC };

/** The functions of sets (zclconf/go-cty v1.16, cty/function/stdlib/set.go). */
export const SET_FUNCTIONS: Functions = {
  setunion: ofSets(1, (first, others) => [...first, ...others.flat()]),
  setintersection: ofSets(1, (first, others) => {
    const keys = others.map(contentKeys);
    return first.filter((value) => keys.every((other) => other.has(contentKey(value))));
  }),
  setsubtract: ofSets(2, (first, others) => {
    const taken = contentKeys(others.flat());
    return first.filter((value) => !taken.has(contentKey(value)));
  }),
  setproduct: { parameters: [], rest: ANY, run: setProduct },
};

const contentKeys = (values: readonly Value[]): ReadonlySet<string | undefined> => new Set(values.map(contentKey));

type Combine = (first: readonly Value[], others: readonly (readonly Value[])[]) => readonly Value[];

function ofSets(count: 1 | 2, combine: Combine): Fn {
  const parameters = Array.from({ length: count }, () => ({ type: SET }));
  const run = (values: readonly Value[], doubts: Doubts): Value => combineSets(values, combine, doubts);
  return count === 1 ? { parameters, rest: { type: SET }, run } : { parameters, run };
}

function combineSets(values: readonly Value[], combine: Combine, doubts: Doubts): Value {
  const types = values.filter((value) => !isUntypedAndEmpty(value)).map(elementTypeOf);
  const of = types.length === 0 ? DYNAMIC : unify(types, true, doubts);
  if (of === undefined) return refuse('the sets have no type in common');
  if (mentions(of, 'dynamic') && types.length > 0) return doubts.unsure('the elements of a set have no type');
  const sets = values.map((value) => convertTo(value, { kind: 'set', of }, doubts));
  const elements = sets.map((set) => (set.kind === 'set' ? set.elements : undefined));
  const [first, ...others] = elements.flatMap((each) => (each === undefined ? [] : [each]));
  if (
    first === undefined ||
    elements.includes(undefined) ||
    elements.flat().some((each) => each && contentKey(each) === undefined)
  ) {
    return doubts.unsure('the elements of a set are not all known');
  }
  return makeSet(combine(first, others), of);
}

function elementTypeOf(value: Value): Type {
  const type = typeOf(value);
  return 'of' in type ? type.of : UNDETERMINED;
}

const isUntypedAndEmpty = (value: Value): boolean =>
  value.kind === 'set' && value.elements.length === 0 && elementTypeOf(value).kind === 'dynamic';

function setProduct(values: readonly Value[], doubts: Doubts): Value {
  if (values.length < 2) refuse('two sets are needed');
  const factors = values.map((value) => factorOf(value, doubts));
  const of: Type = { kind: 'tuple', elements: factors.map((factor) => factor.of) };
  let products: readonly (readonly Value[])[] = [[]];
  for (const [at, { elements }] of factors.entries()) {
    doubts.budget.spend(products.length * elements.length * (1 + at));
    products = products.flatMap((product) => elements.map((each) => [...product, each]));
  }
  const tuples = products.map(tuple);
  spendOn(tuple(tuples), doubts.budget);
  const settled = listFrom(tuples, of, doubts);
  return settled.kind === 'list' && values.some(({ kind }) => kind === 'set')
    ? makeSet(settled.elements, settled.of ?? of)
    : settled;
}

function factorOf(value: Value, doubts: Doubts): { readonly elements: readonly Value[]; readonly of: Type } {
  const elements = sequenceOf(value);
  if (value.kind !== 'tuple') return { elements, of: elementTypeOf(value) };
  const of = elements.length === 0 ? DYNAMIC : unify(elements.map(typeOf), true, doubts);
  if (of === undefined) return refuse('the elements have no type in common');
  return { elements: elements.map((element) => convertTo(element, of, doubts)), of };
}
