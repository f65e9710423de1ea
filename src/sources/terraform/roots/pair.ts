import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { RootFact } from '../../../model/facts.ts';
import type { Look } from '../../../model/inventory.ts';
import type { Reach } from '../../../model/reach.ts';
import type { Instant } from '../../../model/time.ts';
import type { StateLook } from '../state/look.ts';
import type { GivenWhere } from '../state/where.ts';
import { type StateIndex, stateIndex } from './belongs.ts';
import type { FoundRoot, LeftRoot } from './found.ts';
import { snapshotsIn } from './here.ts';

/**
 * The states to read: those that flags name; else those of the settings; else those that the backends of the roots say. Of
 * several roots those that are files here stand beside what flags name where nobody else is asked: who adds the state of one
 * root does not take away those of the others.
 */
export function statesToRead(
  roots: readonly FoundRoot[],
  given: readonly GivenWhere[],
  isOffline = false,
): readonly GivenWhere[] {
  const areAllRead = isOffline && roots.length > 1 && given.some(({ from }) => from !== 'repository');
  const own = roots.filter((root) => areAllRead || isReadFor(root, given)).flatMap(({ states }) => states);
  return distinct([...given, ...own]);
}

/** What is given takes the place of what backends say; what the settings say of a root stands beside the rest of them. */
const isReadFor = ({ isSaid }: FoundRoot, given: readonly GivenWhere[]): boolean =>
  given.length === 0 || (isSaid && given.every(({ from }) => from === 'repository'));

/** Whether anything is said of states at all; if not, keys in none of them are no news. */
export const areStatesAsked = (roots: readonly FoundRoot[], given: readonly GivenWhere[]): boolean =>
  statesToRead(roots, given).length > 0 || (given.length === 0 && roots.some(({ gaps }) => gaps.length > 0));

function distinct(states: readonly GivenWhere[]): readonly GivenWhere[] {
  const byWhere = new Map<string, GivenWhere>();
  for (const state of states) if (!byWhere.has(state.where)) byWhere.set(state.where, state);
  return [...byWhere.values()];
}

/** The states of a saved inventory. */
export interface SavedStates {
  readonly coverage: readonly Coverage[];
  /** It says which roots they are of: what their backends do not lead to is then another's. */
  readonly arePaired: boolean;
}

/** Roots, and what was read of states. */
export interface PairAsk {
  readonly roots: readonly FoundRoot[];
  readonly left: readonly LeftRoot[];
  /** Somebody said with the given states that they are all there are. */
  readonly areGivenAll: boolean;
  /** The states that flags or settings give, whosever they are. */
  readonly given: readonly GivenWhere[];
  /** What was read of all states; undefined when none was to be read. */
  readonly stated: Pick<StateLook, 'coverage' | 'locatorsOf'> | undefined;
  /** The accounts and Regions that the provider blocks of a root can reach. */
  readonly reachOf: (root: string) => Reach;
  /** The directories and files that a root was read from; undefined where nobody asks. */
  readonly placesOf?: ((root: string) => readonly string[]) | undefined;
  /** None was read for the roots. */
  readonly saved?: SavedStates | undefined;
  /** Nobody is asked for what is not on this machine. */
  readonly isOffline?: boolean;
  readonly cwd: string;
  readonly readAt: Instant;
}

/** Which states belong to which root, and coverage of those that a root must have and nobody could read. */
export function pairRoots(ask: PairAsk): Look {
  const { roots, given, saved } = ask;
  const asked = saved !== undefined || areStatesAsked(roots, given);
  const all = allStates(ask);
  const pairs = roots.map((found) => {
    const pair =
      saved === undefined && isReadFor(found, given) ? ownStates(found, asked, ask) : givenStates(found, all, ask);
    return { ...pair, fact: factOf(found, pair.locators, ask) };
  });
  const unpaired = pairs.filter(({ fact }) => asked && fact.states === null).map(({ fact }) => fact.root);
  return {
    facts: [...pairs.map(({ fact }) => fact), ...(asked ? leftRoots(ask, all) : [])],
    coverage: pairs.flatMap(({ coverage }) => coverage),
    diagnostics: unpaired.length === 0 ? [] : [notPaired(unpaired)],
  };
}

interface Pair {
  /** null: it is not known which states are its own. */
  readonly locators: readonly string[] | null;
  readonly coverage: readonly Coverage[];
}

/** What its backend, or the settings, say of its states was read. */
function ownStates(found: FoundRoot, asked: boolean, { stated, readAt }: PairAsk): Pair {
  const { root, states, gaps, isElsewhere } = found;
  const read = stated === undefined ? [] : states.flatMap(({ where }) => stated.locatorsOf(where));
  const reasons = read.length === 0 && gaps.length === 0 ? [nothingThere(states)] : gaps;
  if (!asked) return { locators: null, coverage: [] };
  if (isElsewhere) return { locators: [...read, stateOf(root.root)], coverage: [] };
  if (reasons.length === 0) return { locators: read, coverage: [] };
  const locator = stateOf(root.root);
  return {
    locators: [...read, locator],
    coverage: [{ source: 'state', locator, status: 'failed', reason: reasons.join('; '), readAt }],
  };
}

