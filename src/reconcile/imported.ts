import { REPLACING } from '../model/comparisons.ts';
import { isPendingDeletion } from '../model/facts/live.ts';
import type { ConfigurationFact, ImportFact } from '../model/facts.ts';
import { isMultiRegionId } from '../model/key-arn.ts';
import type { Difference } from '../model/key-record.ts';
import { type Declarations, whyOpen } from './declarations.ts';
import { replacedBy, whyUncompared } from './declared-outlook.ts';
import type { Gathered } from './gather.ts';
import type { ImportTarget } from './imports.ts';
import { changed, NOTHING, type Outlook } from './outlook.ts';
import { locationOf } from './place-in-code.ts';

/**
 * What import blocks do to a key beside bringing it under Terraform: what a plan would replace of an object in the state, it
 * replaces of an imported one in the same apply (terraform plan: "this will destroy the imported resource").
 */
export function importOutlook(
  gathered: Gathered,
  differences: readonly Difference[],
  { targetOf }: Pick<Declarations, 'targetOf'>,
): Outlook {
  const { imports, ambiguousImport, live, absent } = gathered;
  // Terraform refuses to import what a refresh does not find.
  if (isPendingDeletion(live?.keyState) || absent !== null) return NOTHING;
  const outlooks = imports.map((wanted) => outlookOf(wanted, targetOf(wanted), gathered, differences));
  if (ambiguousImport !== null) outlooks.push(ambiguous(ambiguousImport, targetOf(ambiguousImport), gathered));
  const gap = outlooks.find((outlook) => outlook.gap !== undefined)?.gap;
  return { changes: outlooks.flatMap(({ changes }) => changes), ...(gap === undefined ? {} : { gap }) };
}

function outlookOf(
  wanted: ImportFact,
  target: ImportTarget,
  gathered: Gathered,
  differences: readonly Difference[],
): Outlook {
  if (target.isFilled || isTold(wanted, gathered)) return NOTHING;
  const { blocks, blockGap } = target;
  const [block] = blocks;
  // Terraform refuses to import where no block is.
  if (block === undefined) return blockGap === undefined ? NOTHING : unsure(wanted, blockGap);
  const { key, live, state } = gathered;
  if (blocks.every(({ region }) => region !== null && region !== key.region)) return NOTHING;
  const doubt = doubtOf(wanted, blocks, gathered);
  const because = replacedBy(blocks, differences);
  if (because.length > 0) {
    const gap = doubt ?? target.stateGap;
    if (gap !== undefined) return unsure(wanted, `its block has another ${because.join(', ')}, and ${gap}`);
    const change = changed({ address: wanted.to, deletionWindowInDays: null });
    const reason = `the import block at ${placeOf(wanted)} brings the key to this block`;
    return { changes: [{ ...change, action: 'replace', because, reason, location: locationOf(block) }] };
  }
  const isSeen = live !== null || state.length > 0 || (REPLACING[block.resourceType] ?? []).length === 0;
  const gap = isSeen ? whyUncompared(blocks, live) : 'neither KMS nor a state that was read says what the key is';
  if (gap !== undefined) return unsure(wanted, gap);
  if (doubt !== undefined) return NOTHING;
  const change = changed({ address: wanted.to, deletionWindowInDays: null });
  return { changes: [{ ...change, action: 'import', location: locationOf(block) }] };
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
function ambiguous(wanted: ImportFact, { blocks, isFilled }: ImportTarget, gathered: Gathered): Outlook {
  if (isFilled || isTold(wanted, gathered) || blocks.every((block) => fits(block, gathered))) return NOTHING;
  return unsure(wanted, 'which of the keys with this id it brings is not known');
}

/** Nothing that the block says would replace the key. */
const fits = ({ resourceType, attributes, unknown }: ConfigurationFact, { live, state }: Gathered): boolean =>
  (REPLACING[resourceType] ?? []).every((attribute) => {
    const declared = attributes[attribute];
    if (unknown[attribute] !== undefined) return false;
    return (
      declared === undefined ||
      [live, ...state].every((seen) => [undefined, declared].includes(seen?.attributes[attribute]))
    );
  });

const unsure = (wanted: ImportFact, reason: string): Outlook => ({
  ...NOTHING,
  gap: `whether the import block at ${placeOf(wanted)} replaces it: ${reason}`,
});

const placeOf = ({ path, line }: ImportFact): string => `${path}:${line}`;
