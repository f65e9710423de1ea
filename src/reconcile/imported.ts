import { REPLACING } from '../model/comparisons.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type { ConfigurationFact, ImportFact } from '../model/facts.ts';
import { isMultiRegionId } from '../model/key-arn.ts';
import type { Difference } from '../model/key-record.ts';
import { type Declarations, whyOpen } from './declarations.ts';
import { replacedBy, whyUncompared } from './declared-outlook.ts';
import { lastSeen, replacingDifferences } from './differences.ts';
import type { Gathered } from './gather.ts';
import type { ImportTarget } from './imports.ts';
import { changed, gapIn, NOTHING, type Outlook } from './outlook.ts';
import { locationOf } from './place-in-code.ts';
import { stillHeldBy } from './second-claims.ts';

/**
 * What import blocks do to a key beside bringing it under Terraform: what a plan would replace of an object in the state, it
 * replaces of an imported one in the same apply (terraform plan: "this will destroy the imported resource").
 */
export function importOutlook(
  gathered: Gathered,
  differences: readonly Difference[],
  declarations: Declarations,
): Outlook {
  const { imports, ambiguousImports, live, absent } = gathered;
  // Terraform refuses to import what a refresh does not find.
  if (isPendingDeletion(live?.keyState) || absent !== null) return NOTHING;
  const outlooks = [
    ...imports.map((wanted) => outlookOf(wanted, gathered, differences, declarations)),
    ...ambiguousImports.map((wanted) => ambiguous(wanted, declarations.targetOf(wanted), gathered)),
  ];
  const gap = gapIn(outlooks);
  return { changes: outlooks.flatMap(({ changes }) => changes), ...(gap === undefined ? {} : { gap }) };
}

function outlookOf(
  wanted: ImportFact,
  gathered: Gathered,
  differences: readonly Difference[],
  declarations: Declarations,
): Outlook {
  if (isTold(wanted, gathered)) return NOTHING;
  const target = declarations.targetOf(wanted);
  const { blocks, blockGap } = target;
  const [block] = blocks;
  // Terraform refuses to import where no block is.
  if (block === undefined) return blockGap === undefined ? NOTHING : unsure(wanted, blockGap);
  const { region: itsOwn } = gathered.key;
  if (blocks.every(({ region }) => region !== null && region !== itsOwn)) return NOTHING;
  const doubt = doubtOf(wanted, blocks, gathered);
  const because = replacedBy(blocks, differences);
  if (because.length > 0) {
    const gap = doubt ?? target.stateGap;
    if (gap !== undefined) return unsure(wanted, `its block has another ${because.join(', ')}, and ${gap}`);
    const change = changed({ address: wanted.to, deletionWindowInDays: null });
    const reason = `the import block at ${placeOf(wanted)} brings the key to this block`;
    return { changes: [{ ...change, action: 'replace', because, reason, location: locationOf(block) }] };
  }
  const gap = whyUnseen(blocks, lastSeen(gathered));
  if (gap !== undefined) return unsure(wanted, gap);
  if (doubt !== undefined) return NOTHING;
  const change = changed({ address: wanted.to, deletionWindowInDays: null });
  // Of a state that was not read nobody knows that it does not hold this very key there, and the block is only left.
  const holders =
    target.stateGap === undefined ? stillHeldBy({ root: wanted.root, address: wanted.to }, gathered, declarations) : [];
  const location = locationOf(wanted);
  return {
    changes: [{ ...change, action: 'import', ...(holders.length === 0 ? {} : { stillHeldBy: holders }), location }],
  };
}

/** Why it is not known that a key is as these blocks declare it. */
function whyUnseen(blocks: readonly ConfigurationFact[], seen: ReturnType<typeof lastSeen>): string | undefined {
  const isSeen = seen !== undefined || blocks.every(({ resourceType }) => !Object.hasOwn(REPLACING, resourceType));
  return isSeen ? whyUncompared(blocks, seen) : 'neither KMS nor a state that was read says what the key is';
}

/** Terraform's own word takes precedence: the plan of a root names what it imports. */
const isTold = ({ root, to }: ImportFact, { planned, drifts }: Gathered): boolean =>
  [...planned, ...drifts].some(
    (fact) => fact.committed !== true && (fact.root === root || (fact.root === null && fact.address === to)),
  );

/** Why it is not known that this import is of this key, and to a block. */
function doubtOf(
  { to, id }: ImportFact,
  blocks: readonly ConfigurationFact[],
  { key }: Pick<Gathered, 'key'>,
): string | undefined {
  if (to.includes('[*]')) return 'the instance that it names is not known';
  if (!blocks.some(({ instances }) => instances === 'one')) return whyOpen(blocks);
  const isByRegion = id === key.keyId && isMultiRegionId(key.keyId);
  return isByRegion && blocks.some(({ region }) => region === null)
    ? 'the Region of its block is not known'
    : undefined;
}

/** An import of one of several keys, which share an id: nothing where its block could replace none. */
function ambiguous(wanted: ImportFact, { blocks, blockGap }: ImportTarget, gathered: Gathered): Outlook {
  if (isTold(wanted, gathered)) return NOTHING;
  if (blocks.length === 0) return blockGap === undefined ? NOTHING : unsure(wanted, blockGap);
  const seen = lastSeen(gathered);
  const differs = blocks.some((block) => replacingDifferences(block, seen).length > 0);
  if (!differs && whyUnseen(blocks, seen) === undefined) return NOTHING;
  return unsure(wanted, 'which of the keys with this id it brings is not known');
}

const unsure = (wanted: ImportFact, reason: string): Outlook => ({
  ...NOTHING,
  gap: `whether the import block at ${placeOf(wanted)} replaces it: ${reason}`,
});

const placeOf = ({ path, line }: ImportFact): string => `${path}:${line}`;
