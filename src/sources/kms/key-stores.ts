import type { KeyStoreFact, LiveFact } from '../../model/facts.ts';
import type { Realm } from '../../model/key-arn.ts';
import type { Instant } from '../../model/time.ts';
import type { Failure } from '../aws/failure.ts';
import { allPages } from './pages.ts';
import type { KmsQuestions } from './questions.ts';

/** True when a key lives in a custom key store: without one there is no store worth asking about. */
export const livesInStore = ({ attributes }: LiveFact): boolean => typeof attributes.customKeyStoreId === 'string';

/** All custom key stores of a realm. One paged call brings them all, at 5 calls a second (AWS KMS "Request quotas"). */
export async function describeKeyStores(
  questions: KmsQuestions,
  realm: Realm,
  readAt: Instant,
): Promise<{ readonly facts: readonly KeyStoreFact[]; readonly failure?: Failure }> {
  const { pages, failure } = await allPages(questions.describeCustomKeyStores);
  const facts = pages
    .flatMap(({ CustomKeyStores }) => CustomKeyStores)
    .flatMap((store): KeyStoreFact[] => {
      if (store.CustomKeyStoreId === undefined) return [];
      return [
        {
          kind: 'key-store',
          realm,
          id: store.CustomKeyStoreId,
          name: store.CustomKeyStoreName ?? null,
          type: store.CustomKeyStoreType ?? null,
          connectionState: store.ConnectionState ?? null,
          readAt,
        },
      ];
    });
  return failure === undefined ? { facts } : { facts, failure };
}
