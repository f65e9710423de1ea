import type { AttributeName, KeyAttributes, Reading } from '../../model/attributes.ts';
import type { LiveFact } from '../../model/facts.ts';

/** What was read of some attributes; a name that is missing is one the witness is silent about. */
export type Readings = { readonly [A in AttributeName]?: Reading<KeyAttributes[A]> };

export const known = <T>(value: T): Reading<T> => ({ kind: 'known', value });
export const unknown = (reason: string): Reading<never> => ({ kind: 'unknown', reason });

/** A known value, or Unknown with this reason where KMS did not say. */
export const knownOr = <T>(value: T | undefined, reason: string): Reading<T> =>
  value === undefined ? unknown(reason) : known(value);

/** Readings as the model keeps them: values on one side, reasons on the other. */
export function attest(readings: Readings): Pick<LiveFact, 'attributes' | 'unknown'> {
  const entries = Object.entries(readings);
  return {
    attributes: Object.fromEntries(
      entries.flatMap(([name, it]) => (it.kind === 'known' ? [[name, it.value]] : [])),
    ) as LiveFact['attributes'],
    unknown: Object.fromEntries(entries.flatMap(([name, it]) => (it.kind === 'unknown' ? [[name, it.reason]] : []))),
  };
}
