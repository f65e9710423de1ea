import type { Argument, Block, CutFailure } from './blocks.ts';
import { type Expression, readExpression } from './expression.ts';
import type { HclBody, HclValue, ParseHcl } from './hcl.ts';
import { Budget } from './language/doubts.ts';
import { evaluate } from './language/evaluate.ts';
import { normalized } from './language/normal-form.ts';
import { parseExpression } from './language/parse.ts';
import type { Scope, Value } from './language/value.ts';
import { unknown } from './language/values.ts';
import type { PlacedArgument } from './merged-block.ts';

const parsed = new WeakMap<Argument, ReturnType<typeof parseExpression>>();

/** What an argument comes to. Its text is parsed once, however often it is evaluated; `total` is what all of it may spend. */
export function evaluated(argument: Argument, scope: Scope, total?: Budget): Value {
  const expression = parsed.get(argument) ?? parseExpression(argument.text, argument);
  parsed.set(argument, expression);
  return expression.ok
    ? evaluate(expression.value, scope, total)
    : unknown(`${argument.name} cannot be read: ${expression.reason}`);
}

/** The scope of what Terraform reads before there is anything to refer to: defaults, sources, tfvars. */
export const NOTHING: Scope = (root, name) => unknown(`${root}.${name} cannot be referred to here`);

/** Evaluates, with hcl2-parser's word on the block's syntax and on every literal. */
export interface Gate {
  /** Why a block is not taken for HCL; undefined when it is. */
  readonly refusal: (block: Block) => CutFailure | undefined;
  /** Unknown where hcl2-parser refuses the block, or reads another literal than we do. */
  readonly checked: (argument: PlacedArgument, scope: Scope) => Value;
  /** What an argument comes to, unchecked. */
  readonly evaluated: (argument: Argument, scope: Scope) => Value;
  /** What is left for all that it evaluates; undefined where nothing bounds that. */
  readonly total: Budget | undefined;
  /** The same for one root, whose expressions have one budget together. */
  readonly ofRoot: () => Gate;
}

/** hcl2-parser reads 100-200 kB/s; the longest that a key may well have is its policy, 32 kB (AWS KMS quotas). */
const LONGEST = 128 * 1024;

/** What decoding leaves in place of bytes that are not UTF-8; Terraform refuses those. */
const REPLACEMENT = '\ufffd';

/** Each block is handed to the parser once. */
export function gateOf(parse: ParseHcl): Gate {
  const bodies = new WeakMap<Block, HclBody | CutFailure>();
  const bodyOf = (block: Block): HclBody | CutFailure => {
    const body = bodies.get(block) ?? readBody(block, parse);
    bodies.set(block, body);
    return body;
  };
  const literals = new WeakMap<Argument, Expression>();
  const literalOf = (argument: Argument, body: HclBody): Expression => {
    const literal = literals.get(argument) ?? readExpression(argument.text, body.get(argument.name));
    literals.set(argument, literal);
    return literal;
  };
  const all = Budget.ofAll();
  const within = (total: Budget | undefined): Gate => ({
    total,
    ofRoot: () => within(all.ofRoot()),
    evaluated: (argument, scope) => evaluated(argument, scope, total),
    refusal: (block) => {
      const body = bodyOf(block);
      return isFailure(body) ? body : undefined;
    },
    checked: (argument, scope) => {
      const body = bodyOf(argument.block);
      if (isFailure(body)) return unknown(body.reason);
      const value = evaluated(argument, scope, total);
      const literal = literalOf(argument, body);
      return literal.kind === 'expression' || value.kind === 'unknown' || agrees(value, literal.value)
        ? value
        : unknown(`${argument.name} is read in two ways`);
    },
  });
  return within(undefined);
}

const isFailure = (body: HclBody | CutFailure): body is CutFailure => 'ok' in body;

function readBody(block: Block, parse: ParseHcl): HclBody | CutFailure {
  const failure = (reason: string): CutFailure => ({ ok: false, line: block.startLine, reason });
  if (block.text.includes(REPLACEMENT)) return failure(`the ${block.type} block holds text that is not UTF-8`);
  if (block.text.length > LONGEST) return failure(`the ${block.type} block is longer than ${LONGEST} characters`);
  return parse(block) ?? failure(`the ${block.type} block cannot be read as HCL`);
}

/** Whether a value is what hcl2-parser made of the same literal. It keeps numbers as doubles. */
function agrees(value: Value, literal: HclValue): boolean {
  switch (value.kind) {
    case 'null':
      return literal === null;
    case 'string':
      return typeof literal === 'string' && normalized(literal) === value.value;
    case 'number':
    case 'bool':
      return literal === value.value;
    case 'list':
    case 'set':
    case 'tuple':
      return Array.isArray(literal) && sameElements(value.elements, literal);
    case 'map':
    case 'object':
      return sameEntries(value.entries, literal);
    case 'unknown':
      return true;
  }
}

const sameElements = (elements: readonly Value[], literal: readonly HclValue[]): boolean =>
  elements.length === literal.length && elements.every((element, at) => agrees(element, literal[at] ?? null));

function sameEntries(entries: ReadonlyMap<string, Value>, literal: HclValue): boolean {
  if (typeof literal !== 'object' || literal === null || Array.isArray(literal)) return false;
  const fields = new Map(Object.entries(literal).map(([name, inner]) => [normalized(name) ?? name, inner]));
  return fields.size === entries.size && [...entries].every(([name, inner]) => agrees(inner, fields.get(name) ?? null));
}
