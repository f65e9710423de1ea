import { convertTo } from './convert-to.ts';
import { Doubts } from './doubts.ts';
import { type Environment, withVariable } from './environment.ts';
import { Refused } from './refusal.ts';
import type { For } from './syntax.ts';
import { BOOL, STRING } from './type.ts';
import type { Value } from './value.ts';
import { object, text, tuple, unknown } from './values.ts';

/** `[for …]` and `{for …}` (hashicorp/hcl v2.23, hclsyntax/expression.go, ForExpr). */
export function evaluateFor(node: For, environment: Environment): Value {
  const collection = environment.evaluate(node.collection, environment);
  if (collection.kind === 'unknown') return environment.doubts.unsure(collection.reason);
  const elements = elementsOf(collection);
  checkCondition(node, environment, elements.length === 0);
  const visits = elements.map(([key, value]) => visit(node, environment, key, value));
  const open = visits.find((each) => typeof each === 'string');
  const made = visits.filter((each) => typeof each === 'object');
  if (node.key === undefined) return typeof open === 'string' ? unknown(open) : tuple(made.map(({ value }) => value));
  const result = node.isGrouped ? group(made) : distinct(made);
  return typeof open === 'string' ? unknown(open) : result;
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

/** What one element comes to; undefined when the condition leaves it out, a reason when it may or may not. */
function visit(node: For, environment: Environment, key: Value, value: Value): Made | string | undefined {
  const inner = bind(node, environment, key, value);
  const { doubts } = environment;
  if (node.condition !== undefined) {
    const isIn = includes(environment.evaluate(node.condition, inner), doubts);
    if (isIn.kind !== 'bool') return open(isIn, doubts);
    if (!isIn.value) return undefined;
  }
  if (node.key === undefined) return { key: '', value: environment.evaluate(node.value, inner) };
  const rawKey = environment.evaluate(node.key, inner);
  if (rawKey.kind === 'null') throw new Refused('a key is null');
  const name = convertTo(rawKey, STRING, doubts);
  if (name.kind !== 'string') return open(name, doubts);
  return { key: name.value, value: environment.evaluate(node.value, inner) };
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
