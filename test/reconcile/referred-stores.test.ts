import { describe, expect, it } from '@jest/globals';
import type { ConfigurationFact, ConfigurationKeyStoreFact, Fact, StateKeyStoreFact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import {
  configurationCovered,
  declared,
  held,
  heldKeyStore,
  inventory,
  keyArn,
  kmsCovered,
  live,
  stateCovered,
  T,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const [A, B] = ['cks-11111111111111111', 'cks-22222222222222222'];
const K = keyArn(1);
const REASON = 'custom_key_store_id: aws_kms_custom_key_store.hsm.id is not known';
const ADDRESS = 'aws_kms_custom_key_store.hsm';

const inStore = (id: string | null) => ({ attributes: { customKeyStoreId: id } });
const referring = (over: Partial<ConfigurationFact> = {}): Fact =>
  declared({ customKeyStore: ADDRESS, attributes: {}, unknown: { customKeyStoreId: REASON }, ...over });
const block = (over: Partial<ConfigurationKeyStoreFact> = {}): Fact => ({
  kind: 'configuration-key-store',
  address: ADDRESS,
  root: '.',
  path: 'main.tf',
  line: 1,
  instances: 'one',
  name: 'hsm',
  type: null,
  readAt: T.states,
  ...over,
});
const store = (over: Partial<StateKeyStoreFact> = {}): Fact => heldKeyStore(A, { address: ADDRESS, ...over });
const moved: Fact = {
  kind: 'moved',
  from: 'aws_kms_custom_key_store.old',
  to: ADDRESS,
  root: '.',
  path: 'm.tf',
  line: 1,
};

/** Where it differs from KMS, what that replaces, and why nothing can be said of the next apply. */
function outcome(facts: readonly Fact[]): unknown {
  const coverage = [kmsCovered(), stateCovered(), configurationCovered()];
  const header = { requested: ['kms' as const, 'state' as const, 'configuration' as const] };
  const options = { estate: 'complete', graceMs: HOUR, secondLook: 'required' } as const;
  const { keys } = reconciled(inventory(facts, { header, coverage }), options);
  const key = keys.find(({ id }) => id === K);
  const replacing = key?.differences.filter(({ replaces }) => replaces) ?? [];
  return [
    replacing.map(({ values }) => [values.configuration, 'live' in values ? values.live : values.state]),
    key?.planned.map(({ action, because }) => `${action} ${because.join()}`),
    key?.unknown.planned,
  ];
}

const REPLACED = [[[A, B]], ['replace customKeyStoreId'], undefined];
const OPEN = [[], [], REASON];

describe('the custom key store that a key refers to', () => {
  const elsewhere = [held(K, inStore(B)), live(K, inStore(B))];
  it.each<[string, readonly Fact[], unknown]>([
    ['is another than the key lives in', [...elsewhere, referring(), block(), store()], REPLACED],
    [
      'is another, and the key in none',
      [held(K), live(K, inStore(null)), referring(), block(), store()],
      [[[A, null]], ['replace customKeyStoreId'], undefined],
    ],
    [
      'was moved to its address',
      [...elsewhere, referring(), block(), moved, store({ address: 'aws_kms_custom_key_store.old' })],
      REPLACED,
    ],
    [
      'is the one that it lives in, and may be replaced itself',
      [held(K, inStore(A)), live(K, inStore(A)), referring(), block(), store()],
      OPEN,
    ],
    ['is in no state', [...elsewhere, referring(), block()], OPEN],
    ['is only read by a data source', [...elsewhere, referring(), block(), store({ mode: 'data' })], OPEN],
    ['has a deposed instance too', [...elsewhere, referring(), block(), store(), store({ id: B })], OPEN],
    ['is not declared', [...elsewhere, referring(), store()], OPEN],
    ['may not be declared', [...elsewhere, referring(), block({ instances: 'unknown' }), store()], OPEN],
    ['is of another root', [...elsewhere, referring(), block({ root: 'other' }), store()], OPEN],
    [
      'is not told by KMS',
      [
        held(K, inStore(B)),
        live(K, { attributes: {}, unknown: { customKeyStoreId: 'denied' } }),
        referring(),
        block(),
        store(),
      ],
      OPEN,
    ],
  ])('%s', (_, facts, expected) => {
    expect(outcome(facts)).toEqual(expected);
  });

  it('is laid beside the state where KMS was not asked', () => {
    expect(outcome([held(K, inStore(B)), referring(), block(), store()])).toEqual(REPLACED);
  });
});
