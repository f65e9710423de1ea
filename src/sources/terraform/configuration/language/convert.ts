import { convertTo } from './convert-to.ts';
import { withDefaults } from './defaults.ts';
import { Budget, Doubts } from './doubts.ts';
import { Refused, whyGivenUp } from './refusal.ts';
import type { Type, Value } from './value.ts';
import { unknown } from './values.ts';
import { settled } from './weight.ts';

/**
 * A variable's value as its type makes it: defaults of optional attributes filled in, then converted. Unknown with the
 * reason where Terraform would refuse the value, or where that is not certain. Never throws, and spends no more than is
 * left of `total`.
 */
export function convert(value: Value, type: Type, total?: Budget): Value {
  const doubts = new Doubts(new Budget(total));
  try {
    const { budget } = doubts;
    return settled(convertTo(withDefaults(settled(value, budget), type, doubts), type, doubts), budget);
  } catch (error) {
    if (error instanceof Refused) return unknown(`Terraform would refuse it: ${error.message}`);
    const why = whyGivenUp(error);
    if (why === undefined) throw error;
    return unknown(`it ${why}`);
  }
}
