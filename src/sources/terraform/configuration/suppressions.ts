import type { SuppressionComment } from '../../../model/facts/configuration.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';

/** The suppressions above a block, and above the module calls that lead to it. */
export function suppressionsFor(block: MergedBlock, module: ModuleInstance): readonly SuppressionComment[] {
  const found = [...aboveMerged(block)];
  for (let at: ModuleInstance | undefined = module; at !== undefined; at = at.parent) {
    if (at.call?.block !== undefined) found.push(...aboveMerged(at.call.block));
  }
  return found;
}

const aboveMerged = ({ source, overrides }: MergedBlock): readonly SuppressionComment[] =>
  [source, ...overrides].flatMap(({ suppressions = [] }) => suppressions);
