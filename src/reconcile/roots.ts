import { type Step, stepsOf } from '../model/address.ts';
import { type Coverage, INSTANCES } from '../model/coverage.ts';
import type { Fact, RootFact, StateFact } from '../model/facts.ts';
import { grouped } from '../model/grouped.ts';
import { NOT_ASKED, STATE_ELSEWHERE } from '../model/not-asked.ts';
import { by, sortedDistinct } from '../model/order.ts';
import { isWithin } from './addresses.ts';
import type { Proofs } from './proofs.ts';

/** Which configuration belongs to which states, and what of either was not read. */
export interface Roots {
  /** The root that declares what this instance's state holds. */
  readonly ofState: (instance: Pick<StateFact, 'source' | 'lineage'>) => RootOfState;
  /** Why it is not known that none of the root's states holds a key. */
  readonly stateGap: (root: string) => string | undefined;
  /** Why a block for this address, as the configuration has it, may stand where nothing was read. */
  readonly configurationGap: (root: string, address: string) => string | undefined;
}

type Paired = Pick<RootFact, 'root' | 'states' | 'elsewhere'>;
type RootOfState = { readonly root: string } | { readonly gap: string };

/** What pairs roots with states: the facts about roots and the coverage of both. */
export function rootsOf(facts: readonly Fact[], coverage: readonly Coverage[], proofs: Proofs): Roots {
  const roots = pairedRoots(facts, coverage, proofs);
  const lineages = lineagesOf(coverage);
  // What a crashed apply left, and a place that holds no state yet, were read too.
  const read = new Set(coverage.flatMap(({ source, locator }) => (source === 'state' ? (locator ?? []) : [])));
  const byState = new Map<string, Set<string>>();
  for (const { root, states } of roots) {
    for (const locator of states ?? []) {
      for (const name of [nameOf(locator), lineages.get(locator) ?? []].flat()) {
        byState.set(name, (byState.get(name) ?? new Set()).add(root));
      }
    }
  }
  const byName = new Map(roots.map((root) => [root.root, root]));
  const gaps = configurationGaps(coverage);
  return {
    ofState: (instance) => {
      if (!proofs.configurationRequested) return { gap: NOT_ASKED.configuration };
      const { source, lineage } = instance;
      // Of several copies each is its own root's; any other is of the root that has one of its lineage.
      const [root, ...others] = byState.get(nameOf(source)) ?? byState.get(lineageKey(lineage, source)) ?? [];
      if (root === undefined) return { gap: noRoot(source, roots) };
      return others.length === 0 ? { root } : { gap: shared(source, [root, ...others]) };
    },
    stateGap: (root) => stateGap(root, byName.get(root), read, proofs),
    configurationGap: (root, address) =>
      proofs.configurationRoots.has(root)
        ? gaps.get(root)?.(stepsOf(address))
        : `the configuration ${root} was not read`,
  };
}

/**
 * The roots with their states. An inventory that does not say which belong together has one pair at most: its only
 * configuration and its only state.
 */
function pairedRoots(facts: readonly Fact[], coverage: readonly Coverage[], proofs: Proofs): readonly Paired[] {
  const told = eachOnce(facts.filter((fact): fact is RootFact => fact.kind === 'root'));
  const known = new Set(told.map(({ root }) => root));
  const declaring = facts.flatMap((fact) => (fact.kind === 'configuration' ? [fact.root] : []));
  const untold = [...new Set([...proofs.configurationRoots, ...declaring])].filter((root) => !known.has(root));
  const locators = [...lineagesOf(coverage)].map(([locator]) => locator);
  const lineages = new Set(lineagesOf(coverage).values());
  const isOnePair = told.length === 0 && untold.length === 1 && lineages.size === 1;
  return [...told, ...untold.map((root) => ({ root, states: isOnePair ? locators : null }))].sort(
    by(({ root }) => root),
  );
}

