import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, KeyStoreFact, StateKeyStoreFact } from '../../src/model/facts.ts';
import type { Realm } from '../../src/model/key-arn.ts';
import type { Reach } from '../../src/model/reach.ts';
import { HOUR } from '../../src/model/time.ts';
import { doubtsOf } from '../../src/reconcile/doubts.ts';
import {
  declared,
  held,
  heldKeyStore,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  STATE,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const STORE = 'cks-11111111111111111';
const OPTIONS = { estate: 'partial', graceMs: HOUR } as const;

const listing = (over: Partial<Coverage> = {}): Coverage => ({
  source: 'kms',
  operation: 'DescribeCustomKeyStores',
  ...REALM,
  status: 'complete',
  readAt: T.secondLook,
  ...over,
});
const store = (realm: Realm = REALM): KeyStoreFact => ({
  kind: 'key-store',
  realm,
  id: STORE,
  name: 'hsm',
  type: 'AWS_CLOUDHSM',
  connectionState: 'CONNECTED',
  readAt: T.live,
});
const kept = (over: Partial<StateKeyStoreFact> = {}): StateKeyStoreFact => heldKeyStore(STORE, over);
const root = (reach: Reach): Fact => ({ kind: 'root', root: '.', states: [STATE], reach });
const inStore = { attributes: { customKeyStoreId: STORE } };

const inventoryOf = (facts: readonly Fact[], listings: readonly Coverage[], scope: readonly Realm[] = [REALM]) =>
  inventory(facts, {
    header: { scope: [...scope] },
    coverage: [...scope.map(kmsCovered), stateCovered(), ...listings],
  });

function storesOf(facts: readonly Fact[], listings: readonly Coverage[] = [listing()], scope?: readonly Realm[]) {
  const { keys, diagnostics } = reconciled(inventoryOf(facts, listings, scope), { ...OPTIONS, secondLook: 'required' });
  const key = keys.find(({ id }) => id === keyArn(1));
  return {
    missing: key?.missingKeyStores,
    gap: key?.unknown.missingKeyStores,
    held: key?.stateKeyStores.map(({ address }) => address),
    told: diagnostics.map(({ level, message }) => `${level}: ${message}`),
  };
}

describe('the custom key store that a key is put in', () => {
  it.each<[string, readonly Fact[], readonly string[]]>([
    ['is there', [held(keyArn(1), inStore), live(keyArn(1), inStore), store()], []],
    ['is missing by the state', [held(keyArn(1), inStore), live(keyArn(1))], [STORE]],
    ['is in another Region alone', [held(keyArn(1), inStore), live(keyArn(1)), store(US_EAST_1)], [STORE]],
    ['is missing by the configuration', [held(keyArn(1)), declared(inStore), live(keyArn(1))], [STORE]],
    ['is none', [held(keyArn(1)), live(keyArn(1))], []],
  ])('%s', (_, facts, missing) => {
    expect(storesOf(facts)).toMatchObject({ missing, gap: undefined });
  });

  it.each<[string, readonly Coverage[], RegExp]>([
    ['was not asked for', [], /not asked for the custom key stores of eu-west-1/],
    ['was listed before the states were read', [listing({ readAt: T.live })], /not asked for custom key stores again/],
    ['could not be listed', [listing({ status: 'failed', reason: 'denied' })], /DescribeCustomKeyStores: denied/],
    ['could not be listed the second time', [listing({ readAt: T.live }), listing({ status: 'partial' })], /partial/],
  ])('is not called missing when it %s', (_, listings, gap) => {
    expect(storesOf([held(keyArn(1), inStore), live(keyArn(1))], listings)).toMatchObject({
      missing: [],
      gap: expect.stringMatching(gap),
    });
  });

  it('is that of the instances which hold it', () => {
    const facts = [
      held(keyArn(1), inStore),
      live(keyArn(1), inStore),
      store(),
      kept(),
      kept({ mode: 'data', address: 'b' }),
    ];
    expect(storesOf(facts).held).toEqual(['aws_kms_custom_key_store.hsm']);
  });
});

describe('a custom key store without keys', () => {
  const everywhere: Reach = { accounts: null, regions: null };
  const here: Reach = { accounts: [REALM.account], regions: [REALM.region] };
  const MISSING = [`error: ${STATE} holds aws_kms_custom_key_store.hsm, but KMS has no custom key store ${STORE}`];

  it.each<[string, readonly Fact[], readonly Coverage[], readonly string[]]>([
    ['that KMS does not have', [kept(), root(here)], [listing()], MISSING],
    ['that KMS has', [kept(), root(here), store()], [listing()], []],
    ['of a root that may be anywhere', [kept(), root(everywhere)], [listing()], []],
    ['of a state whose root is not known', [kept()], [listing()], []],
    ['of a Region that is not scanned', [kept({ region: 'us-west-2' }), root(here)], [listing()], []],
    [
      'whose own Region says where it is',
      [kept({ region: REALM.region }), root({ ...here, regions: null })],
      [listing()],
      MISSING,
    ],
    ['where KMS did not answer', [kept(), root(here)], [listing({ status: 'failed' })], []],
    ['that a superseded copy holds', [kept({ source: 'old.tfstate' }), root(here)], [listing()], []],
  ])('%s', (_, facts, listings, told) => {
    expect(storesOf(facts, listings).told).toEqual(told);
  });
});

describe('where KMS is asked for stores once the states were read', () => {
  it.each<[string, readonly Fact[], readonly Coverage[], readonly Realm[]]>([
    ['where a state puts a key in one that was not listed', [held(keyArn(1), inStore), live(keyArn(1))], [], [REALM]],
    ['where it was listed, nowhere', [held(keyArn(1), inStore), live(keyArn(1), inStore), store()], [], []],
    ['everywhere for a store of unknown Region', [kept()], [], [REALM, US_EAST_1]],
    ['in its Region for one that names it', [kept({ region: 'us-east-1' })], [], [US_EAST_1]],
    ['not where that was done', [kept({ region: REALM.region })], [listing()], []],
    ['nowhere without stores', [held(keyArn(1)), live(keyArn(1))], [], []],
  ])('%s', (_, facts, listings, realms) => {
    expect(doubtsOf(inventoryOf(facts, listings, [REALM, US_EAST_1]), OPTIONS).keyStores()).toEqual(realms);
  });
});
