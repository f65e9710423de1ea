import { isModuleCall, type Step, stepsOf } from '../model/address.ts';

/** Stands for an index that is not known (model/facts.ts, configuration facts). */
const ANY = '[*]';

/**
 * The address with each index 0 left out: where `count` comes to a block or leaves it, Terraform moves the one instance
 * by itself (Terraform language documentation, "Refactoring": enabling count or for_each for a resource).
 */
export const singular = (address: string): string =>
  address.includes('[0]') ? spell(stepsOf(address).map((step) => (step.index === '[0]' ? bare(step) : step))) : address;

const bare = ({ name }: Step): Step => ({ name, index: null });

const spell = (steps: readonly Step[]): string => steps.map(({ name, index }) => name + (index ?? '')).join('.');

/** Whether this address is what the pattern stands for: step by step, `[*]` for any index or none. */
export function isLike(pattern: readonly Step[], address: readonly Step[]): boolean {
  return pattern.length === address.length && pattern.every((step, at) => isStepLike(step, address[at]));
}

/** Whether the address is that of a module, or lies in it; without an index a module means all its instances. */
export function isWithin(module: readonly Step[], address: readonly Step[]): boolean {
  return (
    module.length <= address.length &&
    module.every((step, at) => isStepLike(step.index === null ? { ...step, index: ANY } : step, address[at]))
  );
}

const isStepLike = (pattern: Step, step: Step | undefined): boolean =>
  step !== undefined &&
  pattern.name === step.name &&
  (pattern.index === ANY || (pattern.index ?? '[0]') === (step.index ?? '[0]'));

/** A `moved` block, read once for all the addresses that it may move. */
export interface Move {
  readonly from: readonly Step[];
  readonly to: readonly Step[];
}

export const moveOf = ({ from, to }: { readonly from: string; readonly to: string }): Move => ({
  from: stepsOf(from),
  to: stepsOf(to),
});

/**
 * Where `moved` blocks take an address: moves of one instance before moves of a whole resource or module, chains followed
 * to their end (Terraform language documentation, "Refactoring"). A circle ends where it began.
 */
export function movedAddress(address: string, moves: readonly Move[]): string {
  let at = stepsOf(address);
  for (let step = 0; step <= moves.length; step += 1) {
    const next = movedOnce(at, moves);
    if (next === undefined) return step === 0 ? address : spell(at);
    at = next;
  }
  return address;
}

function movedOnce(address: readonly Step[], moves: readonly Move[]): readonly Step[] | undefined {
  let whole: readonly Step[] | undefined;
  for (const move of moves) {
    const moved = applied(move, address);
    if (moved === undefined) continue;
    if (!isWhole(move)) return moved;
    whole ??= moved;
  }
  return whole;
}

/** Neither end names an instance: all instances of the resource or module are moved, and keep their indices. */
const isWhole = ({ from, to }: Move): boolean => (from.at(-1)?.index ?? to.at(-1)?.index ?? null) === null;

function applied(move: Move, address: readonly Step[]): readonly Step[] | undefined {
  const { from, to } = move;
  const last = from.length - 1;
  const anyLast = isWhole(move);
  const any: (string | null)[] = [];
  for (const [at, step] of from.entries()) {
    const index = address[at]?.index;
    if (index === undefined || address[at]?.name !== step.name) return undefined;
    if (step.index === ANY) any.push(index);
    else if (step.index !== index && !(at === last && anyLast)) return undefined;
  }
  const rest = address.slice(from.length);
  if (rest.length > 0 && !isModule(from[last])) return undefined;
  const kept = anyLast ? (address[last]?.index ?? null) : undefined;
  const moved = to.map((step, at) => {
    if (step.index === ANY) return { name: step.name, index: any.shift() ?? null };
    return at === to.length - 1 && kept !== undefined ? { name: step.name, index: kept } : step;
  });
  return [...moved, ...rest];
}

const isModule = (step: Step | undefined): boolean => step !== undefined && isModuleCall(step.name);
