import { convertTo } from './convert-to.ts';
import { withDefaults } from './defaults.ts';
import { Budget, Doubts } from './doubts.ts';
import { Exhausted, Refused } from './refusal.ts';
import type { Type, Value } from './value.ts';
import { unknown } from './values.ts';

/**
 * A variable's value as its type makes it: defaults of optional attributes filled in, then converted. Unknown with the
 * reason where Terraform would refuse the value, or where that is not certain. Never throws.
 */
export function convert(value: Value, type: Type): Value {
  const doubts = new Doubts(new Budget());
  try {
    return convertTo(withDefaults(value, type, doubts), type, doubts);
  } catch (error) {
    if (error instanceof Refused) return unknown(`Terraform would refuse it: ${error.message}`);
    if (error instanceof Exhausted || error instanceof RangeError)
      return unknown('it takes more work than is given to a value');
    throw error;
  }
}
