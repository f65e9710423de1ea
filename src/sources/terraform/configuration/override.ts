import { type Body, type Cut, cutBody, writtenType } from './blocks.ts';
import type { MergedBlock, PlacedArgument, PlacedBlock } from './merged-block.ts';

/** A block of a primary file, nothing overridden yet. */
export function mergedOf(placed: PlacedBlock): Cut<MergedBlock> {
  const body = cutBody(placed.block);
  if (!body.ok) return body;
  const { type, labels, startLine } = placed.block;
  const blocks = body.value.blocks.map((block) => ({ block, path: placed.path }));
  return {
    ok: true,
    value: {
      type,
      labels,
      path: placed.path,
      line: startLine,
      arguments: placedArguments(placed, body.value),
      blocks,
      source: placed.block,
      overrides: [],
    },
  };
}

/**
 * What an override block leaves of the block it overrides: an argument takes the place of the one of its name, nested
 * blocks that of all of their type; `lifecycle` is merged argument by argument (Terraform language, "Override Files").
 */
export function overridden(base: MergedBlock, override: PlacedBlock): Cut<MergedBlock> {
  const merged = mergedOf(override);
  if (!merged.ok) return merged;
  const replaced = new Set(merged.value.blocks.map(({ block }) => writtenType(block)));
  const isLifecycle = ({ block }: PlacedBlock): boolean => block.type === 'lifecycle';
  const kept = base.blocks.filter((nested) => isLifecycle(nested) || !replaced.has(writtenType(nested.block)));
  return {
    ok: true,
    value: {
      ...base,
      arguments: new Map([...base.arguments, ...merged.value.arguments]),
      blocks: [...kept, ...merged.value.blocks],
      overrides: [...base.overrides, override.block],
    },
  };
}

const placedArguments = ({ block }: PlacedBlock, body: Body): ReadonlyMap<string, PlacedArgument> =>
  new Map(body.arguments.map((argument) => [argument.name, { ...argument, block }]));
