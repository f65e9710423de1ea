import { aliasFit, anyFit, creatorArns, creatorFit, type Fit, isRoleUntold, tagFit } from '../model/fit.ts';
import type { KeyArnParts } from '../model/key-arn.ts';
import type { NotOurs } from '../model/key-record.ts';
import { notAskedOf } from '../model/not-asked.ts';
import type { Owned, Ownership } from '../model/ownership.ts';
import { creatorOf, primaryRealm } from './creator.ts';
import type { Declarations, LooseKey } from './declarations.ts';
import { blockAliases, type DeclaredAliases, declaredAliasesOf } from './declared-aliases.ts';
import type { Gathered, Gathering } from './gather.ts';
import type { Proofs } from './proofs.ts';
import { isAwsManaged, isGoneSince } from './standing.ts';

/**
 * Tells each key that `ownership` leaves to others, and why. What it rests on is proved: an alias, a tag or a creator
 * that could be one of ours and is not known keeps a key ours. What KMS has of a key pulls it in and pushes nothing
 * out, for whoever made the key wrote that.
 */
export function joinOwnership(
  ownership: Ownership,
  { keys }: Gathering,
  declarations: Pick<Declarations, 'gapOf'>,
  proofs: Proofs,
): void {
  const { owned } = ownership;
  if (!narrowsPlace(owned) && !narrowsOwner(owned)) return;
  const whyNotOurs = (gathered: Gathered): NotOurs | null =>
    outOfPlace(gathered.key, owned) ??
    (narrowsOwner(owned) ? leftToOthers(gathered, ownership, declarations, proofs) : null);
  for (const gathered of keys.values()) gathered.notOurs = whyNotOurs(gathered);
  // The material of a replica is that of its primary: whoever answers for that answers for each copy of it.
  for (const gathered of keys.values()) {
    if (gathered.notOurs?.by !== 'owner') continue;
    const primary = keys.get(primaryRealm(gathered)?.arn ?? gathered.key.arn);
    if (primary !== undefined && primary !== gathered && primary.notOurs === null && proofs.inScope(primary.key)) {
      gathered.notOurs = null;
    }
  }
}

/** The same of a key that is not created: nobody knows yet who will make it. */
export function looseNotOurs(
  { blocks, planned }: Pick<LooseKey, 'blocks' | 'planned'>,
  ownership: Ownership,
): NotOurs | null {
  const { owned } = ownership;
  const regions = new Set(blocks.map(({ region }) => region));
  const [region = null] = regions;
  if (region !== null && regions.size === 1 && isLeftOut(owned.regions, region)) return notNamed('Region', region);
  if (!narrowsOwner(owned)) return null;
  const declared = {
    aliases: blockAliases(blocks),
    tags: declaredTags({ state: [], errored: [], configuration: blocks, planned }),
  };
  const fit = declaredFit(declared, ownership);
  return fit === 'no' && !ownsByCreator(ownership) ? { by: 'owner', reason: reasonOf(declared, [], ownership) } : null;
}

const narrowsPlace = ({ accounts, regions }: Owned): boolean => accounts.length + regions.length > 0;
/** Deployers alone pull in, and never narrow. */
const narrowsOwner = ({ aliases, tags, creators }: Owned): boolean =>
  aliases.length + tags.length + creators.length > 0;
const ownsByCreator = ({ owned, deployers }: Ownership): boolean => owned.creators.length + deployers.length > 0;

const isLeftOut = (named: readonly string[], one: string): boolean => named.length > 0 && !named.includes(one);

const notNamed = (what: string, name: string): NotOurs => ({
  by: 'place',
  reason: `${what} ${name}, which ownership does not name`,
});

function outOfPlace({ account, region }: KeyArnParts, { accounts, regions }: Owned): NotOurs | null {
  if (isLeftOut(accounts, account)) return notNamed('account', account);
  return isLeftOut(regions, region) ? notNamed('Region', region) : null;
}

