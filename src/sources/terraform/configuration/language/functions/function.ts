import type { Doubts } from '../doubts.ts';
import { Refused } from '../refusal.ts';
import { BOOL, DYNAMIC, NUMBER, STRING } from '../type.ts';
import type { Type, Value } from '../value.ts';

/** What a function takes in one place; Terraform converts the argument to the type before the call. */
export interface Parameter {
  readonly type: Type;
  readonly isNullable?: boolean;
  /** Which Unknowns the function itself knows what to do with: those within the argument, or the argument too. */
  readonly open?: 'inside' | 'whole';
}

/** A function, for arguments that were counted, converted and looked through for nulls and Unknowns. */
export interface Fn {
  readonly parameters: readonly Parameter[];
  /** What any further arguments are. */
  readonly rest?: Parameter;
  /** The type of the result, where that does not depend on the arguments. */
  readonly returns?: Type;
  readonly run: (values: readonly Value[], doubts: Doubts) => Value;
}

/** By their names in Terraform. */
export type Functions = Readonly<Record<string, Fn>>;

/** Parameters by what Terraform converts their arguments to; OPEN takes values that are known in part. */
export const TEXT: Parameter = { type: STRING };
export const WHOLE: Parameter = { type: NUMBER };
export const ANY: Parameter = { type: DYNAMIC };
export const OPEN: Parameter = { type: DYNAMIC, open: 'inside' };
export const TEXTS: Parameter = { type: { kind: 'list', of: STRING } };
export const FLAGS: Parameter = { type: { kind: 'list', of: BOOL } };

/** A function of texts alone. */
export const ofTexts = (count: number, returns: Type, run: (...texts: readonly string[]) => Value): Fn => ({
  parameters: Array.from({ length: count }, () => TEXT),
  returns,
  run: (values) => run(...values.map(textOf)),
});

/** The text of an argument that was converted to one. */
export function textOf(value: Value | undefined): string {
  if (value?.kind !== 'string') throw new TypeError('an argument was not converted to text');
  return value.value;
}

/** The number of an argument that was converted to one. */
export function numberOf(value: Value | undefined): number {
  if (value?.kind !== 'number') throw new TypeError('an argument was not converted to a number');
  return value.value;
}

/** As `numberOf`; functions that count refuse fractions. */
export function wholeOf(value: Value | undefined): number {
  const found = numberOf(value);
  return Number.isInteger(found) ? found : refuse('a whole number is needed');
}

/** The elements of a list, set or tuple; anything else is refused. */
export function sequenceOf(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list' || value?.kind === 'set' || value?.kind === 'tuple') return value.elements;
  return refuse('a list is needed');
}

/** The elements of a list or tuple; sets have no order and are refused. */
export const orderedOf = (value: Value | undefined): readonly Value[] =>
  value?.kind === 'set' ? refuse('a list is needed') : sequenceOf(value);

/** Throws what Terraform is certain to refuse: `try` and `can` may decide on it. */
export function refuse(reason: string): never {
  throw new Refused(reason);
}
