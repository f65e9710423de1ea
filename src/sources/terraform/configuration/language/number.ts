import { NUMBER } from './type.ts';
import type { Value } from './value.ts';
import { unknown } from './values.ts';

/**
 * Terraform counts with 512 bits, or 64 where a function counted (zclconf/go-cty, ParseNumberVal, NumberIntVal). Numbers
 * here are whole ones below 2^53, and below 2^30 those with at most 10 binary digits after the point: doubles hold them
 * exactly, and no decimal text shorter than the exact one stands for them. All others are Unknown.
 */
const FRACTION = 10;
const LARGEST_FRACTION = 2 ** 30;
const ONE = 1n << BigInt(FRACTION);

/** A number as a multiple of 2^-10. */
export const scaled = (value: number): bigint => BigInt(value * 2 ** FRACTION);

/** The number that is so many times 2^-10; undefined when it is not held exactly. */
export function unscaled(units: bigint): number | undefined {
  const value = units % ONE === 0n ? Number(units / ONE) : Number(units) / 2 ** FRACTION;
  return isExact(value) && scaled(value) === units ? value : undefined;
}

/** Whether a number is one of those that are the same here and in Terraform. */
export const isExact = (value: number): boolean =>
  Number.isSafeInteger(value) || (Math.abs(value) < LARGEST_FRACTION && Number.isInteger(value * 2 ** FRACTION));

/** A number as a value; Unknown when nobody knows what Terraform would make of it, of -0 too. */
export const number = (value: number | undefined): Value =>
  value === undefined || !isExact(value) || Object.is(value, -0)
    ? unknown('a number that is not held exactly here', NUMBER)
    : { kind: 'number', value };

/** As Terraform turns a number into text: all digits, no exponent. */
export const numberText = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : value.toFixed(FRACTION).replace(/0+$/, '');

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,7}))?$/;

/** Longer numbers, and larger exponents, are of none that is held here. */
const LONGEST = 400;

/** What decimal text means: a number, `inexact` for one that is not held here, undefined for no decimal text. */
export function parseDecimal(source: string): number | 'inexact' | undefined {
  const parts = DECIMAL.exec(source);
  if (parts === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole + fraction === '') return undefined;
  if (source.length > LONGEST || Math.abs(Number(exponent)) > LONGEST) return 'inexact';
  const units = unitsOf(BigInt(whole + fraction), Number(exponent) - fraction.length);
  const value = units === undefined ? undefined : unscaled(sign === '-' ? -units : units);
  return value === undefined || (value === 0 && sign === '-') ? 'inexact' : value;
}

/** digits × 10^power in multiples of 2^-10; undefined when it is no whole number of them or far too large. */
function unitsOf(digits: bigint, power: number): bigint | undefined {
  if (digits === 0n) return 0n;
  if (power >= 0) return power > 20 ? undefined : digits * 10n ** BigInt(power) * ONE;
  const divisor = 10n ** BigInt(-power);
  const units = digits * ONE;
  return units % divisor === 0n ? units / divisor : undefined;
}
