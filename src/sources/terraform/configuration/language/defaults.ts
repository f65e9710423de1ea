import { convertTo } from './convert-to.ts';
import type { Doubts } from './doubts.ts';
import { makeSet } from './set.ts';
import { typeOf } from './type.ts';
import { unify } from './unify.ts';
import type { Type, Value } from './value.ts';
import { list, map, object, tuple } from './values.ts';
import { spendOn } from './weight.ts';

/**
 * A value with the defaults of the optional attributes that it lacks, or has as null, before it is converted
 * (hashicorp/hcl v2.23, ext/typeexpr/defaults.go).
 */
export function withDefaults(value: Value, type: Type, doubts: Doubts): Value {
  doubts.budget.spend(1);
  if (!hasDefaults(type)) return value;
  spendOn(value, doubts.budget);
  switch (value.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return sequence(
        value.kind,
        value.elements.map((element, at) => withDefaults(element, childAt(type, at), doubts)),
        doubts,
      );
    case 'map':
    case 'object':
      return entries(value, type, doubts);
    default:
      return value;
  }
}

const NONE: Type = { kind: 'dynamic' };

const asked = new WeakMap<Type, boolean>();

function hasDefaults(type: Type): boolean {
  const has = asked.get(type) ?? findDefaults(type);
  asked.set(type, has);
  return has;
}

function findDefaults(type: Type): boolean {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return hasDefaults(type.of);
    case 'tuple':
      return type.elements.some(hasDefaults);
    case 'object':
      return (
        [...(type.optional?.values() ?? [])].some((byDefault) => byDefault !== undefined) ||
        [...type.attributes.values()].some(hasDefaults)
      );
    default:
      return false;
  }
}

function childAt(type: Type, at: number): Type {
  if (type.kind === 'tuple') return type.elements[at] ?? NONE;
  return 'of' in type ? type.of : NONE;
}

function childOf(type: Type, name: string): Type {
  if (type.kind === 'object') return type.attributes.get(name) ?? NONE;
  return 'of' in type ? type.of : NONE;
}

function sequence(kind: 'list' | 'set' | 'tuple', elements: readonly Value[], doubts: Doubts): Value {
  const common = kind === 'tuple' || elements.length === 0 ? undefined : unify(elements.map(typeOf), true, doubts);
  if (common === undefined) return kind === 'tuple' || elements.length > 0 ? tuple(elements) : { kind, elements };
  const converted = elements.map((element) => convertTo(element, common, doubts));
  return kind === 'list' ? list(converted, common) : makeSet(converted, common);
}

function entries(value: Extract<Value, { kind: 'map' | 'object' }>, type: Type, doubts: Doubts): Value {
  const made = new Map(
    [...value.entries].map(([name, inner]) => [name, withDefaults(inner, childOf(type, name), doubts)] as const),
  );
  if (type.kind === 'object') addDefaults(made, type, doubts);
  if (value.kind === 'object') return object(made);
  if (made.size === 0) return value;
  const common = unify([...made.values()].map(typeOf), true, doubts);
  if (common === undefined) return object(made);
  return map(
    [...made].map(([name, inner]) => [name, convertTo(inner, common, doubts)] as const),
    common,
  );
}

function addDefaults(made: Map<string, Value>, type: Extract<Type, { kind: 'object' }>, doubts: Doubts): void {
  for (const [name, byDefault] of type.optional ?? []) {
    const isSet = made.has(name) && made.get(name)?.kind !== 'null';
    if (byDefault === undefined || isSet) continue;
    spendOn(byDefault, doubts.budget);
    made.set(name, withDefaults(byDefault, childOf(type, name), doubts));
  }
}
