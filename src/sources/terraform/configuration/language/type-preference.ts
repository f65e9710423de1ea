import { isPrimitive } from './type.ts';
import type { Type } from './value.ts';

/**
 * Which of two types to prefer as the common one: negative for the first, 0 when neither is more general. Text over
 * other primitives, list over tuple, map over object, and these over set (zclconf/go-cty, cty/convert/compare_types.go).
 */
export function compareTypes(a: Type, b: Type): number {
  if (a.kind === 'dynamic' || b.kind === 'dynamic') return Number(a.kind === 'dynamic') - Number(b.kind === 'dynamic');
  if (isPrimitive(a) && isPrimitive(b)) return Number(a.kind !== 'string') - Number(b.kind !== 'string');
  if (isCollection(a) && a.kind === b.kind) return compareTypes(a.of, b.of);
  if (a.kind === 'object' && b.kind === 'object') return compareObjects(a.attributes, b.attributes);
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.elements.length === b.elements.length ? compareAll(a.elements, b.elements) : 0;
  }
  return Number(isOver(b, a)) - Number(isOver(a, b));
}

type Collection = Extract<Type, { of: Type }>;

const isCollection = (type: Type): type is Collection =>
  type.kind === 'list' || type.kind === 'set' || type.kind === 'map';

const OVER: readonly string[] = ['list tuple', 'map object', 'tuple set', 'list set'];

const isOver = (a: Type, b: Type): boolean => OVER.includes(`${a.kind} ${b.kind}`);

function compareObjects(a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): number {
  const others: Type[] = [];
  for (const name of a.keys()) {
    const other = b.get(name);
    if (other === undefined) return 0;
    others.push(other);
  }
  return a.size === b.size ? compareAll([...a.values()], others) : 0;
}

function compareAll(a: readonly Type[], b: readonly Type[]): number {
  const orders = a.map((type, at) => compareTypes(type, b[at] ?? type));
  const isFirst = orders.some((order) => order < 0);
  const isSecond = orders.some((order) => order > 0);
  return Number(isSecond) - Number(isFirst);
}
