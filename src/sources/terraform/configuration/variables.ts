import { type Gate, NOTHING } from './expressions.ts';
import { convert } from './language/convert.ts';
import { parseType, type TypeConstraint } from './language/parse-type.ts';
import type { Value } from './language/value.ts';
import { unknown } from './language/values.ts';
import type { MergedBlock } from './merged-block.ts';

/** The value that was given to a variable; undefined where nothing gives one. */
export type Given = (name: string, block: MergedBlock) => Value | undefined;

/**
 * What `var.NAME` comes to: the value given or the default, as its type has it. Unknown for what is sensitive or
 * ephemeral, whatever its value: that must never leave (Terraform language, "Input Variables").
 */
export function variableValue(name: string, block: MergedBlock, given: Given, gate: Gate): Value {
  const kept = secrecy(block, gate);
  if (kept !== undefined) return unknown(`var.${name} is ${kept}`);
  const type = typeOf(block);
  if (type === undefined) return unknown(`the type of var.${name} is not understood`);
  const argument = block.arguments.get('default');
  const byDefault = argument === undefined ? undefined : gate.checked(argument, NOTHING);
  const value = given(name, block) ?? byDefault;
  if (value === undefined) return unknown(`var.${name} is given no value`);
  if (value.kind === 'null' && !isOff(block, 'nullable', gate, true)) return converted(name, value, type, gate);
  if (value.kind !== 'null') return converted(name, value, type, gate);
  // Not nullable: null stands for the default.
  return byDefault === undefined || byDefault.kind === 'null'
    ? unknown(`var.${name} is null, and may not be`)
    : converted(name, byDefault, type, gate);
}

/** Why the value of a variable or an output must never leave; undefined when it may. */
export const secrecy = (block: MergedBlock, gate: Gate): 'sensitive' | 'ephemeral' | undefined =>
  (['sensitive', 'ephemeral'] as const).find((mark) => !isOff(block, mark, gate));

/** Whether a flag of the block is certainly off; `unset` says what it is when it does not stand there. */
function isOff(block: MergedBlock, name: string, gate: Gate, unset = false): boolean {
  const argument = block.arguments.get(name);
  if (argument === undefined) return !unset;
  const value = gate.checked(argument, NOTHING);
  return value.kind === 'bool' && !value.value;
}

function converted(name: string, value: Value, type: TypeConstraint | 'any', { total }: Gate): Value {
  const result = type === 'any' ? value : convert(value, type, total);
  return result.kind === 'unknown' && value.kind !== 'unknown' ? unknown(`var.${name} is not of its type`) : result;
}

/** `any` where the block has none; undefined where it is not understood. */
function typeOf(block: MergedBlock): TypeConstraint | 'any' | undefined {
  const argument = block.arguments.get('type');
  if (argument === undefined) return 'any';
  const type = parseType(argument.text);
  return type.ok ? type.value : undefined;
}

/**
 * Whether a value from the environment is taken as it is, and not as an expression: where the type is a simple one, or
 * none is given (hashicorp/terraform, internal/configs/named_values.go, decodeVariableType).
 */
export const isTakenLiterally = (block: MergedBlock): boolean =>
  /^"?(?:string|number|bool)?"?$/.test(block.arguments.get('type')?.text.trim() ?? '');
