import type { ConfigurationFact, Fact } from '../model/facts.ts';
import type { Declarations } from './declarations.ts';
import type { Gathered } from './gather.ts';
import type { KeyStores } from './key-stores.ts';
import type { Roots } from './roots.ts';

/** The custom key store that a block refers to, by the state of its root; undefined where that does not tell. */
export type ReferredStoreId = (block: ConfigurationFact) => string | undefined;

/** Looks up the stores that blocks refer to: where the configuration declares them, and one instance of a state is each. */
export function referredStoreIds(
  facts: readonly Fact[],
  { instances }: KeyStores,
  roots: Roots,
  { placeOf }: Pick<Declarations, 'placeOf'>,
): ReferredStoreId {
  const declared = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'configuration-key-store' && fact.instances === 'one' ? [`${fact.root}#${fact.address}`] : [],
    ),
  );
  if (declared.size === 0) return () => undefined;
  const ids = new Map<string, Set<string>>();
  for (const store of instances) {
    const found = roots.ofState(store);
    if ('gap' in found) continue;
    const place = `${found.root}#${placeOf(store, found.root).address}`;
    ids.set(place, (ids.get(place) ?? new Set()).add(store.id));
  }
  return ({ root, customKeyStore }) => {
    const place = `${root}#${customKeyStore}`;
    const [only, ...others] = declared.has(place) ? (ids.get(place) ?? []) : [];
    return others.length === 0 ? only : undefined;
  };
}

/**
 * Blocks with the store that they refer to, where the key lives in another one. Where it lives in that very one nothing is
 * said: the apply may replace the store, and the key with it (terraform-provider-aws, custom_key_store.go, ForceNew).
 */
export function withReferredStores(
  { configuration, state, live }: Pick<Gathered, 'configuration' | 'state' | 'live'>,
  idOf: ReferredStoreId,
): readonly ConfigurationFact[] {
  if (configuration.every(({ customKeyStore }) => customKeyStore === undefined)) return configuration;
  const witness = live ?? state.find(({ status }) => status !== 'deposed');
  const home = witness?.unknown.customKeyStoreId === undefined ? witness?.attributes.customKeyStoreId : undefined;
  return configuration.map((block) => {
    const id = block.customKeyStore === undefined ? undefined : idOf(block);
    return id === undefined || home === undefined || home === id ? block : inStore(block, id);
  });
}

function inStore(block: ConfigurationFact, customKeyStoreId: string): ConfigurationFact {
  const { customKeyStoreId: _, ...unknown } = block.unknown;
  return { ...block, attributes: { ...block.attributes, customKeyStoreId }, unknown };
}
