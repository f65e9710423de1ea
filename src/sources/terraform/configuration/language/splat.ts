import { Doubts } from './doubts.ts';
import type { Environment } from './environment.ts';
import { Refused } from './refusal.ts';
import type { Splat } from './syntax.ts';
import { sameType, typeOf, UNDETERMINED } from './type.ts';
import type { Type, UnknownValue, Value } from './value.ts';
import { list, tuple, unknown } from './values.ts';
import { spendOn } from './weight.ts';

/**
 * `source[*]…` and `source.*…`: of a list or set a list, of a tuple a tuple; anything else is its own only element, and
 * null none (hashicorp/hcl v2.23, hclsyntax/expression.go, SplatExpr).
 */
export function evaluateSplat(node: Splat, environment: Environment): Value {
  const source = environment.evaluate(node.source, environment);
  const each = (item: Value): Value => environment.evaluate(node.each, { ...environment, item });
  switch (source.kind) {
    case 'unknown':
      for (const item of itemsOf(source)) tryOn(node, item, environment);
      return environment.doubts.unsure(source.reason);
    case 'null':
      return ofNull(source.type);
    case 'tuple':
      return tuple(source.elements.map(each));
    case 'list':
    case 'set': {
      spendOn(source, environment.doubts.budget);
      const type = typeOf(source);
      const of = 'of' in type ? type.of : UNDETERMINED;
      return source.elements.length === 0
        ? list([], emptyOf(node, of, environment))
        : listOf(source.elements.map(each));
    }
    default:
      return tuple([each(source)]);
  }
}

function ofNull(type: Type | undefined): Value {
  if (type?.kind === 'list' || type?.kind === 'set' || type?.kind === 'tuple') throw new Refused('a list is null');
  return type?.kind === 'undetermined' ? unknown('the type of a null is not known') : tuple([]);
}

/** Of what is not known, but its type is, Terraform tries what follows on one element of each type. */
function itemsOf(source: UnknownValue): readonly Value[] {
  const { type, reason } = source;
  if (type === undefined) return [];
  if (type.kind === 'tuple') return type.elements.map((element) => unknown(reason, element));
  return type.kind === 'list' || type.kind === 'set' ? [unknown(reason, type.of)] : [source];
}

function tryOn(node: Splat, item: Value, environment: Environment): Value {
  const doubts = new Doubts(environment.doubts.budget);
  return environment.evaluate(node.each, { ...environment, doubts, item });
}

/** With no elements Terraform still tries what follows on one that is not known, and refuses what cannot be. */
function emptyOf(node: Splat, of: Type, environment: Environment): Type {
  const value = tryOn(node, unknown('an element of an empty list', of), environment);
  if (node.each.kind !== 'item' && of.kind === 'undetermined')
    environment.doubts.note('the type of an empty list is not known');
  return node.each.kind === 'item' ? of : typeOf(value);
}

function listOf(elements: readonly Value[]): Value {
  const types = elements.map(typeOf);
  const [first = UNDETERMINED] = types;
  return list(elements, types.every((type) => sameType(type, first)) ? first : UNDETERMINED);
}
