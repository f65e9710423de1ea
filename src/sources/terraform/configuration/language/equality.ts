import type { Doubts } from './doubts.ts';
import { isCertain, mentions, sameType, typeOf } from './type.ts';
import type { Value } from './value.ts';
import { unknownIn } from './values.ts';
import { spendOn } from './weight.ts';

/**
 * Whether Terraform calls two values equal: types first, so 1 and "1" differ; all nulls are equal. Undefined where that is
 * not certain (zclconf/go-cty v1.16, cty/value_ops.go, Equals).
 */
export function areEqual(a: Value, b: Value, doubts: Doubts): boolean | undefined {
  spendOn(a, doubts.budget);
  spendOn(b, doubts.budget);
  if (unknownIn(a) !== undefined || unknownIn(b) !== undefined) return undefined;
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  const first = typeOf(a);
  const second = typeOf(b);
  if (first.kind !== second.kind) return false;
  if (!isCertain(first) || !isCertain(second)) return undefined;
  if (sameType(first, second)) return haveSameContent(a, b);
  return mentions(first, 'dynamic') || mentions(second, 'dynamic') ? undefined : false;
}

/** Whether two known values of one type are the same. */
function haveSameContent(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return 'value' in b && a.value === b.value;
    case 'list':
    case 'set':
    case 'tuple':
      return 'elements' in b && sameElements(a.elements, b.elements);
    case 'map':
    case 'object':
      return 'entries' in b && sameEntries(a.entries, b.entries);
    default:
      return true;
  }
}

const sameElements = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length &&
  a.every((element, at) => {
    const other = b[at];
    return other !== undefined && haveSameContent(element, other);
  });

const sameEntries = (a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean =>
  a.size === b.size &&
  [...a].every(([key, value]) => {
    const other = b.get(key);
    return other !== undefined && haveSameContent(value, other);
  });
