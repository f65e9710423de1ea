import type { Value } from './language/value.ts';

/**
 * The outputs of a module by name, each evaluated when it is asked for: one may depend on what another of the same module
 * is used for elsewhere, which is no circle.
 */
export class OutputValues implements ReadonlyMap<string, Value> {
  readonly #names: ReadonlySet<string>;
  readonly #evaluate: (name: string) => Value;

  constructor(names: Iterable<string>, evaluate: (name: string) => Value) {
    // In the order in which Terraform goes through objects.
    this.#names = new Set([...names].sort());
    this.#evaluate = evaluate;
  }

  get size(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  get(name: string): Value | undefined {
    return this.#names.has(name) ? this.#evaluate(name) : undefined;
  }

  keys(): MapIterator<string> {
    return this.#names.keys();
  }

  values(): MapIterator<Value> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, Value]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(each: (value: Value, name: string, all: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this.#all()) each(value, name, this);
  }

  #all(): Map<string, Value> {
    return new Map([...this.#names].map((name) => [name, this.#evaluate(name)]));
  }
}