function leftToOthers(
  gathered: Gathered,
  ownership: Ownership,
  declarations: Pick<Declarations, 'gapOf'>,
  proofs: Proofs,
): NotOurs | null {
  if (isAwsManaged(gathered)) return null;
  const { owned } = ownership;
  const declared = { aliases: declaredAliasesOf(gathered), tags: declaredTags(gathered) };
  const makers = makersOf(gathered);
  const isDeclared = declares(gathered);
  const byLive = liveFit(gathered, owned);
  const fits = [
    declaredFit(declared, ownership),
    madeBy(gathered, ownership),
    isDeclared && byLive === 'unknown' ? 'no' : byLive,
  ];
  if (fits.some((fit) => fit !== 'no')) return null;
  if (owned.aliases.length + owned.tags.length > 0 && mayBeDeclared(gathered, declarations, proofs)) return null;
  // A key that nothing declares is pushed out by its creation record alone.
  if (!isDeclared && owned.creators.length === 0) return null;
  return { by: 'owner', reason: isDeclared ? reasonOf(declared, makers, ownership) : byStranger(makers) };
}

/** A state, a crashed apply's too, a block, an import or a plan of ours names it. */
const declares = ({ state, errored, configuration, imports, planned, drifts }: Gathered): boolean =>
  [state, errored, configuration, imports, planned, drifts].some((facts) => facts.length > 0);

/** Something that was not read, or that names several keys, may declare it, or declare more of it. */
function mayBeDeclared(
  { key, state, ambiguousImports, ambiguousInstance }: Gathered,
  declarations: Pick<Declarations, 'gapOf'>,
  proofs: Proofs,
): boolean {
  if (ambiguousImports.length > 0 || ambiguousInstance !== null) return true;
  const byStates = proofs.statesRequested ? proofs.stateGap(key) : undefined;
  const byBlocks = declarations.gapOf(key, { state, planned: [] });
  return byStates !== undefined || (byBlocks !== undefined && notAskedOf(byBlocks) === undefined);
}

type Tags = Readonly<Record<string, string>>;

/** What is declared of a key that says whose it is. */
interface Declared {
  readonly aliases: DeclaredAliases;
  /** Those of each witness; null where a witness cannot say. */
  readonly tags: readonly (Tags | null)[];
}

/**
 * Terraform merges the provider's default_tags into those of a block (AWS provider documentation, "default_tags"): only
 * a state or a plan has all, and where one does, what a block alone would be is not asked.
 */
function declaredTags({
  state,
  errored,
  configuration,
  planned,
}: Pick<Gathered, 'state' | 'errored' | 'configuration' | 'planned'>): Declared['tags'] {
  const merged = [...state, ...errored, ...planned].map(({ attributes }) => attributes.tags ?? null);
  const blocks = configuration.map(({ attributes }) => attributes.tags ?? null);
  return merged.length > 0 && merged.every((tags) => tags !== null)
    ? [...merged, ...blocks.filter((tags) => tags !== null)]
    : [...merged, ...blocks];
}

const declaredFit = ({ aliases, tags }: Declared, { owned }: Ownership): Fit =>
  anyFit([aliasFit(owned.aliases, aliases.names, aliases.gap !== undefined), tagFit(owned.tags, tags)]);

/** What KMS has; a facet that was denied or not asked for might have pulled it in. */
function liveFit(gathered: Gathered, owned: Owned): Fit {
  const { live } = gathered;
  if (isGoneSince(gathered)) return 'no';
  const aliases = live?.aliases ?? null;
  return anyFit([
    aliasFit(owned.aliases, aliases ?? [], aliases === null),
    tagFit(owned.tags, [live?.attributes.tags ?? null]),
  ]);
}

const madeBy = (gathered: Gathered, { owned, deployers }: Ownership): Fit =>
  creatorFit([...owned.creators, ...deployers], creatorOf(gathered), true);

/** ARNs of whoever asked for the key, and of the role behind the session. Empty where that is not known in full. */
function makersOf(gathered: Gathered): readonly string[] {
  const creator = creatorOf(gathered);
  return isRoleUntold(creator) ? [] : creatorArns(creator);
}

const byStranger = ([maker]: readonly string[]): string => `made by ${maker}, whom ownership does not name`;

/** Of a declared key: all that was looked at, for none of it fitted. */
function reasonOf({ aliases }: Declared, [maker]: readonly string[], { owned, deployers }: Ownership): string {
  const looked = [
    ...(owned.aliases.length === 0 ? [] : [`its declared aliases (${aliases.names.join(', ') || 'it has none'})`]),
    ...(owned.tags.length === 0 ? [] : ['its declared tags']),
    ...(maker === undefined || owned.creators.length + deployers.length === 0 ? [] : [`its creator (${maker})`]),
  ];
  return `ownership names none of ${looked.join(', ')}`;
}
