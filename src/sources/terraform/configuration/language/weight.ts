import type { Budget } from './doubts.ts';
import { Exhausted } from './refusal.ts';
import type { Type, Value } from './value.ts';

/** Nodes that one value may have; far above what configurations do. */
const LARGEST = 200_000;

/** Code units of a text that weigh as much as a node: both take about as long. */
const UNITS_OF_NODE = 16;

/** Of what was gone through once: parts are shared, so that each is only looked at when it is new. */
const weights = new WeakMap<Value, number>();
const typeWeights = new WeakMap<Type, number>();

/**
 * The same value without parts that are still to be worked out, and small enough to be gone through: parts may be shared,
 * and forty lists that each hold the one before twice have more nodes than anyone can visit. What holds other values is
 * settled where it is made, so that no walk needs to fear what it meets. Throws Exhausted for what is too large.
 */
export function settled(value: Value, budget: Budget): Value {
  return weights.has(value) ? value : weigh(value, budget).value;
}

/** Spends what it takes to go through a value once, the types in it too. Throws Exhausted when that is not left. */
export function spendOn(value: Value, budget: Budget): void {
  budget.spend(weights.get(value) ?? weigh(value, budget).weight);
}

interface Weighed {
  readonly value: Value;
  readonly weight: number;
}

function weigh(value: Value, budget: Budget): Weighed {
  switch (value.kind) {
    case 'string':
      return { value, weight: 1 + value.value.length / UNITS_OF_NODE };
    case 'null':
    case 'unknown':
      return { value, weight: checked(1 + typeWeightIn(value.type)) };
    case 'list':
    case 'set':
    case 'tuple': {
      const { parts, weight } = weighAll(value.elements, budget);
      const isSame = parts.every((part, at) => part === value.elements[at]);
      return noted(isSame ? value : { ...value, elements: parts }, weight, 'of' in value ? value.of : undefined);
    }
    case 'map':
    case 'object': {
      const entries = value.entries instanceof Map ? value.entries : workedOut(value.entries, budget);
      const { parts, weight } = weighAll(entries.values(), budget);
      const names = [...entries.keys()];
      const isSame = entries === value.entries && parts.every((part, at) => part === entries.get(names[at] ?? ''));
      const whole = isSame ? value : { ...value, entries: new Map(parts.map((part, at) => [names[at] ?? '', part])) };
      return noted(whole, weight + names.length, 'of' in value ? value.of : undefined);
    }
    default:
      return { value, weight: 1 };
  }
}

/** Steps that it takes to work out one output of a module, which each time is a value of its own. */
const OUTPUT = 20;

function workedOut(entries: ReadonlyMap<string, Value>, budget: Budget): ReadonlyMap<string, Value> {
  budget.spend(OUTPUT * (1 + entries.size));
  return new Map(entries);
}

function weighAll(
  values: Iterable<Value>,
  budget: Budget,
): { readonly parts: readonly Value[]; readonly weight: number } {
  const parts: Value[] = [];
  let weight = 1;
  for (const value of values) {
    budget.spend(1);
    const known = weights.get(value);
    const part = known === undefined ? weigh(value, budget) : { value, weight: known };
    parts.push(part.value);
    weight = checked(weight + part.weight);
  }
  return { parts, weight };
}

function noted(value: Value, ofParts: number, type: Type | undefined): Weighed {
  const weight = checked(ofParts + typeWeightIn(type));
  weights.set(value, weight);
  return { value, weight };
}

function checked(weight: number): number {
  if (weight > LARGEST) throw new Exhausted('comes to more than a value may hold');
  return weight;
}

const typeWeightIn = (type: Type | undefined): number => (type === undefined ? 0 : typeWeight(type));

/** The same of a type, which has no limit of its own: that of the values that have it is enough. */
export function typeWeight(type: Type): number {
  const known = typeWeights.get(type);
  if (known !== undefined) return known;
  const weight = weighType(type);
  typeWeights.set(type, weight);
  return weight;
}

function weighType(type: Type): number {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return 1 + typeWeight(type.of);
    case 'tuple':
      return type.elements.reduce((sum, element) => sum + typeWeight(element), 1);
    case 'object':
      return [...type.attributes.values()].reduce((sum, attribute) => sum + 1 + typeWeight(attribute), 1);
    default:
      return 1;
  }
}
