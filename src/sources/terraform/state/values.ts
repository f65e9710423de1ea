import { known, SILENT, unknown } from '../../readings.ts';
import { always, type ReaderOf } from '../readers.ts';

/** The attributes of one instance as the state holds them. Only what a reader below names is ever looked at. */
export type Values = Readonly<Record<string, unknown>>;
/** Reads one thing from the attributes of an instance: known, Unknown with its reason, or silent. */
export type Reader<T> = ReaderOf<Values, T>;

/** An object of JSON: no array, no null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stands where a value stood that must not leave the parser. */
export class Withheld {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** `""`, null and absent are the same: providers write all three for an attribute that is not set. */
const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Reasons name the attribute and the form, never the value: it may be a secret that stands in the wrong place. */
function read<T>(name: string, form: string, is: (value: unknown) => value is T): Reader<T> {
  return (values) => {
    const value = values[name];
    if (isUnset(value)) return SILENT;
    if (value instanceof Withheld) return unknown(value.reason);
    return is(value) ? known(value) : unknown(`${name} is not ${form} in the state`);
  };
}

/** A string; anything else is damage, and Unknown. */
export const text = (name: string): Reader<string> =>
  read(name, 'text', (value): value is string => typeof value === 'string');

/** true or false; anything else is damage, and Unknown. */
export const flag = (name: string): Reader<boolean> =>
  read(name, 'true or false', (value): value is boolean => typeof value === 'boolean');

/** A number without a fraction that is told exactly; anything else is damage, and Unknown. */
export const wholeNumber = (name: string): Reader<number> =>
  read(name, 'a whole number', (value): value is number => Number.isSafeInteger(value));

/** The first of several spellings that is set. */
export const firstOf =
  <T>(...readers: readonly Reader<T>[]): Reader<T> =>
  (values) =>
    readers.map((reader) => reader(values)).find((reading) => reading.kind !== 'silent') ?? SILENT;

/** What an attribute that is not set means. */
export const otherwise = <T, U>(reader: Reader<T>, unset: U): Reader<T | U> => firstOf<T | U>(reader, always(unset));

/** The reader applied to the single block of a nested list, as data sources write them: `name = [ {…} ]`. */
export const within =
  <T>(name: string, reader: Reader<T>): Reader<T> =>
  (values) => {
    const blocks = values[name];
    if (blocks instanceof Withheld) return unknown(blocks.reason);
    if (isUnset(blocks) || (Array.isArray(blocks) && blocks.length === 0)) return SILENT;
    const block: unknown = Array.isArray(blocks) ? blocks[0] : undefined;
    return isRecord(block) ? reader(block) : unknown(`${name} is not a list of blocks in the state`);
  };
