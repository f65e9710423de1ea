import { oneLine } from '../../one-line.ts';
import { known, SILENT, unknown } from '../../readings.ts';
import type { ReaderOf } from '../readers.ts';
import type { Value } from './language/value.ts';
import { unknownIn } from './language/values.ts';
import type { PlacedArgument } from './merged-block.ts';

/** What a block says of one argument. `ignored`: lifecycle.ignore_changes names it, so a difference plans nothing. */
type Setting =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'unset' }
  | { readonly kind: 'ignored' };

/** The arguments of one block by name. */
export type Arguments = (name: string) => Setting;

/** Reads something from the arguments of a block: known, Unknown with its reason, or silent when undeclared. */
export type Reader<T> = ReaderOf<Arguments, T>;

const UNSET = { kind: 'unset' } as const;

/** The arguments of a block as `evaluate` has them; one that comes to null is not set (Terraform language, "Types and Values"). */
export const settingsOf =
  (from: ReadonlyMap<string, PlacedArgument>, evaluate: (argument: PlacedArgument) => Value): Arguments =>
  (name) => {
    const argument = from.get(name);
    if (argument === undefined) return UNSET;
    const value = evaluate(argument);
    if (value.kind === 'unknown') return { kind: 'unknown', reason: oneLine(value.reason) };
    return value.kind === 'null' ? UNSET : { kind: 'value', value };
  };

/** The same arguments, but these of them ignored. */
export const ignoring =
  (settings: Arguments, ignored: ReadonlySet<string>): Arguments =>
  (name) =>
    ignored.has(name) ? { kind: 'ignored' } : settings(name);

/** An argument that `convert` understands; undefined from it means a value that Terraform would refuse. */
export function argument<T>(name: string, form: string, convert: (value: Value) => T | undefined): Reader<T> {
  return (settings) => {
    const setting = settings(name);
    if (setting.kind === 'unset' || setting.kind === 'ignored') return SILENT;
    if (setting.kind === 'unknown') return unknown(`${name}: ${setting.reason}`);
    const value = convert(setting.value);
    if (value !== undefined) return known(value);
    const inner = unknownIn(setting.value);
    return unknown(inner === undefined ? `${name} is not ${form}` : `${name}: ${inner.reason}`);
  };
}

/** Text, or a number or flag that Terraform turns into text (Terraform language, "Type Conversion"). */
export const text = (name: string): Reader<string> => argument(name, 'text', toText);

/** A bool, or text that Terraform converts to one. */
export const flag = (name: string): Reader<boolean> => argument(name, 'true or false', toFlag);

/** A number without a fraction, or text that Terraform converts to one. */
export const wholeNumber = (name: string): Reader<number> => argument(name, 'a whole number', toWholeNumber);

/** What an argument that is not set means; of an ignored one nothing is said. */
export const otherwise =
  <T, U>(name: string, reader: (name: string) => Reader<T>, unset: U): Reader<T | U> =>
  (settings) =>
    settings(name).kind === 'unset' ? known(unset) : reader(name)(settings);

/** Larger numbers lose digits as doubles, and fractions are printed differently by Terraform. */
function toText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'bool') return String(value.value);
  return value.kind === 'number' && Number.isSafeInteger(value.value) ? String(value.value) : undefined;
}

/** `tobool` takes these four texts and no other (terraform console). */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function toFlag(value: Value): boolean | undefined {
  if (value.kind === 'string') return FLAGS.get(value.value);
  return value.kind === 'bool' ? value.value : undefined;
}

const NUMERIC = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** `tonumber` takes decimal text, with an exponent too, but no spaces (terraform console). */
export function toWholeNumber(value: Value): number | undefined {
  const number = value.kind === 'string' && NUMERIC.test(value.value) ? Number(value.value) : plainNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

const plainNumber = (value: Value): number | undefined => (value.kind === 'number' ? value.value : undefined);
