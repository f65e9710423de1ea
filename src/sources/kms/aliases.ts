import type { LiveFact } from '../../model/facts.ts';
import { grouped } from '../../model/grouped.ts';
import type { Failure } from '../aws/failure.ts';
import { allPages } from './pages.ts';
import type { KmsQuestions } from './questions.ts';

/** The aliases of one Region. */
export interface Aliases {
  /** Names of a key by its id, sorted; null for every key when not all aliases could be listed. */
  readonly of: (keyId: string) => string[] | null;
  /** What kept the list from being whole; `failed` when not even its first page came. */
  readonly trouble?: { readonly failure: Failure; readonly status: 'partial' | 'failed' };
}

/** Keys with their aliases, each asked for by itself; null where that failed, with why. */
export async function withAliases(
  questions: KmsQuestions,
  facts: readonly LiveFact[],
): Promise<{ readonly live: readonly LiveFact[]; readonly failures: readonly Failure[] }> {
  const live: LiveFact[] = [];
  const failures: Failure[] = [];
  for (const fact of facts) {
    const { pages, failure } = await allPages((marker) => questions.listAliasesOf(fact.arn, marker));
    if (failure !== undefined) failures.push(failure);
    const names = pages.flatMap(({ Aliases }) => Aliases).flatMap(({ AliasName }) => AliasName ?? []);
    live.push({ ...fact, aliases: failure === undefined ? names.sort() : null });
  }
  return { live, failures };
}

/**
 * All aliases of a Region. AWS reserves names that have no key yet: they have no TargetKeyId and say nothing (AWS KMS
 * API reference, ListAliases).
 */
export async function listAliases(questions: KmsQuestions): Promise<Aliases> {
  const { pages, failure } = await allPages(questions.listAliases);
  if (failure !== undefined) {
    return { of: () => null, trouble: { failure, status: pages.length === 0 ? 'failed' : 'partial' } };
  }
  const named = pages
    .flatMap(({ Aliases }) => Aliases)
    .flatMap(({ AliasName: name, TargetKeyId: keyId }) =>
      name === undefined || keyId === undefined ? [] : [{ name, keyId }],
    );
  const byKey = grouped(named, ({ keyId }) => keyId);
  return { of: (keyId) => (byKey.get(keyId) ?? []).map(({ name }) => name).sort() };
}
