import { convertTo } from './convert-to.ts';
import { Budget, Doubts } from './doubts.ts';
import { outcomeOf } from './evaluate.ts';
import { parseExpression } from './parse.ts';
import { Refused, whyGivenUp } from './refusal.ts';
import type { Expression, Item, Node, Parsed } from './syntax.ts';
import { BOOL, DYNAMIC, NUMBER, STRING } from './type.ts';
import type { Type, Value } from './value.ts';
import { unknown } from './values.ts';

/** What the `type` of a variable says: a type, with its optional attributes and their defaults. */
export type TypeConstraint = Type;

/** Reads a type constraint (Terraform language, "Type Constraints"; hashicorp/hcl v2.23, ext/typeexpr/get_type.go). */
export function parseType(text: string, at: { readonly line: number } = { line: 1 }): Parsed<TypeConstraint> {
  const parsed = parseExpression(text, at);
  if (!parsed.ok) return parsed;
  const type = typeFrom(parsed.value.root, parsed.value, true);
  return type === undefined ? { ok: false, line: at.line, reason: 'it is no type' } : { ok: true, value: type };
}

const KEYWORDS: ReadonlyMap<string, Type> = new Map([
  ['string', STRING],
  ['number', NUMBER],
  ['bool', BOOL],
  ['any', DYNAMIC],
]);

/** `type = list` and `type = map` by themselves still mean elements of any type (internal/configs/named_values.go). */
const BARE: ReadonlyMap<string, Type> = new Map([
  ['list', { kind: 'list', of: DYNAMIC }],
  ['map', { kind: 'map', of: DYNAMIC }],
]);

function typeFrom(node: Node, whole: Expression, isWhole = false): Type | undefined {
  if (node.kind === 'name') return KEYWORDS.get(node.name) ?? (isWhole ? BARE.get(node.name) : undefined);
  if (node.kind !== 'call' || node.isExpanded || node.arguments.length !== 1) return undefined;
  const [argument] = node.arguments;
  if (argument === undefined) return undefined;
  switch (node.name) {
    case 'list':
    case 'set':
    case 'map': {
      const of = typeFrom(argument, whole);
      return of === undefined ? undefined : { kind: node.name, of };
    }
    case 'tuple':
      return argument.kind === 'tuple' ? tupleFrom(argument.elements, whole) : undefined;
    case 'object':
      return argument.kind === 'object' ? objectFrom(argument.items, whole) : undefined;
    default:
      return undefined;
  }
}

function tupleFrom(nodes: readonly Node[], whole: Expression): Type | undefined {
  const elements: Type[] = [];
  for (const node of nodes) {
    const element = typeFrom(node, whole);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return { kind: 'tuple', elements };
}

function objectFrom(items: readonly Item[], whole: Expression): Type | undefined {
  const attributes = new Map<string, Type>();
  const optional = new Map<string, Value | undefined>();
  for (const { key, value } of items) {
    const name = key.kind === 'literal' && key.value.kind === 'string' ? key.value.value : undefined;
    if (name === undefined || attributes.has(name)) return undefined;
    const attribute = attributeFrom(value, whole);
    if (attribute === undefined) return undefined;
    attributes.set(name, attribute.type);
    if (attribute.isOptional) optional.set(name, attribute.byDefault);
  }
  return optional.size === 0 ? { kind: 'object', attributes } : { kind: 'object', attributes, optional };
}

interface Attribute {
  readonly type: Type;
  readonly isOptional: boolean;
  readonly byDefault: Value | undefined;
}

function attributeFrom(node: Node, whole: Expression): Attribute | undefined {
  if (node.kind !== 'call' || node.name !== 'optional') {
    const type = typeFrom(node, whole);
    return type && { type, isOptional: false, byDefault: undefined };
  }
  const [inner, byDefault, ...more] = node.arguments;
  const type = inner === undefined || more.length > 0 || node.isExpanded ? undefined : typeFrom(inner, whole);
  return type && { type, isOptional: true, byDefault: byDefault && defaultOf(byDefault, type, whole) };
}

/** A default is evaluated without anything to refer to; one that is not of the type is refused with the configuration. */
function defaultOf(node: Node, type: Type, whole: Expression): Value {
  const expression = { text: whole.text.slice(node.start, node.end), root: node, line: whole.line };
  const { value } = outcomeOf(expression, (root, name) => unknown(`${root}.${name} cannot be referred to in a type`));
  try {
    return convertTo(value, type, new Doubts(new Budget()));
  } catch (error) {
    if (error instanceof Refused) return unknown('the default of an optional attribute is not of its type');
    const why = whyGivenUp(error);
    if (why === undefined) throw error;
    return unknown(`the default of an optional attribute ${why}`);
  }
}
