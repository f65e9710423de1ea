import { ATTRIBUTE_NAMES, type AttributeName, type KeyAttributes, type Reading } from '../../model/attributes.ts';
import type { ConfigurationFact } from '../../model/facts.ts';

/** How each attribute is read from `S`, a block or an instance of one resource type; the type does not speak of the others. */
export type AttributeReaders<S> = { readonly [A in AttributeName]?: (from: S) => Reading<KeyAttributes[A]> };

/** What it says of its key, and nothing that our vocabulary has no name for. */
export function attest<S>(readers: AttributeReaders<S>, from: S): Pick<ConfigurationFact, 'attributes' | 'unknown'> {
  const attributes: Partial<KeyAttributes> = {};
  const unknown: Partial<Record<AttributeName, string>> = {};
  const read = <A extends AttributeName>(name: A): void => {
    const reading = readers[name]?.(from);
    if (reading?.kind === 'known') attributes[name] = reading.value;
    if (reading?.kind === 'unknown') unknown[name] = reading.reason;
  };
  ATTRIBUTE_NAMES.forEach(read);
  return { attributes, unknown };
}
