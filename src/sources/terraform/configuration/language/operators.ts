import { convertTo } from './convert-to.ts';
import type { Doubts } from './doubts.ts';
import { areEqual } from './equality.ts';
import { number, scaled, unscaled } from './number.ts';
import { Refused } from './refusal.ts';
import type { BinaryOperator, UnaryOperator } from './syntax.ts';
import { BOOL, NUMBER } from './type.ts';
import type { Type, Value } from './value.ts';
import { bool, unknown, unknownIn } from './values.ts';

/** `-x` and `!x`. */
export function applyUnary(operator: UnaryOperator, operand: Value, doubts: Doubts): Value {
  const value = operandOf(operand, operator === '-' ? NUMBER : BOOL, doubts);
  if (value.kind === 'number') return number(-value.value);
  return value.kind === 'bool' ? bool(!value.value) : value;
}

/** The operators between two values; both are looked at whatever the first is, as in Terraform 1.11. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value, doubts: Doubts): Value {
  if (operator === '==' || operator === '!=') return compare(left, right, operator === '==', doubts);
  const type = operator === '&&' || operator === '||' ? BOOL : NUMBER;
  const a = operandOf(left, type, doubts);
  const b = operandOf(right, type, doubts);
  if (a.kind === 'bool' && b.kind === 'bool') {
    return bool(operator === '&&' ? a.value && b.value : a.value || b.value);
  }
  if (a.kind === 'number' && b.kind === 'number') return calculate(operator, a.value, b.value, doubts);
  const { reason } = unknownIn(a) ?? unknownIn(b) ?? unknown('an operand is not known');
  return unknown(reason, COMPARISONS.has(operator) || type === BOOL ? BOOL : NUMBER);
}

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['<', '<=', '>', '>=']);

function operandOf(value: Value, type: Type, doubts: Doubts): Value {
  const converted = convertTo(value, type, doubts);
  if (converted.kind === 'null') throw new Refused('an operand is null');
  if (converted.kind === 'unknown') doubts.note(converted.reason);
  return converted;
}

function compare(left: Value, right: Value, isWanted: boolean, doubts: Doubts): Value {
  const equal = areEqual(left, right, doubts);
  if (equal !== undefined) return bool(equal === isWanted);
  return unknown((unknownIn(left) ?? unknownIn(right))?.reason ?? 'the types compared are not all known', BOOL);
}

function calculate(operator: BinaryOperator, a: number, b: number, doubts: Doubts): Value {
  switch (operator) {
    case '<':
      return bool(a < b);
    case '<=':
      return bool(a <= b);
    case '>':
      return bool(a > b);
    case '>=':
      return bool(a >= b);
    case '+':
      return number(unscaled(scaled(a) + scaled(b)));
    case '-':
      return number(unscaled(scaled(a) - scaled(b)));
    case '*':
      return multiply(a, b);
    case '/':
      return divide(a, b, doubts);
    default:
      return modulo(a, b);
  }
}

const ONE = scaled(1);

/** Zero from a negative number is -0 in Terraform, and has its own text. */
function multiply(a: number, b: number): Value {
  const units = scaled(a) * scaled(b);
  if (units === 0n) return number(a < 0 || b < 0 ? undefined : 0);
  return number(units % ONE === 0n ? unscaled(units / ONE) : undefined);
}

/** By zero it is infinite, which no number here is; zero by zero is refused. */
function divide(a: number, b: number, doubts: Doubts): Value {
  if (b === 0) return doubts.unsure('a number is divided by zero', NUMBER);
  const units = scaled(a) * ONE;
  if (units === 0n) return number(b < 0 ? undefined : 0);
  return number(units % scaled(b) === 0n ? unscaled(units / scaled(b)) : undefined);
}

/** The rest has the sign of the dividend, and by zero all of it is left (zclconf/go-cty, Modulo). */
function modulo(a: number, b: number): Value {
  if (b === 0) return number(a);
  const units = scaled(a) % scaled(b);
  return number(units === 0n && a < 0 ? undefined : unscaled(units));
}
