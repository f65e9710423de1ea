import { isModuleCall, type Step, stepsOf } from '../model/address.ts';
import type { MovedFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { ANY, spell } from './addresses.ts';

/** A `moved` block, read once for all the addresses that it may move. */
export interface Move {
  readonly from: readonly Step[];
  readonly to: readonly Step[];
  readonly by: MovedFact;
}

/** A `moved` block with both its addresses taken apart. */
export const moveOf = (by: MovedFact): Move => ({ from: stepsOf(by.from), to: stepsOf(by.to), by });

/** Where the next apply looks for an instance. */
export interface Place {
  readonly address: string;
  /** The `moved` block that would have led elsewhere, to where the state holds something already. */
  readonly blockedBy: MovedFact | null;
}

/** Where the configuration of a root has an instance of one of its states. */
export type PlaceOf = (instance: Pick<StateFact, 'source' | 'address'>, root: string) => Place;

/** How a block is repeated; undefined where that is not known, or no block is there. */
export type RepetitionOf = (blockPath: string) => 'single' | 'count' | 'each' | undefined;

/**
 * Where each address of one state ends up before Terraform plans: moves one after the other over the whole state, chains
 * in their order, and none onto what the state holds already: the object that is there stays, and the other is left
 * where no block may declare it (hashicorp/terraform, internal/refactoring/move_execute.go; each case was played with
 * Terraform 1.11). Of what the state holds of other types the modules are known that it is in: `module.m` stands for that.
 */
export function placesOf(
  addresses: Iterable<string>,
  moves: readonly Move[],
  repetitionOf: RepetitionOf,
): ReadonlyMap<string, Place> {
  const held = new Held(addresses);
  held.moveImplied(moves, repetitionOf);
  for (const move of inOrder(moves.toSorted(wholeLast))) held.perform(move);
  return held.places();
}

interface One {
  readonly given: string;
  at: readonly Step[];
  blockedBy: MovedFact | null;
}

/** What a state holds, wherever the moves so far took it: by path, for most moves are about one path alone. */
class Held {
  readonly #byPath: Map<string, One[]>;

  constructor(addresses: Iterable<string>) {
    const all = [...new Set(addresses)].map((given): One => ({ given, at: stepsOf(given), blockedBy: null }));
    this.#byPath = grouped(all, ({ at }) => pathOf(at));
  }

  /**
   * Where `count` comes to a resource or leaves it, Terraform moves the one instance by itself; not where a `moved` block
   * speaks of the resource, not for modules, and by what was there before any move (internal/refactoring/move_statement.go,
   * impliedMoveStatements).
   */
  moveImplied(moves: readonly Move[], repetitionOf: RepetitionOf): void {
    const spokenOf = new Set(moves.flatMap(({ from, to }) => [pathOf(from), pathOf(to)]));
    for (const [path, ones] of this.#byPath) {
      const index = spokenOf.has(path) ? undefined : IMPLIED[repetitionOf(path) ?? 'each'];
      if (index === undefined) continue;
      const taken = new Set(ones.map(({ given }) => given));
      for (const one of ones) {
        const resource = one.at.at(-1);
        if (resource === undefined || resource.index !== index.from) continue;
        const to = [...one.at.slice(0, -1), { name: resource.name, index: index.to }];
        if (!taken.has(spell(to))) one.at = to;
      }
    }
  }

  perform(move: Move): void {
    const wanted = this.#at(move.from).flatMap((one) => {
      const to = applied(move, one.at);
      return to === undefined ? [] : [{ one, to }];
    });
    if (wanted.length === 0) return;
    const unitOf = unitsOf(move);
    const taken = new Set(this.#at(move.to).map(({ at }) => unitOf(at)));
    for (const { one, to } of wanted) {
      one.blockedBy = taken.has(unitOf(to)) ? move.by : null;
      if (one.blockedBy === null) this.#put(one, to);
    }
  }

  places(): ReadonlyMap<string, Place> {
    const all = [...this.#byPath.values()].flat();
    return new Map(all.map(({ given, at, blockedBy }) => [given, { address: spell(at), blockedBy }]));
  }

  /** Of a module whatever is anywhere: modules may be in it. */
  #at(end: readonly Step[]): readonly One[] {
    return isModule(end.at(-1)) ? [...this.#byPath.values()].flat() : (this.#byPath.get(pathOf(end)) ?? []);
  }

  #put(one: One, to: readonly Step[]): void {
    const from = pathOf(one.at);
    this.#byPath.set(
      from,
      (this.#byPath.get(from) ?? []).filter((other) => other !== one),
    );
    one.at = to;
    const path = pathOf(to);
    this.#byPath.set(path, [...(this.#byPath.get(path) ?? []), one]);
  }
}

/** What must be free for a move to happen: of a module the module instance, of a whole resource all its instances. */
function unitsOf(move: Move): (address: readonly Step[]) => string {
  if (isModule(move.from.at(-1))) return (address) => spell(address.filter(isModule));
  if (isWhole(move)) {
    return (address) => spell(address.map((step, at) => (at === address.length - 1 ? { ...step, index: null } : step)));
  }
  return spell;
}

/** Neither end names an instance: all instances of the resource or module are moved, and keep their indices. */
const isWhole = ({ from, to }: Move): boolean => (from.at(-1)?.index ?? to.at(-1)?.index ?? null) === null;

/** Of moves from one place that of an instance comes first, whatever the order in the files (played with Terraform 1.11). */
const wholeLast = (a: Move, b: Move): number => Number(isWhole(a)) - Number(isWhole(b));

/** Where a move takes an address; undefined where it is not about it. */
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

const IMPLIED = {
  single: { from: '[0]', to: null },
  count: { from: null, to: '[0]' },
  each: undefined,
} as const;

const pathOf = (address: readonly Step[]): string => address.map(({ name }) => name).join('.');

/**
 * A move comes after those that lead to where it begins, and a module's after those of single things out of it. What
 * stands in a circle is left out: Terraform refuses it ("Cyclic dependency in move statements").
 */
function inOrder(moves: readonly Move[]): readonly Move[] {
  const byTo = grouped(moves, ({ to }) => pathOf(to));
  const byFrom = grouped(moves, ({ from }) => pathOf(from));
  const later = new Map<Move, Move[]>();
  const waiting = new Map<Move, number>();
  const follow = (first: Move, second: Move): void => {
    later.set(first, [...(later.get(first) ?? []), second]);
    waiting.set(second, (waiting.get(second) ?? 0) + 1);
  };
  for (const move of moves) {
    for (const path of pathsTo(move.from)) {
      for (const other of byTo.get(path) ?? []) if (other !== move && meets(other, 'to', move)) follow(other, move);
      if (path === pathOf(move.from)) continue;
      for (const outer of byFrom.get(path) ?? []) if (meets(outer, 'from', move)) follow(move, outer);
    }
  }
  const ready = moves.filter((move) => !waiting.has(move));
  // Grows while it is gone through.
  for (const move of ready) {
    for (const next of later.get(move) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return ready;
}

/** The path of an address, and of each module that it is in. */
const pathsTo = (address: readonly Step[]): readonly string[] =>
  address.map((_, at) => pathOf(address.slice(0, at + 1)));

/** Whether one end of a move is about what another begins with, or is in. */
const meets = (move: Move, end: 'from' | 'to', { from }: Move): boolean =>
  move[end].every((step, at) => {
    const index = from[at]?.index ?? null;
    const isAnyLast = at === move[end].length - 1 && isWhole(move);
    return isAnyLast || step.index === index || step.index === ANY || index === ANY;
  });
