import type { Expansion } from './expansion.ts';
import type { Value } from './language/value.ts';
import { object, tuple, unknown } from './language/values.ts';

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

/**
 * What `module.NAME` comes to: the outputs of its instance, for a call with count a tuple of them, with for_each an object
 * (Terraform language, "References to Values").
 */
export function gathered(name: string, { kind, instances }: Expansion, outputs: readonly Value[]): Value {
  switch (kind) {
    case 'single':
      return outputs[0] ?? unknown(`module.${name} is not known`);
    case 'count':
      return tuple(outputs);
    case 'each':
      return object(
        instances.map(({ key }, at) => [String(key), outputs[at] ?? unknown(`module.${name} is not known`)]),
      );
    case 'unknown':
      return unknown(`the instances of module.${name} are not known`);
  }
}
