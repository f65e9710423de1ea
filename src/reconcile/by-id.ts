import type { ConfigurationAliasFact, Fact, StateAliasFact, StateFact, StatePolicyFact } from '../model/facts.ts';
import type { KeyArnParts } from '../model/key-arn.ts';

/** The key that an alias or a policy is of. */
export const targetNames = (fact: ConfigurationAliasFact | StateAliasFact | StatePolicyFact) =>
  fact.kind === 'state-policy'
    ? { arn: fact.keyArn, id: fact.keyId }
    : { arn: fact.targetKeyArn, id: fact.targetKeyId };

/** Keys by id, for the ids by which facts name keys without an ARN. */
export function namedById<K extends { readonly key: KeyArnParts }>(
  facts: readonly Fact[],
  keys: Iterable<K>,
): ReadonlyMap<string, readonly K[]> {
  const byId = new Map<string, K[]>();
  for (const fact of facts) {
    const id = bareIdOf(fact);
    if (id !== null) byId.set(id, []);
  }
  if (byId.size > 0) for (const named of keys) byId.get(named.key.keyId)?.push(named);
  return byId;
}

/** The id by which a fact names a key without saying in which Region. */
function bareIdOf(fact: Fact): string | null {
  if (fact.kind === 'import') return fact.id;
  if (fact.kind === 'state-alias' || fact.kind === 'state-policy' || fact.kind === 'configuration-alias') {
    const { arn, id } = targetNames(fact);
    return arn === null ? id : null;
  }
  return (fact.kind === 'state' || fact.kind === 'planned') && fact.arn === null ? fact.keyId : null;
}

/** The keys that an instance may be which names its key by id alone. */
export const candidatesOf = <K extends { readonly key: KeyArnParts }>(
  { keyId, region }: Pick<StateFact, 'keyId' | 'region'>,
  byId: ReadonlyMap<string, readonly K[]>,
): readonly K[] => (byId.get(keyId ?? '') ?? []).filter(({ key }) => region === null || region === key.region);
