import type { AttributeName } from '../model/attributes.ts';
import { REPLACING } from '../model/comparisons.ts';
import type { ConfigurationFact, StateFact } from '../model/facts.ts';
import type { Difference, PlannedChange } from '../model/key-record.ts';
import { type Fate, whyOpen } from './declarations.ts';
import { lastSeen } from './differences.ts';
import type { Gathered } from './gather.ts';
import { changed, NOTHING, type Outlook } from './outlook.ts';
import { locationOf } from './place-in-code.ts';

/** What comes of an instance that blocks declare. */
export function declaredOutlook(
  instance: StateFact,
  { blocks, isCertain }: Fate & { kind: 'declared' },
  gathered: Gathered,
  differences: readonly Difference[],
): Outlook {
  const because = replacedBy(blocks, differences);
  const tainted = instance.status === 'tainted' ? 'the instance is tainted' : null;
  const elsewhere = regionChange(instance, blocks, gathered.key.region);
  if (because.length === 0 && tainted === null && elsewhere === undefined) {
    const gap = isCertain ? whyUncompared(blocks, lastSeen(gathered)) : `it may not be declared: ${whyOpen(blocks)}`;
    return gap === undefined ? NOTHING : { ...NOTHING, gap };
  }
  const [block] = blocks;
  const location = block === undefined ? null : locationOf(block);
  const change = { ...changed(instance), because, reason: tainted, location };
  return { changes: [{ ...change, action: 'replace', ...elsewhere?.(change) }] };
}

/**
 * What comes of a block that is for another Region than the key's. A Region in the state (AWS provider 6) or of the block
 * itself forces a replacement. Without, a refresh looks for the key in the provider's Region, does not find it there, and
 * drops it from the state. Moves come before either (each was played with Terraform 1.11).
 */
function regionChange(
  instance: StateFact,
  blocks: readonly ConfigurationFact[],
  region: string,
): ((change: Pick<PlannedChange, 'because' | 'reason'>) => Partial<PlannedChange>) | undefined {
  const [block] = blocks;
  if (block === undefined || !blocks.every((each) => isElsewhere(each, region))) return undefined;
  const named = `${block.regionBy === 'resource' ? 'its block' : 'its provider'} names ${block.region ?? ''}, and the key is in ${region}`;
  if (block.regionBy === 'resource' || instance.region !== null) {
    return ({ because, reason }) => ({
      because: [...because, 'region'],
      reason: reason === null ? named : `${named}, and ${reason}`,
    });
  }
  return () => ({
    action: 'replace-and-forget',
    because: [],
    reason: `${named}, where a refresh no longer looks for it`,
  });
}

const isElsewhere = ({ instances, region, regionBy }: ConfigurationFact, of: string): boolean =>
  instances === 'one' && regionBy !== undefined && region !== null && region !== of;

/** The attributes of these blocks that force a replacement, each once. */
export function replacedBy(
  blocks: readonly ConfigurationFact[],
  differences: readonly Difference[],
): readonly AttributeName[] {
  const found = differences.flatMap(({ replaces, root, address, attribute }) =>
    replaces && blocks.some((block) => block.root === root && block.address === address) ? [attribute] : [],
  );
  return [...new Set(found)];
}

/** A replacing attribute that one side cannot tell may be another: "replaces nothing" is a claim of absence too. */
export function whyUncompared(
  blocks: readonly ConfigurationFact[],
  seen: ReturnType<typeof lastSeen>,
): string | undefined {
  for (const block of blocks) {
    for (const attribute of REPLACING[block.resourceType] ?? []) {
      const isDeclared = block.attributes[attribute] !== undefined;
      // Of a block the reason names the argument.
      const undeclared = block.unknown[attribute];
      if (undeclared !== undefined) return undeclared;
      const reason = isDeclared ? seen?.unknown[attribute] : undefined;
      if (reason !== undefined) return `${attribute}: ${reason}`;
    }
  }
  return undefined;
}
