import type { Argument, Block } from './blocks.ts';
import type { Value } from './language/value.ts';
import type { ModuleInstance } from './module-instance.ts';
import type { Naming } from './named-files.ts';

/** An expression, and the arguments of its block that say what `each` and `count` are in it. */
export interface Written {
  readonly text: string;
  readonly repetition?: ReadonlyMap<string, Argument> | undefined;
}

/** What follows expressions to all that is written down of what they come to. */
export interface Following {
  /** `name` tells it from other texts. `isWhole`: of resources everything counts, not only what makes them others. */
  follow(name: string, written: Written, module: ModuleInstance, isWhole?: boolean): void;
  /** All that a block says, and those within it. */
  followBlock(name: string, block: Block, module: ModuleInstance): void;
  /**
   * The files or directories that an expression names, which are read, each from the root or from another directory; false
   * where they are not known.
   */
  followFiles(text: string, module: ModuleInstance, naming?: Naming, from?: Value): boolean;
}

/** Follows those of a block's arguments that are asked for, all where nothing is; `prefix` says what they are of. */
export function followArguments(
  trail: Following,
  given: ReadonlyMap<string, Argument> | undefined,
  names: ReadonlySet<string> | undefined,
  module: ModuleInstance,
  prefix = '',
): void {
  for (const [name, { text }] of given ?? []) {
    if (names === undefined || names.has(name)) trail.follow(`${prefix}${name}`, { text }, module);
  }
}
