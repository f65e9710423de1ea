import type { Doubts } from './doubts.ts';
import { DYNAMIC, isPrimitive, mentions, STRING, sameType, UNDETERMINED } from './type.ts';
import { compareTypes } from './type-preference.ts';
import type { Optional, Type } from './value.ts';
import { typeWeight } from './weight.ts';

type Answer = Type | undefined;

/**
 * The one type that values of all these types convert to; undefined when there is none, `undetermined` when that depends
 * on a type nobody here knows. `isUnsafe` allows conversions that look at the value, text to number (zclconf/go-cty
 * v1.16, cty/convert/unify.go).
 */
export function unify(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  doubts.budget.spend(1 + types.length);
  if (types.some(({ kind }) => kind === 'undetermined')) return unifyUndetermined(types, doubts);
  const kinds = new Set(types.map(({ kind }) => kind));
  const hasDynamic = kinds.delete('dynamic');
  const structural = [...kinds].sort().join(' ');
  switch (structural) {
    case 'list':
    case 'set':
    case 'map':
      return hasDynamic ? DYNAMIC : unifyElements(structural, types, isUnsafe, doubts);
    case 'object':
      return hasDynamic ? DYNAMIC : unifyObjects(types, isUnsafe, doubts);
    case 'tuple':
      return hasDynamic ? DYNAMIC : unifyTuples(types, isUnsafe, doubts);
    case 'map object':
      return unifyAs('map', types, isUnsafe, doubts) ?? preferred(types, isUnsafe, doubts);
    case 'list tuple':
      return unifyAs('list', types, isUnsafe, doubts) ?? preferred(types, isUnsafe, doubts);
    default:
      if (kinds.has('object') && kinds.has('tuple')) return undefined;
      return preferred(types, isUnsafe, doubts);
  }
}

/** Text stays text beside whatever it unifies with; of anything else nothing is certain. */
function unifyUndetermined(types: readonly Type[], doubts: Doubts): Type {
  doubts.note('the types are not all known');
  const isText = types.some(({ kind }) => kind === 'string');
  const others = types.every((type) => isPrimitive(type) || type.kind === 'undetermined' || type.kind === 'dynamic');
  return isText && others ? STRING : UNDETERMINED;
}

type Collection = 'list' | 'set' | 'map';

function unifyElements(kind: Collection, types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const elements = types.flatMap((type) => (type.kind === kind ? [type.of] : []));
  return collectionOf(kind, elements, types, isUnsafe, doubts);
}

/** A collection whose elements are of all these types, if all that is to become it can. */
function collectionOf(
  kind: Collection,
  elements: readonly Type[],
  types: readonly Type[],
  isUnsafe: boolean,
  doubts: Doubts,
): Answer {
  const of = elements.length === 0 ? undefined : unify(elements, isUnsafe, doubts);
  return of === undefined ? undefined : reachable({ kind, of }, types, isUnsafe, doubts);
}

