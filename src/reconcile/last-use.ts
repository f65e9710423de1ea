import { isPendingDeletion } from '../model/facts/live.ts';
import type { KeyRecord, PlannedChange } from '../model/key-record.ts';

/** Actions after which a key no longer serves who uses it. */
const ENDING: ReadonlySet<PlannedChange['action']> = new Set(['replace', 'destroy', 'recreate']);

/** Whether a finding may ask when the key was last used: one that nobody manages, or that is about to go. */
export function isLastUseCandidate({
  standing,
  live,
  planned,
}: Pick<KeyRecord, 'standing' | 'live' | 'planned'>): boolean {
  if (live === null) return false;
  if (standing === 'unmanaged' || standing === 'unclaimed' || standing === 'retiring') return true;
  if (standing !== 'managed' && standing !== 'undetermined') return false;
  return isPendingDeletion(live.keyState) || planned.some(({ action }) => ENDING.has(action));
}
