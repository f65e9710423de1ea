import { blockPath } from '../../../model/address.ts';
import type { SuppressionComment } from '../../../model/facts/configuration.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';

/** The suppressions above a block, and above the module calls that lead to it. */
export function suppressionsFor(block: MergedBlock, module: ModuleInstance): readonly SuppressionComment[] {
  const found = [...aboveMerged(block, module)];
  for (let at: ModuleInstance | undefined = module; at?.parent !== undefined; at = at.parent) {
    if (at.call?.block !== undefined) found.push(...aboveMerged(at.call.block, at.parent));
  }
  return found;
}

/** Those above a block of a module, named from the root. */
function aboveMerged({ source, overrides }: MergedBlock, { address }: ModuleInstance): readonly SuppressionComment[] {
  const found = [source, ...overrides].flatMap(({ suppressions = [] }) => suppressions);
  if (found.length === 0 || address === '') return found;
  const module = blockPath(address);
  return found.map((comment) => ({ ...comment, above: `${module}.${comment.above}` }));
}