const nothingThere = (states: readonly GivenWhere[]): string => {
  const where = states.map((state) => state.where.replace(/\?.*$/, '')).join(' and ');
  const why =
    states.length === 0 ? 'it names no backend and has no state in its directory' : `there is none at ${where}`;
  return `${why}: say where its state is with --state or in keydrift.yaml`;
};

/** The states that were read, whosever they are. */
interface AllStates {
  readonly index: StateIndex;
  readonly locators: readonly string[];
  /** What the only root has where its backend leads to none of them; null where that would be a guess. */
  readonly ofOnlyRoot: readonly string[] | null;
}

/** Several states are not all the only root's: another team's would look like keys whose blocks are gone. */
function allStates({ roots, stated, saved, cwd }: PairAsk): AllStates {
  const coverage = saved?.coverage.filter(({ source }) => source === 'state') ?? stated?.coverage ?? [];
  const locators = coverage.flatMap(({ locator }) => locator ?? []);
  const isAll = roots.length === 1 && lineagesIn(coverage) === 1 && saved?.arePaired !== true;
  return { index: stateIndex(locators, cwd), locators, ofOnlyRoot: isAll ? locators : null };
}

/**
 * States were given: a root has those that its backend leads to. One that the settings name is known to have states, so
 * that those of it which flags left unread are a gap.
 */
function givenStates(found: FoundRoot, { index, ofOnlyRoot, locators: all }: AllStates, ask: PairAsk): Pair {
  const { root, isNamed, isSaid, isElsewhere } = found;
  const wheres = found.states.map(({ where }) => where);
  const led = index(wheres);
  const own = led.length === 0 && isElsewhere ? snapshotsIn(root.dir, all, ask.cwd) : led;
  const locators = own.length > 0 ? own : ofOnlyRoot;
  // What its backend says is where states may be; what the settings say is where they are.
  const isAllRead =
    locators !== null && (!isSaid || own.length === 0 || wheres.every((where) => index([where]).length > 0));
  const byFlags = ask.given.some(({ from }) => from !== 'repository');
  if (isAllRead || !isNamed || isElsewhere || !byFlags || ask.areGivenAll) return { locators, coverage: [] };
  const locator = stateOf(root.root);
  const reason =
    'keydrift.yaml names this root, and its state is not among those of --state: leave --state out or add it';
  return {
    locators: [...(locators ?? []), locator],
    coverage: [{ source: 'state', locator, status: 'failed', reason, readAt: ask.readAt }],
  };
}

/** What coverage calls the states of a root whose own names are not known, or were not read. */
const stateOf = (root: string): string => `${root} (its state)`;

/** Nobody asked for these roots, so that they are no gap of the scan; but what they reach they may hold. */
function leftRoots({ left, areGivenAll, isOffline }: PairAsk, { index }: AllStates): readonly RootFact[] {
  if (areGivenAll) return [];
  return left.map(({ root, states, reach }) => {
    const isRead = states.length > 0 && states.every((where) => index([where]).length > 0);
    const elsewhere = isOffline && !isRead ? { elsewhere: true as const } : {};
    return { kind: 'root', root, states: isRead ? [...index(states)] : [stateOf(root)], ...elsewhere, reach };
  });
}

/** What could not be read may be a state of its own; what a crashed apply left is none. */
const lineagesIn = (coverage: readonly Coverage[]): number =>
  new Set(
    coverage.filter(({ state }) => state?.errored !== true).map(({ state, locator }) => state?.lineage || locator),
  ).size;

function factOf({ root, isElsewhere }: FoundRoot, locators: Pair['locators'], ask: PairAsk): RootFact {
  const { reachOf, placesOf } = ask;
  const { accounts, regions } = root.reach;
  const reached = accounts === null || regions === null ? reachOf(root.root) : root.reach;
  return {
    kind: 'root',
    root: root.root,
    states: locators === null ? null : [...new Set(locators)].sort(),
    ...(isElsewhere ? { elsewhere: true as const } : {}),
    ...(placesOf === undefined ? {} : { places: [...placesOf(root.root)] }),
    reach: { accounts: accounts ?? reached.accounts, regions: regions ?? reached.regions },
  };
}

const NAMED = 5;

const notPaired = (roots: readonly string[]): Diagnostic => ({
  level: 'warning',
  source: 'state',
  message: `none of the given states is known to be of ${shown(roots)}: pair them in keydrift.yaml (roots)`,
});

const shown = (roots: readonly string[]): string =>
  roots.length > NAMED
    ? `${roots.slice(0, NAMED).join(', ')} and ${roots.length - NAMED} other roots`
    : roots.join(', ');
