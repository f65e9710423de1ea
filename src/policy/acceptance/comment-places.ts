import { stepsOf } from '../../model/address.ts';
import type { SuppressionComment } from '../../model/facts/configuration.ts';
import type { ConfigurationFact, Fact } from '../../model/facts.ts';
import type { Fit } from '../../model/fit.ts';
import type { KeyRecord } from '../../model/key-record.ts';
import type { Pairing } from '../state-holders.ts';

/** A comment by what it is called, and whether it is for a key. */
interface PlacedComment {
  readonly name: string;
  readonly fit: Exclude<Fit, 'no'>;
}

/** The comments that are, or may be, for a key. */
export type CommentPlaces = (record: KeyRecord) => readonly PlacedComment[];

/** What a comment is called: where it stands, and one of the rules that it names. */
export const nameOf = ({ path, line, rule }: Pick<SuppressionComment, 'path' | 'line' | 'rule'>): string =>
  `${path}:${line}:${rule}`;

/**
 * Comments stand above the blocks of a key, and above what it was an instance of: where a state or a plan has a key at an
 * address below a block or a module call, and the root declares it no longer, the comment there answers for it as before.
 */
export function commentPlaces(facts: readonly Fact[], pairing: Pairing): CommentPlaces {
  const blocks = facts.filter((fact): fact is ConfigurationFact => fact.kind === 'configuration');
  const namesAt = placesByRoot(blocks);
  if (namesAt.size === 0) return () => [];
  const rootOfPlan = plannedRoots(facts);
  return (record) => {
    const above = record.configuration.flatMap(({ suppressions = [] }) => suppressions.map(nameOf));
    const declaring = new Set(record.configuration.map(({ root }) => root));
    const found = new Map<string, PlacedComment['fit']>(above.map((name) => [name, 'fits']));
    for (const { address, roots, isCertain } of placesOf(record, pairing, rootOfPlan)) {
      const dropping = roots.filter((root) => !declaring.has(root));
      for (const name of dropping.flatMap((root) => namesAbove(address, namesAt.get(root)))) {
        if (isCertain) found.set(name, 'fits');
        else if (!found.has(name)) found.set(name, 'unknown');
      }
    }
    return [...found].map(([name, fit]) => ({ name, fit }));
  };
}

type NamesByPlace = ReadonlyMap<string, ReadonlySet<string>>;

/** What stands above each block and module call, root by root. */
function placesByRoot(blocks: readonly ConfigurationFact[]): ReadonlyMap<string, NamesByPlace> {
  const places = new Map<string, Map<string, Set<string>>>();
  for (const { root, suppressions = [] } of blocks) {
    for (const comment of suppressions) {
      const ofRoot = places.get(root) ?? new Map<string, Set<string>>();
      places.set(root, ofRoot.set(comment.above, (ofRoot.get(comment.above) ?? new Set()).add(nameOf(comment))));
    }
  }
  return places;
}

/** A plan that the repository carries says nothing of whose its keys are. */
function plannedRoots(facts: readonly Fact[]): ReadonlyMap<string, string> {
  const planned = facts.flatMap((fact) =>
    fact.kind === 'planned' && fact.root !== null && !fact.committed ? [[fact.plan, fact.root] as const] : [],
  );
  return new Map(planned);
}

/** An address that a key has, and the roots that it is of or may be of. */
interface Place {
  readonly address: string;
  readonly roots: readonly string[];
  readonly isCertain: boolean;
}

function placesOf(
  { state, planned }: KeyRecord,
  { holdersOf, unpaired }: Pairing,
  rootOfPlan: ReadonlyMap<string, string>,
): readonly Place[] {
  return [
    ...state.map((instance) => {
      const holders = holdersOf(instance);
      const roots = holders.length === 0 ? unpaired : holders;
      return { address: instance.address, roots, isCertain: holders.length === 1 };
    }),
    ...planned.flatMap(({ address, plan }) => {
      const root = rootOfPlan.get(plan ?? '');
      return root === undefined ? [] : [{ address, roots: [root], isCertain: true }];
    }),
  ];
}

/** The nearest first: that of the block, then those of the module calls that lead to it. */
function namesAbove(address: string, places: NamesByPlace | undefined): readonly string[] {
  if (places === undefined) return [];
  const steps = stepsOf(address).map(({ name }) => name);
  return steps.flatMap((_, at) => [...(places.get(steps.slice(0, steps.length - at).join('.')) ?? [])]);
}
