import type { AnchorFact, ConfigurationFact, Fact } from '../../../model/facts.ts';
import type { Instant } from '../../../model/time.ts';
import { type Anchor, backendAnchors, providerAnchor } from './anchors.ts';
import { readBlock } from './arguments.ts';
import type { Block, Cut } from './blocks.ts';
import { declarationOf } from './declaration.ts';
import type { ParseHcl } from './hcl.ts';
import { KEY_TYPES } from './key-types.ts';
import { importOf, movedOf, removedOf } from './moves.ts';

/** Where a file's blocks stand. */
export interface Place {
  readonly root: string;
  readonly path: string;
  readonly readAt: Instant;
}

const AWS_PROVIDERS: ReadonlySet<string | undefined> = new Set(['aws', 'awscc']);

/** Whether the block's arguments are read with hcl2-parser, which takes a third of a second to load. */
export function needsParser({ type, labels }: Block): boolean {
  if (type === 'resource') return KEY_TYPES.has(labels[0] ?? '');
  if (type === 'provider') return AWS_PROVIDERS.has(labels[0]);
  return type === 'import' || type === 'removed';
}

/** The facts of one top-level block; none for all that is not about keys. */
export function factsOf(block: Block, place: Place, parse: ParseHcl): Cut<readonly Fact[]> {
  const { root, path } = place;
  const placed = <F>(
    cut: Cut<F | undefined>,
  ): Cut<readonly (F & Pick<ConfigurationFact, 'root' | 'path' | 'line'>)[]> => {
    if (!cut.ok) return cut;
    return { ok: true, value: cut.value === undefined ? [] : [{ ...cut.value, root, path, line: block.startLine }] };
  };
  switch (block.type) {
    case 'resource':
      return needsParser(block) ? declared(block, place, parse) : NONE;
    case 'provider':
      return needsParser(block) ? anchored(providerAnchor(block, parse), place) : NONE;
    case 'terraform':
      return anchored(backendAnchors(block), place);
    case 'import':
      return placed(importOf(block, parse));
    case 'moved':
      return placed(movedOf(block));
    case 'removed':
      return placed(removedOf(block, parse));
    default:
      return NONE;
  }
}

const NONE = { ok: true, value: [] } as const;

function declared(block: Block, { root, path, readAt }: Place, parse: ParseHcl): Cut<readonly ConfigurationFact[]> {
  const [resourceType, name, ...more] = block.labels;
  if (resourceType === undefined || name === undefined || more.length > 0) {
    return { ok: false, line: block.startLine, reason: 'a resource block needs a type and a name, and no more' };
  }
  const reading = readBlock(block, parse);
  if (!reading.ok) return reading;
  const address = `${resourceType}.${name}`;
  const place = { root, path, line: block.startLine, readAt, region: null, deletionWindowInDays: null };
  const declaration = declarationOf(resourceType, reading.value);
  return { ok: true, value: [{ kind: 'configuration', address, resourceType, ...place, ...declaration }] };
}

function anchored(cut: Cut<Anchor | readonly Anchor[]>, { root, path }: Place): Cut<readonly AnchorFact[]> {
  if (!cut.ok) return cut;
  return { ok: true, value: [cut.value].flat().map((anchor) => ({ kind: 'anchor', root, path, ...anchor })) };
}
