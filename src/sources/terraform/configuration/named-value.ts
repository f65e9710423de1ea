import type { Value } from './language/value.ts';
import { unknown } from './language/values.ts';

/**
 * What is remembered of a named value. Of an Unknown the innermost reason: what refers to it says which it is, and the way
 * between the two would only hide the cause. What is too large for a key is let go: values that double each other would fill
 * the memory.
 */
export function kept(name: string, value: Value): Value {
  if (value.kind === 'unknown') return unknown(value.reason.split(' is not known: ').at(-1) ?? '', value.type);
  return sizeOf(value) > LARGEST ? unknown(`${name} is too large`) : value;
}

/** Code units of a text or elements of a collection; a key's policy has 32 kB at most (AWS KMS quotas). */
const LARGEST = 128 * 1024;

function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'string':
      return value.value.length;
    case 'list':
    case 'set':
    case 'tuple':
      return value.elements.length;
    case 'map':
    case 'object':
      return value.entries.size;
    default:
      return 0;
  }
}
