import { isPendingDeletion } from '../model/facts/live.ts';
import type { Fact, LiveFact, StateFact } from '../model/facts.ts';
import type { KeyArn } from '../model/key-arn.ts';
import type { StateChoice } from './states.ts';

/** Which states count, and which of them first. */
export type CountedStates = Pick<StateChoice, 'authoritative' | 'newest'>;

/** What of a key was gathered from the newest states and from KMS. */
interface Held {
  readonly state: readonly StateFact[];
  readonly live: LiveFact | null;
}

/**
 * What roots hold by their own copies of a state of which another root's is newer: an apply there acts on it. A key that
 * no newest state holds and that ended, as an apply of the other root ends it, is nobody's any more.
 */
export function ownCopies(
  facts: readonly Fact[],
  { authoritative, newest }: CountedStates,
  keys: ReadonlyMap<KeyArn, Held>,
): readonly (StateFact & { readonly arn: KeyArn })[] {
  if (authoritative.size === newest.size) return [];
  const absent = new Set(facts.flatMap((fact) => (fact.kind === 'absent' ? [fact.arn] : [])));
  return facts.flatMap((fact) => {
    if (fact.kind !== 'state' || fact.arn === null || fact.mode !== 'managed' || fact.errored) return [];
    if (newest.has(fact.source) || !authoritative.has(fact.source)) return [];
    const { arn } = fact;
    const { state = [], live } = keys.get(arn) ?? {};
    const isOver = state.length === 0 && (absent.has(arn) || isPendingDeletion(live?.keyState));
    return isOver ? [] : [{ ...fact, arn }];
  });
}

/** Whether what a state says of a key's aliases and policy counts: of copies, the newest that holds the key. */
export const isSaidOf = (
  { source }: Pick<StateFact, 'source'>,
  { state }: Pick<Held, 'state'>,
  { authoritative, newest }: CountedStates,
): boolean =>
  newest.has(source) || (authoritative.has(source) && !state.some((instance) => newest.has(instance.source)));

/** The instances that are the newest of their lineages: what older copies say of a key as it is does not count. */
export function newestOf(state: readonly StateFact[]): readonly StateFact[] {
  if (state.length < 2) return state;
  const serials = new Map<string, number>();
  for (const { lineage, serial } of state) serials.set(lineage, Math.max(serial, serials.get(lineage) ?? serial));
  return state.filter(({ lineage, serial }) => lineage === '' || serial === serials.get(lineage));
}
