import type { Doubts } from './doubts.ts';
import { DYNAMIC, isPrimitive, STRING, sameType, UNDETERMINED } from './type.ts';
import { compareTypes } from './type-preference.ts';
import type { Optional, Type } from './value.ts';

type Answer = Type | undefined;

/**
 * The one type that values of all these types convert to; undefined when there is none, `undetermined` when that depends
 * on a type nobody here knows. `isUnsafe` allows conversions that look at the value, text to number (zclconf/go-cty
 * v1.16, cty/convert/unify.go).
 */
export function unify(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
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

function unifyElements(
  kind: 'list' | 'set' | 'map',
  types: readonly Type[],
  isUnsafe: boolean,
  doubts: Doubts,
): Answer {
  const elements = types.flatMap((type) => (type.kind === kind ? [type.of] : []));
  return collection(kind, unify(elements, isUnsafe, doubts));
}

function unifyObjects(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const objects = types.flatMap((type) => (type.kind === 'object' ? [type.attributes] : []));
  const [first] = objects;
  if (first === undefined) return undefined;
  const isOneShape = objects.every(
    (object) => object.size === first.size && [...object.keys()].every((key) => first.has(key)),
  );
  if (!isOneShape)
    return collection(
      'map',
      unifyIfAny(
        objects.flatMap((object) => [...object.values()]),
        isUnsafe,
        doubts,
      ),
    );
  const attributes = new Map<string, Type>();
  for (const name of first.keys()) {
    const attribute = unify(
      objects.map((object) => object.get(name) ?? UNDETERMINED),
      isUnsafe,
      doubts,
    );
    if (attribute === undefined) return undefined;
    attributes.set(name, attribute);
  }
  return { kind: 'object', attributes };
}

function unifyTuples(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const tuples = types.flatMap((type) => (type.kind === 'tuple' ? [type.elements] : []));
  const [first] = tuples;
  if (first === undefined) return undefined;
  const isOneShape = tuples.every((elements) => elements.length === first.length);
  if (!isOneShape) return collection('list', unifyIfAny(tuples.flat(), isUnsafe, doubts));
  const elements: Type[] = [];
  for (let at = 0; at < first.length; at += 1) {
    const element = unify(
      tuples.map((tuple) => tuple[at] ?? UNDETERMINED),
      isUnsafe,
      doubts,
    );
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return { kind: 'tuple', elements };
}

/** Objects are often maps, and tuples lists, that were only written so. */
function unifyAs(kind: 'map' | 'list', types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  const structure = kind === 'map' ? 'object' : 'tuple';
  const inner = types.flatMap((type) => {
    if (type.kind === 'object' && structure === 'object') return [...type.attributes.values()];
    return type.kind === 'tuple' && structure === 'tuple' ? type.elements : [];
  });
  const as = collection(kind, unifyIfAny(inner, isUnsafe, doubts));
  if (as === undefined) return undefined;
  const unified = unify(
    types.map((type) => (type.kind === structure ? as : type)),
    isUnsafe,
    doubts,
  );
  return unified?.kind === kind || unified?.kind === 'undetermined' ? unified : undefined;
}

const unifyIfAny = (types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer =>
  types.length === 0 ? undefined : unify(types, isUnsafe, doubts);

const collection = (kind: 'list' | 'set' | 'map', of: Answer): Answer => (of === undefined ? undefined : { kind, of });

/** The most general of the types themselves that all others convert to. */
function preferred(types: readonly Type[], isUnsafe: boolean, doubts: Doubts): Answer {
  for (const wanted of byGenerality(types)) {
    const answers = types.map((type) => (sameType(type, wanted) ? 'yes' : canConvert(type, wanted, isUnsafe, doubts)));
    if (answers.includes('no')) continue;
    if (!answers.includes('maybe')) return wanted;
    doubts.note('the types are not all known');
    return UNDETERMINED;
  }
  return undefined;
}

/** Most general first; those that cannot be compared keep their order. */
function byGenerality(types: readonly Type[]): readonly Type[] {
  const distinct = types.filter((type, at) => types.findIndex((other) => sameType(type, other)) === at);
  const after = distinct.map((a) => distinct.filter((b) => compareTypes(a, b) < 0));
  const blockers = new Map(distinct.map((type) => [type, after.filter((those) => those.includes(type)).length]));
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

type Verdict = 'yes' | 'no' | 'maybe';

/** Whether values of one type convert to another, as far as the types tell (cty/convert/conversion.go). */
export function canConvert(from: Type, to: Type, isUnsafe: boolean, doubts: Doubts): Verdict {
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
      if (from.kind === 'tuple') return toElements(from.elements, to.of, isUnsafe, doubts);
      if (from.kind === 'set' || (from.kind === 'list' && (to.kind === 'list' || isUnsafe)))
        return recur(from.of, to.of);
      return 'no';
    case 'map':
      if (from.kind === 'object') return toElements([...from.attributes.values()], to.of, isUnsafe, doubts);
      return from.kind === 'map' ? recur(from.of, to.of) : 'no';
    case 'tuple':
      if (from.kind !== 'tuple' || from.elements.length !== to.elements.length) return 'no';
      return worst(to.elements.map((element, at) => recur(from.elements[at] ?? UNDETERMINED, element)));
    case 'object':
      return toObject(from, to.attributes, to.optional, recur, isUnsafe);
  }
}

function toElements(from: readonly Type[], to: Type, isUnsafe: boolean, doubts: Doubts): Verdict {
  if (from.length === 0) return 'yes';
  const element = to.kind === 'dynamic' ? unify(from, isUnsafe, doubts) : to;
  if (element === undefined) return 'no';
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
