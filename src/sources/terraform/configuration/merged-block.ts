import type { Argument, Block } from './blocks.ts';

/** A block with the file that it stands in, its path from the working directory. */
export interface PlacedBlock {
  readonly block: Block;
  readonly path: string;
}

/** An argument, and the block of it that says it: an override file may have taken another's place. */
export interface PlacedArgument extends Argument {
  readonly block: Block;
}

/** One block of a module as it counts after all override files. */
export interface MergedBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where the block stands that is overridden; override files only add to it. */
  readonly path: string;
  readonly line: number;
  readonly arguments: ReadonlyMap<string, PlacedArgument>;
  readonly blocks: readonly PlacedBlock[];
  /** The block itself, and those of override files that were merged into it. */
  readonly source: Block;
  readonly overrides: readonly Block[];
}

/** `path:line`, as messages name places. */
export const placeOf = ({ path, line }: { readonly path: string; readonly line: number }): string => `${path}:${line}`;
