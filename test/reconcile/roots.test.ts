import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact } from '../../src/model/facts.ts';
import {
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  root,
  STATE,
  stateCovered,
  US_EAST_1,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const OTHER = { locator: 'b.tfstate', lineage: 'b' };
const heldByOther = { source: 'b.tfstate', lineage: 'b' };
const bothCovered = [
  kmsCovered(),
  stateCovered(),
  stateCovered(OTHER),
  { ...configurationCovered(), locator: 'a' },
  { ...configurationCovered(), locator: 'b' },
];
const pairs = [root('a', [STATE]), root('b', ['b.tfstate'])];

function keysOf(facts: readonly Fact[], coverage: readonly Coverage[] = bothCovered) {
  const { keys } = reconciled(inventory(facts, { coverage, header: { scope: [REALM, US_EAST_1] } }));
  return (id: string) => keys.find((key) => key.id === id);
}

describe('an address joins within its root', () => {
  it('two roots declare the same address: each key has its own block', () => {
    const key = keysOf([
      ...pairs,
      declared({ root: 'a', path: 'a/main.tf' }),
      declared({ root: 'b', path: 'b/main.tf' }),
      held(K),
      held(keyArn(2), heldByOther),
      live(K),
      live(keyArn(2)),
    ]);
    expect(key(K)?.configuration).toMatchObject([{ path: 'a/main.tf' }]);
    expect(key(keyArn(2))?.configuration).toMatchObject([{ path: 'b/main.tf' }]);
  });

  it('a copy of a state belongs to the root of its lineage', () => {
    const coverage = [
      ...bothCovered.filter(({ locator }) => locator !== STATE),
      stateCovered({ locator: 'newer.backup', serial: 9 }),
      stateCovered(),
    ];
    const facts = [...pairs, declared({ root: 'a' }), held(K, { source: 'newer.backup', serial: 9 }), live(K)];
    expect(keysOf(facts, coverage)(K)?.configuration).toHaveLength(1);
  });

  it.each<[string, Fact[], string]>([
    ['a state of no root', [root('a', [STATE]), root('b', [])], 'none of the configurations'],
    [
      'a state that may be of a root',
      [root('a', [STATE]), root('b', null)],
      'belongs to b is not known: name its state in keydrift.yaml (roots), or look at its root alone with --config-dir',
    ],
    ['a state of two roots', [root('a', ['b.tfstate']), root('b', ['b.tfstate'])], 'a or b share b.tfstate'],
  ])('%s: its keys are not known to be declared or not', (_, roots, reason) => {
    const key = keysOf([...roots, declared({ root: 'b' }), held(K, heldByOther), live(K)])(K);
    expect(key?.unknown.configuration).toContain(reason);
    expect(key?.planned).toEqual([]);
  });

  it.each<[string, Fact, Coverage[], string | undefined]>([
    ['its state is read', root('b', ['b.tfstate']), bothCovered, undefined],
    [
      'its state is read, and what a crashed apply left beside it',
      root('b', ['b.tfstate', 'errored.tfstate']),
      [
        ...bothCovered,
        stateCovered({
          locator: 'errored.tfstate',
          state: { lineage: 'b', serial: 5, digest: 'd5', errored: true, terraformVersion: null },
        }),
      ],
      undefined,
    ],
    [
      'its place was read and holds no state yet',
      root('b', ['tfc://org/b']),
      [...bothCovered, { source: 'state', locator: 'tfc://org/b', status: 'complete' }],
      undefined,
    ],
    ['nobody says where its state is', root('b', null), bothCovered, 'which states belong to the configuration b'],
    ['it has none', root('b', []), bothCovered, 'no state of b was read'],
    [
      'its state could not be read',
      root('b', ['b.tfstate']),
      bothCovered.map((entry) =>
        entry.locator === 'b.tfstate' ? { ...entry, status: 'failed' as const, reason: 'denied' } : entry,
      ),
      'b.tfstate: denied',
    ],
    [
      'the state of the other root could not be read',
      root('b', ['b.tfstate']),
      bothCovered.map((entry) => (entry.locator === STATE ? { ...entry, status: 'failed' as const } : entry)),
      undefined,
    ],
  ])('a block that no state holds, where %s', (_, b, coverage, reason) => {
    const record = keysOf([root('a', [STATE]), b, declared({ root: 'b' })], coverage)('b#aws_kms_key.this');
    expect(record?.standing).toBe(reason === undefined ? 'not-created' : 'undetermined');
    if (reason !== undefined) expect(record?.reason).toContain(reason);
  });
});

describe('the reach of a root', () => {
  const unread = bothCovered.map((entry) =>
    entry.locator === 'b.tfstate' ? { ...entry, status: 'failed' as const, reason: 'denied' } : entry,
  );
  const abroad = keyArn(3, US_EAST_1);
  it.each<[string, Fact[], string, string]>([
    ['another Region', [root('b', ['b.tfstate'], { regions: ['us-east-1'] })], 'unmanaged', 'undetermined'],
    ['another account', [root('b', ['b.tfstate'], { accounts: ['444455556666'] })], 'unmanaged', 'unmanaged'],
    ['this account', [root('b', ['b.tfstate'], { accounts: ['111122223333'] })], 'undetermined', 'undetermined'],
    ['nobody knows', [root('b', ['b.tfstate'])], 'undetermined', 'undetermined'],
    ['no root at all', [], 'undetermined', 'undetermined'],
    [
      'of two roots that share it',
      [root('b', ['b.tfstate'], { regions: ['us-east-1'] }), root('c', ['b.tfstate'], { regions: ['eu-west-1'] })],
      'undetermined',
      'undetermined',
    ],
  ])('an unreadable state of %s', (_, roots, here, there) => {
    const key = keysOf([root('a', [STATE]), ...roots, live(K), live(abroad)], unread);
    expect(key(K)?.standing).toBe(here);
    expect(key(abroad)?.standing).toBe(there);
  });
});
