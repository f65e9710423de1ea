import { expressionText } from '../expression.ts';
import { attributeOf, elementOf } from './access.ts';
import { evaluateCall } from './call.ts';
import { evaluateConditional } from './conditional.ts';
import { convertTo } from './convert-to.ts';
import { Budget, Doubts } from './doubts.ts';
import { type Environment, lookUp } from './environment.ts';
import { evaluateFor } from './for.ts';
import { applyBinary, applyUnary } from './operators.ts';
import { Refused, whyGivenUp } from './refusal.ts';
import { evaluateSplat } from './splat.ts';
import type { Expression, Node } from './syntax.ts';
import { STRING } from './type.ts';
import type { Scope, Value } from './value.ts';
import { object, text, tuple, unknown } from './values.ts';
import { settled } from './weight.ts';

/** What an expression came to, and how certain that is. */
export interface Outcome {
  readonly value: Value;
  /** Terraform is certain to refuse the expression; the value is Unknown then. */
  readonly isRefused: boolean;
  /** Something in it that Terraform may refuse, although the value does not depend on it. */
  readonly doubt?: string;
}

/**
 * The value that Terraform gives an expression, Unknown for all that is not certain. Never throws, and ends: work beyond a
 * fixed budget, and beyond what is left of `total`, is Unknown too. Semantics: Terraform 1.11, so hashicorp/hcl v2.23 over zclconf/go-cty v1.16.
 */
export const evaluate = (expression: Expression, scope: Scope, total?: Budget): Value =>
  outcomeOf(expression, scope, total).value;

/** What it takes to begin with an expression, in steps: many that are trivial take long too. */
const START = 25;

/** As `evaluate`, and whether Terraform refuses the expression or may. */
export function outcomeOf(expression: Expression, scope: Scope, total?: Budget): Outcome {
  const doubts = new Doubts(new Budget(total));
  const quoted = (): string => quotedText(expression);
  try {
    doubts.budget.spend(START);
    const value = evaluateNode(expression.root, { scope, doubts, source: expression.text, evaluate: evaluateNode });
    const named = nameUnknown(value, quoted);
    return doubts.first === undefined
      ? { value: named, isRefused: false }
      : { value: named, isRefused: false, doubt: doubts.first };
  } catch (error) {
    if (error instanceof Refused)
      return { value: unknown(`Terraform would refuse ${quoted()}: ${error.message}`), isRefused: true };
    const why = whyGivenUp(error);
    if (why === undefined) throw error;
    return { value: unknown(`${quoted()} ${why}`), isRefused: false, doubt: why };
  }
}

const quotedTexts = new WeakMap<Expression, string>();

/** The text of an expression for people: made once, for it may be long and its instances many. */
function quotedText(expression: Expression): string {
  const quoted = quotedTexts.get(expression) ?? expressionText(expression.text);
  quotedTexts.set(expression, quoted);
  return quoted;
}

/** An Unknown of a whole expression says which. */
function nameUnknown(value: Value, quoted: () => string): Value {
  if (value.kind !== 'unknown') return value;
  const text = quoted();
  return value.reason.includes(text) ? value : unknown(`${text} is not known: ${value.reason}`, value.type);
}

/** What these give holds other values. All else hands on what is settled, or the outputs of a module. */
const MAKERS: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'tuple',
  'object',
  'conditional',
  'for',
  'splat',
  'call',
]);

function evaluateNode(node: Node, environment: Environment): Value {
  environment.doubts.budget.spend(1);
  const value = made(node, environment);
  return MAKERS.has(node.kind) ? settled(value, environment.doubts.budget) : value;
}

function made(node: Node, environment: Environment): Value {
  const { doubts } = environment;
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'parentheses':
      return evaluateNode(node.inner, environment);
    case 'template':
      return concatenate(
        node.parts.map((part) => evaluateNode(part, environment)),
        environment,
      );
    case 'join':
      return joined(evaluateNode(node.parts, environment), environment);
    case 'name':
      return lookUp(node.name, environment) ?? doubts.unsure(`${expressionText(node.name)} is no value`);
    case 'item':
      return environment.item ?? doubts.unsure('an element is not known');
    case 'attribute':
      return referTo(node, environment) ?? attributeOf(evaluateNode(node.object, environment), node.name, doubts);
    case 'index':
      return elementOf(evaluateNode(node.collection, environment), evaluateNode(node.key, environment), doubts);
    case 'tuple':
      return tuple(node.elements.map((element) => evaluateNode(element, environment)));
    case 'object':
      return evaluateObject(node, environment);
    case 'unary':
      return applyUnary(node.operator, evaluateNode(node.operand, environment), doubts);
    case 'binary':
      return applyBinary(
        node.operator,
        evaluateNode(node.left, environment),
        evaluateNode(node.right, environment),
        doubts,
      );
    case 'conditional':
      return evaluateConditional(node, environment);
    case 'for':
      return evaluateFor(node, environment);
    case 'splat':
      return evaluateSplat(node, environment);
    case 'call':
      return evaluateCall(node, environment);
  }
}

/** `root.name`, which the scope answers unless a `for` has a variable of that name. */
function referTo(node: Extract<Node, { kind: 'attribute' }>, environment: Environment): Value | undefined {
  if (node.object.kind !== 'name' || lookUp(node.object.name, environment) !== undefined) return undefined;
  return environment.scope(node.object.name, node.name);
}

function evaluateObject(node: Extract<Node, { kind: 'object' }>, environment: Environment): Value {
  const entries: [string, Value][] = [];
  let open: string | undefined;
  for (const item of node.items) {
    const key = evaluateNode(item.key, environment);
    const value = evaluateNode(item.value, environment);
    if (key.kind === 'null') throw new Refused('a key is null');
    const name = convertTo(key, STRING, environment.doubts);
    if (name.kind === 'string') entries.push([name.value, value]);
    else open = name.kind === 'unknown' ? name.reason : 'a key is not known';
  }
  return open === undefined ? object(entries) : environment.doubts.unsure(open);
}

/** The text of a template; null in it is refused. */
function concatenate(parts: readonly Value[], { doubts }: Environment): Value {
  const pieces: string[] = [];
  let open: string | undefined;
  for (const part of parts) {
    const piece = part.kind === 'null' || part.kind === 'unknown' ? part : convertTo(part, STRING, doubts);
    if (piece.kind === 'null') throw new Refused('null stands in a template');
    if (piece.kind === 'string') {
      doubts.budget.spend(piece.value.length);
      pieces.push(piece.value);
    } else open = piece.kind === 'unknown' ? piece.reason : 'a part is not known';
  }
  return open === undefined ? text(pieces.join('')) : doubts.unsure(open, STRING);
}

const joined = (parts: Value, environment: Environment): Value =>
  parts.kind === 'tuple'
    ? concatenate(parts.elements, environment)
    : environment.doubts.unsure('a part is not known', STRING);