const reachable = (wanted: Type, types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer =>
  types.some((type) => canConvert(type, wanted, isUnsafe, doubts) === 'no') ? undefined : wanted;

/** One shape stays that shape, with its attributes unified; of different ones only a map can come. */
function unifyObjects(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const objects = types.flatMap((type) => (type.kind === 'object' ? [type.attributes] : []));
  const [first] = objects;
  if (first === undefined) return undefined;
  const asMap = (): Answer =>
    collectionOf(
      'map',
      objects.flatMap((object) => [...object.values()]),
      types,
      isUnsafe,
      doubts,
    );
  if (!objects.every((object) => object.size === first.size && [...object.keys()].every((key) => first.has(key))))
    return asMap();
  const attributes = new Map<string, Type>();
  for (const name of first.keys()) {
    const across = objects.map((object) => object.get(name) ?? UNDETERMINED);
    const attribute = unify(across, isUnsafe, doubts);
    if (attribute === undefined) return undefined;
    attributes.set(name, attribute);
  }
  return reachable({ kind: 'object', attributes }, types, isUnsafe, doubts) ?? asMap();
}

function unifyTuples(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const tuples = types.flatMap((type) => (type.kind === 'tuple' ? [type.elements] : []));
  const [first] = tuples;
  if (first === undefined) return undefined;
  const asList = (): Answer => collectionOf('list', tuples.flat(), types, isUnsafe, doubts);
  if (!tuples.every(({ length }) => length === first.length)) return asList();
  const elements: Type[] = [];
  for (let at = 0; at < first.length; at += 1) {
    const across = tuples.map((tuple) => tuple[at] ?? UNDETERMINED);
    const element = unify(across, isUnsafe, doubts);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return reachable({ kind: 'tuple', elements }, types, isUnsafe, doubts) ?? asList();
}

/** Objects are often maps, and tuples lists, that were only written so. */
function unifyAs(kind: 'map' | 'list', types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const structured = types.filter((type) => type.kind === 'object' || type.kind === 'tuple');
  const elements = structured.flatMap((type) =>
    type.kind === 'object' ? [...type.attributes.values()] : type.elements,
  );
  const as = collectionOf(kind, elements, structured, isUnsafe, doubts);
  if (as === undefined) return undefined;
  const replaced = types.map((type) => (type.kind === 'object' || type.kind === 'tuple' ? as : type));
  const unified = unify(replaced, isUnsafe, doubts);
  if (unified?.kind === kind && mentions(unified, 'dynamic') && !sameType(unified, as)) {
    // Terraform then converts what is not yet of one type, and may refuse it (unify.go, unifyObjectsAsMaps).
    doubts.note('a conversion to a type in common is not certain');
    return UNDETERMINED;
  }
  return unified?.kind === kind || unified?.kind === 'undetermined' ? unified : undefined;
}

/** The most general of the types themselves that all others convert to. */
function preferred(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  for (const wanted of byGenerality(types, doubts)) {
    const answers = types.map((type) => (sameType(type, wanted) ? 'yes' : canConvert(type, wanted, isUnsafe, doubts)));
    if (answers.includes('no')) continue;
    if (!answers.includes('maybe')) return wanted;
    doubts.note('the types are not all known');
    return UNDETERMINED;
  }
  return undefined;
}

/** Most general first; those that cannot be compared keep their order. */
function byGenerality(types: readonly Type[], doubts: Doubts): readonly Type[] {
  const distinct = distinctAmong(types, doubts);
  const after = distinct.map((a) => {
    doubts.budget.spend(distinct.length * typeWeight(a));
    return distinct.filter((b) => compareTypes(a, b) < 0);
  });
  const blockers = new Map(distinct.map((type) => [type, 0]));
  for (const type of after.flat()) blockers.set(type, (blockers.get(type) ?? 0) + 1);
  const ready = distinct.filter((type) => blockers.get(type) === 0);
  for (const type of ready) {
    for (const next of after[distinct.indexOf(type)] ?? []) {
      const left = (blockers.get(next) ?? 0) - 1;
      blockers.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return ready;
}

/** Each type once; one that is not determined is like no other, so that it is left out. */
function distinctAmong(types: readonly Type[], doubts: Doubts): readonly Type[] {
  const distinct: Type[] = [];
  for (const type of types) {
    doubts.budget.spend((1 + distinct.length) * typeWeight(type));
    if (sameType(type, type) && !distinct.some((other) => sameType(type, other))) distinct.push(type);
  }
  return distinct;
}

type Verdict = 'yes' | 'no' | 'maybe';

/** Whether values of one type convert to another, as far as the types tell (cty/convert/conversion.go). */
export function canConvert(from: Type, to: Type, isUnsafe: boolean, doubts: Doubts): Verdict {
  doubts.budget.spend(Math.min(typeWeight(from), typeWeight(to)));
  if (to.kind === 'dynamic' || sameType(from, to)) return 'yes';
  if (from.kind === 'undetermined' || to.kind === 'undetermined') return 'maybe';
  if (from.kind === 'dynamic') return isUnsafe ? 'yes' : 'no';
  const recur = (inner: Type, outer: Type): Verdict => canConvert(inner, outer, isUnsafe, doubts);
  switch (to.kind) {
    case 'string':
      return from.kind === 'number' || from.kind === 'bool' ? 'yes' : 'no';
    case 'number':
    case 'bool':
      return from.kind === 'string' && isUnsafe ? 'yes' : 'no';
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return toElements(from.elements, to.of, true, isUnsafe, doubts);
      if (from.kind === 'set' || (from.kind === 'list' && (to.kind === 'list' || isUnsafe)))
        return recur(from.of, to.of);
      return 'no';
    case 'map':
      if (from.kind === 'object') return toElements([...from.attributes.values()], to.of, false, isUnsafe, doubts);
      return from.kind === 'map' ? recur(from.of, to.of) : 'no';
    case 'tuple':
      if (from.kind !== 'tuple' || from.elements.length !== to.elements.length) return 'no';
      return worst(to.elements.map((element, at) => recur(from.elements[at] ?? UNDETERMINED, element)));
    case 'object':
      return toObject(from, to.attributes, to.optional, recur, isUnsafe);
  }
}

/** Lists and sets, but not maps, refuse elements that have only nothing in common (conversion_collection.go). */
const isMixed = (unified: Type, from: readonly Type[]): boolean =>
  unified.kind === 'dynamic' && from.some(({ kind }) => kind !== 'dynamic');

function toElements(from: readonly Type[], to: Type, isSequence: boolean, isUnsafe: boolean, doubts: Doubts): Verdict {
  if (from.length === 0) return 'yes';
  const element = to.kind === 'dynamic' ? unify(from, isUnsafe, doubts) : to;
  if (element === undefined || (isSequence && to.kind === 'dynamic' && isMixed(element, from))) return 'no';
  return worst(from.map((type) => canConvert(type, element, isUnsafe, doubts)));
}

function toObject(
  from: Type,
  attributes: ReadonlyMap<string, Type>,
  optional: Optional | undefined,
  recur: (from: Type, to: Type) => Verdict,
  isUnsafe: boolean,
): Verdict {
  const isOptional = (name: string): boolean => optional?.has(name) === true;
  if (from.kind === 'map' && isUnsafe) {
    return worst([...attributes].map(([name, type]) => (isOptional(name) ? 'yes' : recur(from.of, type))));
  }
  if (from.kind !== 'object') return 'no';
  return worst(
    [...attributes].map(([name, type]) => {
      const inner = from.attributes.get(name);
      return inner === undefined ? (isOptional(name) ? 'yes' : 'no') : recur(inner, type);
    }),
  );
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('maybe') ? 'maybe' : 'yes';
}
