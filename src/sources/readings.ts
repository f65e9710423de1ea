import {
  ATTRIBUTE_NAMES,
  type Attested,
  type AttributeName,
  type KeyAttributes,
  type Reading,
} from '../model/attributes.ts';

/** What was read of some attributes; a name that is missing is one the witness is silent about. */
export type Readings = { readonly [A in AttributeName]?: Reading<KeyAttributes[A]> };

/** The witness does not speak of it. */
export const SILENT = { kind: 'silent' } as const;
/** It says so. */
export const known = <T>(value: T): Reading<T> => ({ kind: 'known', value });
/** It speaks of it, and what it says cannot be told; the reason is for people. */
export const unknown = (reason: string): Reading<never> => ({ kind: 'unknown', reason });

/** The first of these that is there, or Unknown with this reason where the source gave none. */
export function firstKnown<T>(values: readonly (T | undefined)[], reason: string): Reading<T> {
  const value = values.find((candidate) => candidate !== undefined);
  return value === undefined ? unknown(reason) : known(value);
}

/** Readings as the model keeps them: values on one side, reasons on the other, both in the model's order. */
export const attest = (readings: Readings): Attested => attestEach((name) => readings[name]);

/** The same of attributes that are read one by one; undefined for those that the witness does not speak of. */
export function attestEach(
  read: <A extends AttributeName>(name: A) => Reading<KeyAttributes[A]> | undefined,
): Attested {
  const attributes: Partial<KeyAttributes> = {};
  const unknown: Partial<Record<AttributeName, string>> = {};
  const add = <A extends AttributeName>(name: A): void => {
    const reading = read(name);
    if (reading?.kind === 'known') attributes[name] = reading.value;
    if (reading?.kind === 'unknown') unknown[name] = reading.reason;
  };
  ATTRIBUTE_NAMES.forEach(add);
  return { attributes, unknown };
}
