import { convertTo } from './convert-to.ts';
import { Doubts } from './doubts.ts';
import type { Environment } from './environment.ts';
import type { Fn, Parameter } from './functions/function.ts';
import { FUNCTIONS } from './functions/registry.ts';
import { Refused } from './refusal.ts';
import type { Call, Node } from './syntax.ts';
import type { Value } from './value.ts';
import { FALSE, TRUE, unknownIn } from './values.ts';
import { settled, spendOn } from './weight.ts';

/** A call of a function (hashicorp/hcl v2.23, hclsyntax/expression.go, FunctionCallExpr; go-cty, cty/function). */
export function evaluateCall(node: Call, environment: Environment): Value {
  const name = node.name.startsWith('core::') ? node.name.slice('core::'.length) : node.name;
  if (name === 'try' && !node.isExpanded) return evaluateTry(node.arguments, environment);
  if (name === 'can' && !node.isExpanded) return evaluateCan(node.arguments, environment);
  const { doubts } = environment;
  const values = argumentsOf(node, environment);
  const fn = FUNCTIONS.get(name);
  if (fn === undefined) return doubts.unsure(`${name} is not evaluated here`);
  if (values === undefined) return doubts.unsure('the arguments of a function are not known');
  return apply(fn, values, doubts);
}

/** The values of the arguments, those of an expanded last one among them; undefined when nobody knows how many. */
function argumentsOf(node: Call, environment: Environment): readonly Value[] | undefined {
  const values = node.arguments.map((argument) =>
    settled(environment.evaluate(argument, environment), environment.doubts.budget),
  );
  const last = values.at(-1);
  if (!node.isExpanded || last === undefined) return values;
  if (last.kind === 'unknown') return undefined;
  if (!('elements' in last)) throw new Refused('what is expanded is no list');
  environment.doubts.budget.spend(last.elements.length);
  return [...values.slice(0, -1), ...last.elements];
}

/** Counts, converts and looks through the arguments as Terraform does before any function sees them. */
function apply(fn: Fn, values: readonly Value[], doubts: Doubts): Value {
  const { parameters, rest } = fn;
  if (values.length < parameters.length || (rest === undefined && values.length > parameters.length)) {
    throw new Refused('a function has too few or too many arguments');
  }
  const parameterAt = (at: number): Parameter | undefined => parameters[at] ?? rest;
  const converted = values.map((value, at) => {
    const parameter = parameterAt(at);
    return parameter === undefined ? value : convertTo(value, parameter.type, doubts);
  });
  for (const value of converted) spendOn(value, doubts.budget);
  let open: string | undefined;
  for (const [at, value] of converted.entries()) {
    const parameter = parameterAt(at);
    if (value.kind === 'null' && !parameter?.isNullable && open === undefined) throw new Refused('an argument is null');
    if (value.kind === 'null' && !parameter?.isNullable) return doubts.unsure('an argument is null', fn.returns);
    open ??= openReason(value, parameter);
  }
  if (open === undefined) return fn.run(converted, doubts);
  return doubts.unsure(open, converted.some(isUntyped) ? undefined : fn.returns);
}

/** Of an argument without a type Terraform does not even say which type the result has. */
const isUntyped = (value: Value): boolean =>
  (value.kind === 'unknown' || value.kind === 'null') && value.type === undefined;

function openReason(value: Value, parameter: Parameter | undefined): string | undefined {
  if (parameter?.open === 'whole') return undefined;
  if (parameter?.open === 'inside') return value.kind === 'unknown' ? value.reason : undefined;
  return unknownIn(value)?.reason;
}

/** The first argument that Terraform does not refuse; Unknown as soon as that is not certain. */
function evaluateTry(nodes: readonly Node[], environment: Environment): Value {
  for (const node of nodes) {
    const attempt = attemptOf(node, environment);
    if (attempt === 'refused') continue;
    return attempt.doubt === undefined ? attempt.value : environment.doubts.unsure(attempt.doubt);
  }
  throw new Refused('try has no argument that succeeds');
}

function evaluateCan(nodes: readonly Node[], environment: Environment): Value {
  const [node, ...more] = nodes;
  if (node === undefined || more.length > 0) throw new Refused('can takes one argument');
  const attempt = attemptOf(node, environment);
  if (attempt === 'refused') return FALSE;
  return attempt.doubt === undefined ? TRUE : environment.doubts.unsure(attempt.doubt, { kind: 'bool' });
}

/** What an argument comes to when it stands by itself; a value with an Unknown anywhere in it is in doubt. */
function attemptOf(
  node: Node,
  environment: Environment,
): { readonly value: Value; readonly doubt: string | undefined } | 'refused' {
  const doubts = new Doubts(environment.doubts.budget);
  try {
    const value = settled(environment.evaluate(node, { ...environment, doubts }), doubts.budget);
    spendOn(value, doubts.budget);
    return { value, doubt: doubts.first ?? unknownIn(value)?.reason };
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
}
