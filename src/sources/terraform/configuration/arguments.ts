import { known, SILENT, unknown } from '../../readings.ts';
import type { ReaderOf } from '../readers.ts';
import { type Block, type Body, type CutFailure, cutBody } from './blocks.ts';
import { type Expression, readExpression } from './expression.ts';
import type { HclValue, ParseHcl } from './hcl.ts';

/** What a block says of one argument. `ignored`: lifecycle.ignore_changes names it, so a difference plans nothing. */
export type Setting = Expression | { readonly kind: 'unset' } | { readonly kind: 'ignored' };

/** The arguments of one block by name. */
export type Arguments = (name: string) => Setting;

/** Reads something from the arguments of a block: known, Unknown with its expression, or silent when undeclared. */
export type Reader<T> = ReaderOf<Arguments, T>;

/** The literals of a block, and its text cut into parts. */
export interface ReadBlock {
  readonly settings: Arguments;
  readonly body: Body;
}
export type BlockReading = { readonly ok: true; readonly value: ReadBlock } | CutFailure;

/** hcl2-parser reads 100-200 kB/s; the longest that a key may well have is its policy, 32 kB (AWS KMS quotas). */
const LONGEST = 128 * 1024;

/** What decoding leaves in place of bytes that are not UTF-8; Terraform refuses those. */
const REPLACEMENT = '\ufffd';

const UNSET = { kind: 'unset' } as const;

/** The arguments of a block, literals told from expressions; a null literal is an argument that is not set. */
export function readBlock(block: Block, parse: ParseHcl): BlockReading {
  const body = cutBody(block);
  if (!body.ok) return body;
  const failure = (reason: string): CutFailure => ({ ok: false, line: block.startLine, reason });
  if (block.text.includes(REPLACEMENT)) return failure(`the ${block.type} block holds text that is not UTF-8`);
  if (block.text.length > LONGEST) return failure(`the ${block.type} block is longer than ${LONGEST} characters`);
  const values = parse(block);
  if (values === undefined) return failure(`the ${block.type} block cannot be read as HCL`);
  const settings = new Map(body.value.arguments.map(({ name, text }) => [name, settingOf(text, values.get(name))]));
  return { ok: true, value: { settings: (name) => settings.get(name) ?? UNSET, body: body.value } };
}

function settingOf(text: string, value: HclValue | undefined): Setting {
  const expression = readExpression(text, value);
  return expression.kind === 'literal' && expression.value === null ? UNSET : expression;
}

/** The same arguments, but these of them ignored. */
export const ignoring =
  (settings: Arguments, ignored: ReadonlySet<string>): Arguments =>
  (name) =>
    ignored.has(name) ? { kind: 'ignored' } : settings(name);

/** An argument whose literal `convert` understands; undefined from it means a value that Terraform would refuse. */
export function argument<T>(name: string, form: string, convert: (value: HclValue) => T | undefined): Reader<T> {
  return (settings) => {
    const setting = settings(name);
    if (setting.kind === 'unset' || setting.kind === 'ignored') return SILENT;
    if (setting.kind === 'expression') return unknown(`${name} is an expression: ${setting.text}`);
    const value = convert(setting.value);
    return value === undefined ? unknown(`${name} is not ${form}`) : known(value);
  };
}

/** Text, or a number or flag that Terraform turns into text (Terraform language, "Type Conversion"). */
export const text = (name: string): Reader<string> => argument(name, 'text', toText);

export const flag = (name: string): Reader<boolean> => argument(name, 'true or false', toFlag);

export const wholeNumber = (name: string): Reader<number> => argument(name, 'a whole number', toWholeNumber);

/** What an argument that is not set means; of an ignored one nothing is said. */
export const otherwise =
  <T, U>(name: string, reader: (name: string) => Reader<T>, unset: U): Reader<T | U> =>
  (settings) =>
    settings(name).kind === 'unset' ? known(unset) : reader(name)(settings);

/** Larger numbers lose digits in hcl2-parser, and fractions are printed differently by Terraform. */
const toText = (value: HclValue): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value) ? String(value) : undefined;

/** `tobool` takes these four texts and no other (terraform console). */
const FLAGS: ReadonlyMap<HclValue, boolean> = new Map<HclValue, boolean>([
  [true, true],
  ['true', true],
  ['1', true],
  [false, false],
  ['false', false],
  ['0', false],
]);
const toFlag = (value: HclValue): boolean | undefined => FLAGS.get(value);

const NUMERIC = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** `tonumber` takes decimal text, with an exponent too, but no spaces (terraform console). */
function toWholeNumber(value: HclValue): number | undefined {
  const number = typeof value === 'string' && NUMERIC.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
