import { convertTo } from '../convert-to.ts';
import type { Doubts } from '../doubts.ts';
import { number, scaled, unscaled } from '../number.ts';
import { NUMBER } from '../type.ts';
import type { Value } from '../value.ts';
import { list, unknown } from '../values.ts';
import { ANY, type Fn, type Functions, numberOf, refuse, sequenceOf, WHOLE, wholeOf } from './function.ts';

const LIST_OF_NUMBERS = { kind: 'list', of: NUMBER } as const;

/** As `range` has it (zclconf/go-cty v1.16, cty/function/stdlib/sequence.go). */
const MOST_IN_RANGE = 1024;

const least = (pick: (a: number, b: number) => number): Fn => ({
  parameters: [],
  rest: WHOLE,
  returns: NUMBER,
  run: (values) =>
    values.length === 0 ? refuse('a number is needed') : number(values.map(numberOf).reduce((a, b) => pick(a, b))),
});

/** Of fractions Go writes the result over the argument, so that other uses of it may change: only whole numbers. */
const rounded: Fn = {
  parameters: [WHOLE],
  returns: NUMBER,
  run: ([value]) =>
    Number.isInteger(numberOf(value)) ? number(numberOf(value)) : unknown('a fraction is rounded', NUMBER),
};

/** The functions of numbers (zclconf/go-cty v1.16, cty/function/stdlib/number.go). */
export const NUMBER_FUNCTIONS: Functions = {
  min: least(Math.min),
  max: least(Math.max),
  ceil: rounded,
  floor: rounded,
  abs: { parameters: [WHOLE], returns: NUMBER, run: ([value]) => number(Math.abs(numberOf(value))) },
  signum: { parameters: [WHOLE], returns: NUMBER, run: ([value]) => number(Math.sign(wholeOf(value))) },
  sum: {
    parameters: [ANY],
    returns: NUMBER,
    run: ([values], doubts) => {
      const all = sequenceOf(values);
      if (all.length === 0) refuse('there is nothing to add');
      const numbers = all.map((value) =>
        value.kind === 'null' ? refuse('null is no number') : convertTo(value, NUMBER, doubts),
      );
      if (numbers.some(({ kind }) => kind !== 'number')) return doubts.unsure('a number is not known', NUMBER);
      return number(unscaled(numbers.reduce((sum, value) => sum + scaled(numberOf(value)), 0n)));
    },
  },
  range: {
    parameters: [],
    rest: WHOLE,
    returns: LIST_OF_NUMBERS,
    run: (values, doubts) => range(values.map(numberOf), doubts),
  },
};

function range(values: readonly number[], doubts: Doubts): Value {
  const [first = 0, second, third] = values;
  if (values.length < 1 || values.length > 3) return refuse('range takes one to three numbers');
  const start = second === undefined ? 0 : first;
  const end = second ?? first;
  const step = third ?? (end < start ? -1 : 1);
  if (start === end) return list([], NUMBER);
  if (step === 0) return refuse('a step is zero');
  if (step < 0 ? end > start : end < start) return refuse('a range goes the other way');
  const numbers: Value[] = [];
  for (let at = scaled(start); step < 0 ? at > scaled(end) : at < scaled(end); at += scaled(step)) {
    if (numbers.length >= MOST_IN_RANGE) return refuse('a range is too long');
    doubts.budget.spend(1);
    numbers.push(number(unscaled(at)));
  }
  return list(numbers, NUMBER);
}
