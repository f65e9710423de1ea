import { indexed } from '../state/address.ts';
import { toWholeNumber } from './arguments.ts';
import type { Value } from './language/value.ts';
import { text, unknown } from './language/values.ts';
import type { MergedBlock, PlacedArgument } from './merged-block.ts';

/** What `each` and `count` are within one instance; undefined where the block has neither. */
export interface Repetition {
  readonly each?: { readonly key: Value; readonly value: Value };
  readonly count?: Value;
}

/** One instance of a block: the index behind its address, as Terraform prints it. */
export interface Instance {
  readonly index: string;
  /** As the block's value is indexed: undefined without count and for_each, null where it is not known. */
  readonly key: string | number | null | undefined;
  readonly repetition: Repetition;
  /** Why it stands for any number of instances; undefined where it is one. */
  readonly open?: string;
}

/** The instances of a block; there may be none. `unknown`: one stands for whatever they come to, its index is `[*]`. */
export interface Expansion {
  readonly kind: 'single' | 'count' | 'each' | 'unknown';
  readonly instances: readonly Instance[];
}

/** Instances of one block that are told apart; of more it is only said that there are some. */
const MOST = 10_000;

const TOO_MANY = `more than ${MOST}`;

/** Whether a block has more instances than are told apart, by why they are not known. */
export const isTooMany = (reason: string): boolean => reason.includes(TOO_MANY);

const SINGLE: Expansion = { kind: 'single', instances: [{ index: '', key: undefined, repetition: {} }] };

/** The instances of a block by its count or for_each, as `evaluate` has them (Terraform language, "count", "for_each"). */
export function expand(
  { arguments: given }: Pick<MergedBlock, 'arguments'>,
  evaluate: (argument: PlacedArgument) => Value,
): Expansion {
  const count = given.get('count');
  const forEach = given.get('for_each');
  if (count === undefined && forEach === undefined) return SINGLE;
  if (count !== undefined && forEach !== undefined) return unknownExpansion('it has both count and for_each');
  if (count !== undefined) return counted(evaluate(count));
  return forEach === undefined ? SINGLE : overEach(evaluate(forEach));
}

/** Whether count or for_each is set: only then have its instances an index. */
export const isExpanded = ({ arguments: given }: Pick<MergedBlock, 'arguments'>): boolean =>
  given.has('count') || given.has('for_each');

/** One instance that stands for however many there are, with `[*]` for its index. */
export function unknownExpansion(reason: string): Expansion {
  const value = unknown(reason);
  const repetition = { each: { key: value, value }, count: value };
  return { kind: 'unknown', instances: [{ index: '[*]', key: null, repetition, open: reason }] };
}

function counted(value: Value): Expansion {
  if (value.kind === 'unknown') return unknownExpansion(`its count is not known: ${value.reason}`);
  const count = toWholeNumber(value);
  if (count === undefined || count < 0) return unknownExpansion('its count is not a whole number');
  if (count > MOST) return unknownExpansion(`its count is ${TOO_MANY}`);
  const instances = Array.from({ length: count }, (_, n) => ({
    index: indexed('', n),
    key: n,
    repetition: { count: { kind: 'number' as const, value: n } },
  }));
  return { kind: 'count', instances };
}

function overEach(value: Value): Expansion {
  if (value.kind === 'unknown') return unknownExpansion(`its for_each is not known: ${value.reason}`);
  const elements = elementsOf(value);
  if (typeof elements === 'string') return unknownExpansion(elements);
  if (elements.length > MOST) return unknownExpansion(`its for_each has ${TOO_MANY} elements`);
  const instances = elements.map(([key, element]) => ({
    index: indexed('', key),
    key,
    repetition: { each: { key: text(key), value: element } },
  }));
  return { kind: 'each', instances };
}

/** The elements of an `import` block's for_each, which may be a list too: its keys are numbers then (terraform plan). */
export function expandImport(
  block: Pick<MergedBlock, 'arguments'>,
  evaluate: (argument: PlacedArgument) => Value,
): Expansion {
  const forEach = block.arguments.get('for_each');
  const value = forEach === undefined ? undefined : evaluate(forEach);
  if (value?.kind !== 'tuple' && value?.kind !== 'list') return expand(block, evaluate);
  if (value.elements.length > MOST) return unknownExpansion(`its for_each has ${TOO_MANY} elements`);
  const instances = value.elements.map((element, key) => ({
    index: indexed('', key),
    key,
    repetition: { each: { key: { kind: 'number' as const, value: key }, value: element } },
  }));
  return { kind: 'each', instances };
}

/** A map or a set of strings (hashicorp/terraform, internal/terraform/eval_for_each.go); else why it is neither. */
function elementsOf(value: Value): readonly (readonly [string, Value])[] | string {
  if (value.kind === 'map' || value.kind === 'object') return [...value.entries];
  if (value.kind !== 'set') return 'its for_each is neither a map nor a set of strings';
  const found: (readonly [string, Value])[] = [];
  for (const element of value.elements) {
    if (element.kind === 'unknown') return `its for_each is not known: ${element.reason}`;
    if (element.kind !== 'string') return 'its for_each is neither a map nor a set of strings';
    found.push([element.value, element]);
  }
  return found;
}
