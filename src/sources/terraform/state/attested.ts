import { ATTRIBUTE_NAMES, type AttributeName, type KeyAttributes } from '../../../model/attributes.ts';
import type { StateFact } from '../../../model/facts.ts';
import type { AttributeReaders } from './key-types.ts';
import type { Values } from './values.ts';

/** What an instance says of its key, and nothing that our vocabulary has no name for. */
export function attest(readers: AttributeReaders, values: Values): Pick<StateFact, 'attributes' | 'unknown'> {
  const attributes: Partial<KeyAttributes> = {};
  const unknown: Partial<Record<AttributeName, string>> = {};
  const read = <A extends AttributeName>(name: A): void => {
    const reading = readers[name]?.(values);
    if (reading?.kind === 'known') attributes[name] = reading.value;
    if (reading?.kind === 'unknown') unknown[name] = reading.reason;
  };
  ATTRIBUTE_NAMES.forEach(read);
  return { attributes, unknown };
}
