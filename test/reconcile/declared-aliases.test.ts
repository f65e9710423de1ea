import { describe, expect, it } from '@jest/globals';
import type { ConfigurationAliasFact, Fact, StateAliasFact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import {
  configurationCovered,
  declared,
  held,
  heldAlias,
  inventory,
  keyArn,
  kmsCovered,
  live,
  multiRegionArn,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const K = keyArn(1);

const block = (over: Partial<ConfigurationAliasFact> = {}): ConfigurationAliasFact => ({
  kind: 'configuration-alias',
  address: 'aws_kms_alias.orders',
  root: '.',
  path: 'main.tf',
  line: 5,
  instances: 'one',
  name: 'alias/orders',
  keys: [],
  targetKeyArn: null,
  targetKeyId: null,
  readAt: T.states,
  ...over,
});
const inState = (over: Partial<StateAliasFact> = {}): StateAliasFact => heldAlias(K, { name: 'alias/state', ...over });

function aliasesOf(facts: readonly Fact[], id: string = K) {
  const coverage = [kmsCovered(), stateCovered(), configurationCovered()];
  const requested = ['kms' as const, 'state' as const, 'configuration' as const];
  const { keys } = reconciled(inventory(facts, { header: { requested }, coverage }), {
    estate: 'complete',
    graceMs: HOUR,
    secondLook: 'required',
  });
  const key = keys.find((record) => record.id === id);
  return [key?.aliases, key?.declaredAliases, key?.unknown.declaredAliases];
}

const LIVE = live(K, { aliases: ['alias/live'] });

describe('the aliases that are declared of a key', () => {
  it.each<[string, readonly Fact[], unknown]>([
    ['none: those of KMS are not', [LIVE, held(K)], [['alias/live'], [], undefined]],
    ['in its state', [LIVE, held(K), inState()], [['alias/live', 'alias/state'], ['alias/state'], undefined]],
    [
      'in its state, where a data source only reads one',
      [LIVE, held(K), inState({ mode: 'data', name: 'alias/live' })],
      [['alias/live'], [], undefined],
    ],
    [
      'by blocks of its root, before any apply',
      [LIVE, held(K), inState(), declared({ aliases: ['alias/b', 'alias/state'] })],
      [['alias/b', 'alias/live', 'alias/state'], ['alias/b', 'alias/state'], undefined],
    ],
    [
      'by a block elsewhere that has its ARN',
      [LIVE, block({ targetKeyArn: K, targetKeyId: 'is not asked' })],
      [['alias/live', 'alias/orders'], ['alias/orders'], undefined],
    ],
    [
      'by a block elsewhere that has its id',
      [LIVE, block({ targetKeyId: K.split('/')[1] ?? '' })],
      [['alias/live', 'alias/orders'], ['alias/orders'], undefined],
    ],
    [
      'by a block whose name is not known',
      [LIVE, block({ targetKeyArn: K, name: null, unknownName: 'name: var.x is not known' })],
      [['alias/live'], [], 'aws_kms_alias.orders: name: var.x is not known'],
    ],
    [
      'by a block that may not be there',
      [LIVE, block({ targetKeyArn: K, instances: 'unknown', open: 'its count is not known' })],
      [['alias/live'], [], 'aws_kms_alias.orders: its count is not known'],
    ],
    [
      'by a block, where KMS has it on another key',
      [LIVE, live(keyArn(2), { aliases: ['alias/a'] }), held(K), declared({ aliases: ['alias/a'] })],
      [['alias/live'], ['alias/a'], undefined],
    ],
    [
      'as far as it is known',
      [LIVE, held(K), declared({ aliases: ['alias/a'], unknownAliases: 'another may be' })],
      [['alias/a', 'alias/live'], ['alias/a'], 'another may be'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(aliasesOf(facts)).toEqual(expected);
  });

  it('are nobody’s where keys of several Regions share the id', () => {
    const [here, there] = [multiRegionArn(1), multiRegionArn(1, US_EAST_1)];
    const facts = [live(here), live(there), block({ targetKeyId: here.split('/')[1] ?? '' })];
    expect(aliasesOf(facts, here)).toEqual([[], [], undefined]);
  });

  it('name a key that is not created yet', () => {
    const facts = [stateless({ aliases: ['alias/next'] }), stateless({ unknownAliases: 'who knows', line: 9 }, 'b')];
    expect(aliasesOf(facts, '.#aws_kms_key.a')).toEqual([['alias/next'], ['alias/next'], undefined]);
    expect(aliasesOf(facts, '.#aws_kms_key.b')).toEqual([[], [], 'who knows']);
  });
});

const stateless = (over: Parameters<typeof declared>[0], name = 'a'): Fact =>
  declared({ address: `aws_kms_key.${name}`, ...over });