/** What is said of one root more than once counts together, in whatever order it is said. */
function eachOnce(told: readonly RootFact[]): readonly Paired[] {
  return [...grouped(told, ({ root }) => root)].map(([root, same]) => {
    const states = same.flatMap((fact) => fact.states ?? []);
    const isKnown = same.some((fact) => fact.states !== null);
    const elsewhere = same.some((fact) => fact.elsewhere) ? { elsewhere: true as const } : {};
    return { root, states: isKnown ? sortedDistinct(states) : null, ...elsewhere };
  });
}

/** Of each state that was read and is no evidence of a crash, by its locator. */
const lineagesOf = (coverage: readonly Coverage[]): ReadonlyMap<string, string> =>
  new Map(
    coverage.flatMap(({ source, locator, state }) =>
      source === 'state' && locator !== undefined && state !== undefined && !state.errored
        ? [[locator, lineageKey(state.lineage, locator)] as const]
        : [],
    ),
  );

/** A state without a lineage is its own. */
const lineageKey = (lineage: string, locator: string): string => (lineage === '' ? nameOf(locator) : lineage);

/** A state by its place, which no lineage is. */
const nameOf = (locator: string): string => `\0${locator}`;

function noRoot(source: string, roots: readonly Paired[]): string {
  const unpaired = roots.filter(({ states }) => states === null).map(({ root }) => root);
  return unpaired.length === 0
    ? `none of the configurations that were read belongs to ${source}`
    : `whether ${source} belongs to ${named(unpaired)} is not known: name its state in keydrift.yaml (roots), or look at its root alone with --config-dir`;
}

const shared = (source: string, roots: readonly string[]): string => `${named(roots)} share ${source}`;

const NAMED = 3;

const named = (roots: readonly string[]): string =>
  roots.length > NAMED
    ? `${roots.slice(0, NAMED).join(', ')} or ${roots.length - NAMED} other roots`
    : roots.join(' or ');

function stateGap(
  root: string,
  paired: Paired | undefined,
  read: ReadonlySet<string>,
  proofs: Proofs,
): string | undefined {
  if (!proofs.statesRequested) return NOT_ASKED.state;
  const states = paired?.states;
  if (states == null) return `which states belong to the configuration ${root} is not known`;
  if (states.length === 0) return `no state of ${root} was read`;
  for (const locator of states) {
    const fault = proofs.incompleteState(locator);
    if (fault !== undefined) return `${locator}: ${fault}`;
    if (!read.has(locator)) return paired?.elsewhere ? STATE_ELSEWHERE : `${locator} was not read`;
  }
  return undefined;
}

type GapAt = (address: readonly Step[]) => string | undefined;

/** Coverage of a module that could not be read has `ROOT#ADDRESS` for its locator; all else of a root is its own entry's. */
function configurationGaps(coverage: readonly Coverage[]): ReadonlyMap<string, GapAt> {
  const gaps = new Map<string, GapAt>();
  for (const entry of coverage) {
    const { source, operation, locator, status, reason } = entry;
    if (source !== 'configuration' || locator === undefined || status === 'complete') continue;
    // The facts themselves say of which blocks the instances are open.
    if (operation === INSTANCES) continue;
    const before = gaps.get(rootIn(locator, operation));
    const because = reason ?? `the configuration ${locator} was not read in full`;
    if (operation !== 'module') {
      gaps.set(locator, (address) => before?.(address) ?? `${locator}: ${because}`);
      continue;
    }
    const module = stepsOf(locator.slice(locator.indexOf('#') + 1));
    const here: GapAt = (address) => (isWithin(module, address) ? because : undefined);
    gaps.set(rootIn(locator, operation), (address) => before?.(address) ?? here(address));
  }
  return gaps;
}

const rootIn = (locator: string, operation: string | undefined): string =>
  operation === 'module' ? locator.slice(0, locator.indexOf('#')) : locator;
