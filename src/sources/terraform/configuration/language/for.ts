import { convertTo } from './convert-to.ts';
import { Doubts } from './doubts.ts';
import { type Environment, withVariable } from './environment.ts';
import { Refused } from './refusal.ts';
import type { For } from './syntax.ts';
import { BOOL, STRING } from './type.ts';
import type { Type, Value } from './value.ts';
import { object, text, tuple, unknown } from './values.ts';

/** `[for …]` and `{for …}` (hashicorp/hcl v2.23, hclsyntax/expression.go, ForExpr). */
export function evaluateFor(node: For, environment: Environment): Value {
  const { doubts } = environment;
  const collection = environment.evaluate(node.collection, environment);
  if (collection.kind === 'unknown') return doubts.unsure(collection.reason);
  const elements = elementsOf(collection);
  checkCondition(node, environment, elements.length === 0);
  const made: Made[] = [];
  let open: string | undefined;
  for (const [key, value] of elements) {
    const visited = visit(node, bind(node, environment, key, value), open !== undefined);
    if (typeof visited === 'string') open ??= visited;
    else if (visited !== undefined) made.push(visited);
  }
  const result = resultOf(node, made);
  return open === undefined ? result : doubts.unsure(open);
}

function resultOf(node: For, made: readonly Made[]): Value {
  if (node.key === undefined) return tuple(made.map(({ value }) => value));
  return node.isGrouped ? group(made) : distinct(made);
}

interface Made {
  readonly key: string;
  readonly value: Value;
}

function elementsOf(collection: Value): readonly (readonly [Value, Value])[] {
  switch (collection.kind) {
    case 'list':
    case 'tuple':
      return collection.elements.map((element, index) => [{ kind: 'number', value: index }, element] as const);
    case 'set':
      return collection.elements.map((element) => [element, element] as const);
    case 'map':
    case 'object':
      return [...collection.entries].map(([key, element]) => [text(key), element] as const);
    default:
      throw new Refused(`a ${collection.kind} has no elements`);
  }
}

function bind(node: For, environment: Environment, key: Value, value: Value): Environment {
  const outer = node.keyName === undefined ? environment : withVariable(environment, node.keyName, key);
  return withVariable(outer, node.valueName, value);
}

/** Terraform tries the condition on an unknown element first, and refuses it even where there are no elements. */
function checkCondition(node: For, environment: Environment, isEmpty: boolean): void {
  if (node.condition === undefined) return;
  const doubts = new Doubts(environment.doubts.budget);
  const element = unknown('an element that is not known yet');
  const trial = environment.evaluate(node.condition, bind(node, { ...environment, doubts }, element, element));
  includes(trial, doubts);
  if (isEmpty && doubts.first !== undefined) environment.doubts.note(doubts.first);
}

function includes(condition: Value, doubts: Doubts): Value {
  if (condition.kind === 'null') throw new Refused('the condition of a for expression is null');
  return convertTo(condition, BOOL, doubts);
}

/**
 * What one element comes to; undefined when the condition leaves it out, a reason when that is open. Once it is for one
 * element, conditions and keys of the others may be wrong without being refused.
 */
function visit(node: For, environment: Environment, isLenient: boolean): Made | string | undefined {
  const { doubts } = environment;
  const accept = (value: Value, type: Type): Value => {
    try {
      if (value.kind === 'null') throw new Refused('a key or condition of a for expression is null');
      return value.kind === 'unknown' ? value : convertTo(value, type, doubts);
    } catch (error) {
      if (isLenient && error instanceof Refused) return doubts.unsure(error.message);
      throw error;
    }
  };
  if (node.condition !== undefined) {
    const isIn = accept(environment.evaluate(node.condition, environment), BOOL);
    if (isIn.kind !== 'bool') return open(isIn, doubts);
    if (!isIn.value) return undefined;
  }
  if (node.key === undefined) return { key: '', value: environment.evaluate(node.value, environment) };
  const name = accept(environment.evaluate(node.key, environment), STRING);
  if (name.kind !== 'string') return open(name, doubts);
  return { key: name.value, value: environment.evaluate(node.value, environment) };
}

function open(value: Value, doubts: Doubts): string {
  const reason = value.kind === 'unknown' ? value.reason : 'a part is not known';
  doubts.note(reason);
  return reason;
}

function distinct(made: readonly Made[]): Value {
  const entries = new Map(made.map(({ key, value }) => [key, value] as const));
  if (entries.size < made.length) throw new Refused('two elements have one key');
  return object(entries);
}

function group(made: readonly Made[]): Value {
  const groups = new Map<string, Value[]>();
  for (const { key, value } of made) {
    const members = groups.get(key) ?? [];
    members.push(value);
    groups.set(key, members);
  }
  return object([...groups].map(([key, members]) => [key, tuple(members)] as const));
}
