import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, StateFact } from '../../src/model/facts.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { HOUR, toEpochMs, toInstant } from '../../src/model/time.ts';
import { doubtsOf } from '../../src/reconcile/doubts.ts';
import {
  absent,
  configurationCovered,
  created,
  declared,
  denied,
  eventsCovered,
  held,
  imports,
  inventory,
  keyArn,
  kmsCovered,
  live,
  multiRegionArn,
  planned,
  REALM,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const K = keyArn(1);
const options = { estate: 'partial', graceMs: HOUR, secondLook: 'required' } as const;

const standingIn = (scan: Inventory, id: string = K, over: Partial<typeof options> | { estate: 'complete' } = {}) => {
  const record = reconciled(scan, { ...options, ...over }).keys.find((key) => key.id === id);
  return record === undefined ? undefined : { standing: record.standing, reason: record.reason };
};

const minutesBeforeStates = (minutes: number) => toInstant(toEpochMs(T.states) - minutes * 60_000);
const stateFailed = { source: 'state', locator: 'other.tfstate', status: 'failed', reason: 'encrypted' } as const;
const read = stateCovered();
const stateMoved: Coverage = {
  ...read,
  status: 'partial',
  reason: 'serial 4, then 5',
  ...(read.state === undefined ? {} : { state: { ...read.state, inDoubt: true } }),
};
const stateDamaged: Coverage = { ...read, status: 'partial', reason: 'damaged: aws_kms_key.half names no key' };
const rotationOff = () => held(K, { attributes: { rotationEnabled: false } });
const withStateFailure = [kmsCovered(), eventsCovered(), stateCovered(), stateFailed];

describe('standing of a live key', () => {
  it.each<[string, Fact[], string]>([
    ['held by a state', [live(K), held(K)], 'managed'],
    ['held by a state as tainted', [live(K), held(K, { status: 'tainted' })], 'managed'],
    ['held by a state as deposed', [live(K), held(K, { status: 'deposed' })], 'managed'],
    ['held by a state though denied', [denied(K), held(K)], 'managed'],
    ['held by id where the instance has no ARN', [live(K), held(null, { keyId: K.split('/')[1]! })], 'managed'],
    ['pending deletion and held', [live(K, { keyState: 'PendingDeletion' }), held(K)], 'managed'],
    ['pending deletion in no state', [live(K, { keyState: 'PendingDeletion' })], 'retiring'],
    ['pending replica deletion in no state', [live(K, { keyState: 'PendingReplicaDeletion' })], 'retiring'],
    ['managed by AWS', [live(K, { keyManager: 'AWS' })], 'aws-managed'],
    ['denied, with an AWS alias', [denied(K, { aliases: ['alias/aws/s3'] })], 'aws-managed'],
    ['managed by a manager that is new', [live(K, { keyManager: 'PARTNER' })], 'unclaimed'],
    ['named by an import block', [live(K), imports('aws_kms_key.this', K)], 'import-planned'],
    ['named by an import block by id', [live(K), imports('aws_kms_key.this', K.split('/')[1]!)], 'import-planned'],
    ['imported by a plan', [live(K), planned({ arn: K, action: 'import' })], 'import-planned'],
    ['updated by a plan, in no state', [live(K), planned({ arn: K, action: 'update' })], 'unclaimed'],
    ['held, and named by an import block', [live(K), held(K), imports('aws_kms_key.this', K)], 'managed'],
    ['read through a data source only', [live(K), held(K, { mode: 'data' })], 'unclaimed'],
    ['known to a crashed apply only', [live(K), held(K, { errored: true, source: 'errored.tfstate' })], 'unclaimed'],
    ['younger than the grace period', [live(K, { createdAt: minutesBeforeStates(59) })], 'settling'],
    ['made after the states were read', [live(K, { createdAt: minutesBeforeStates(-1) })], 'settling'],
    ['just past the grace period', [live(K, { createdAt: minutesBeforeStates(60) })], 'unclaimed'],
    ['in no state', [live(K), held(keyArn(2))], 'unclaimed'],
    ['in no state, and of unknown age', [live(K, { createdAt: null })], 'undetermined'],
  ])('%s: %s', (_, facts, standing) => {
    expect(standingIn(inventory(facts))?.standing).toBe(standing);
  });

  it('is unmanaged when the estate is declared complete', () => {
    expect(standingIn(inventory([live(K)]), K, { estate: 'complete' })).toEqual({ standing: 'unmanaged' });
  });

  it.each<[string, Inventory, string]>([
    ['a state was not read', inventory([live(K)], { coverage: withStateFailure }), 'other.tfstate: encrypted'],
    [
      'a state was not read and the key is pending deletion',
      inventory([live(K, { keyState: 'PendingDeletion' })], { coverage: withStateFailure }),
      'other.tfstate: encrypted',
    ],
    [
      'no state was given',
      inventory([live(K)], { header: { requested: ['kms'] }, coverage: [kmsCovered()] }),
      'no state was given',
    ],
    ['a state was asked for and none came', inventory([live(K)], { coverage: [kmsCovered()] }), 'no state was read'],
    [
      'DescribeKey was denied',
      inventory([denied(K)], {
        coverage: [
          kmsCovered(),
          stateCovered(),
          {
            source: 'kms',
            operation: 'DescribeKey',
            locator: K,
            ...REALM,
            status: 'partial',
            reason: 'its policy denies',
          },
        ],
      }),
      'its policy denies',
    ],
    [
      'DescribeKey was denied for so many keys that coverage names none of them',
      inventory([denied(K, { unknown: { keySpec: 'kms:DescribeKey is denied' } })], {
        coverage: [
          kmsCovered(),
          stateCovered(),
          { ...kmsCovered(), operation: 'DescribeKey', status: 'partial', reason: '400 keys' },
        ],
      }),
      'kms:DescribeKey is denied',
    ],
    ['KMS was not asked after the states', inventory([live(K, { readAt: T.live })]), 'not asked again'],
    [
      'the state that holds it moved',
      inventory([live(K), held(K)], {
        coverage: [kmsCovered(), stateMoved],
      }),
      'serial 4, then 5',
    ],
  ])('is undetermined when %s', (_, scan, why) => {
    for (const estate of ['complete', 'partial'] as const) {
      const verdict = standingIn(scan, K, { estate } as never);
      expect(verdict?.standing).toBe('undetermined');
      expect(verdict?.reason).toContain(why);
    }
  });

  it('an id that keys in several Regions share is imported by none of them for sure', () => {
    const [here, there] = [multiRegionArn(1), multiRegionArn(1, US_EAST_1)];
    const scan = inventory([live(here), live(there), imports('aws_kms_key.this', 'mrk-'.padEnd(35, '0').concat('1'))], {
      header: { scope: [REALM, US_EAST_1] },
    });
    expect(standingIn(scan, here)?.standing).toBe('undetermined');
    expect(standingIn(scan, there)?.reason).toContain('main.tf:9');
  });
});

describe('an instance that names its key by id alone', () => {
  const eu = multiRegionArn(1);
  const us = multiRegionArn(1, US_EAST_1);
  const both = {
    coverage: [kmsCovered(), kmsCovered(US_EAST_1), stateCovered()],
    header: { scope: [REALM, US_EAST_1] },
  };
  const byId = (over: Partial<StateFact> = {}) => held(null, { keyId: eu.split('/')[1]!, ...over });
  const family = { primary: eu, replicas: [] };

  it.each<[string, Fact[]]>([
    ['live', [live(eu), live(us), byId()]],
    ['not found', [created(eu), absent(eu), created(us), absent(us), byId()]],
  ])('leaves keys that share the id undetermined: %s', (_, facts) => {
    const scan = inventory(facts, both);
    const reason = expect.stringContaining('which keys in several Regions share');
    expect(standingIn(scan, eu, { estate: 'complete' })).toEqual({ standing: 'undetermined', reason });
    expect(standingIn(scan, us, { estate: 'complete' })).toEqual({ standing: 'undetermined', reason });
    expect(doubtsOf(scan, { estate: 'complete', graceMs: HOUR }).absences()).toEqual([]);
  });

  it('manages the key of the Region that it names', () => {
    const scan = inventory([live(eu), live(us), byId({ region: 'eu-west-1' })], both);
    expect(standingIn(scan, eu)?.standing).toBe('managed');
    expect(standingIn(scan, us)?.standing).toBe('unclaimed');
  });

  it('manages no multi-Region key whose family is not known: it may be about a Region that was not scanned', () => {
    expect(standingIn(inventory([denied(eu), byId()]), eu)?.standing).toBe('undetermined');
    expect(standingIn(inventory([live(eu, { family }), byId()]), eu)?.standing).toBe('managed');
  });
});

describe('standing of a key that KMS does not find', () => {
  it.each<[string, Fact[], string]>([
    ['held by a state', [absent(K), held(K)], 'missing'],
    ['listed first and deleted since', [live(K, { readAt: T.live }), absent(K), held(K)], 'missing'],
    ['asked for before the state was read', [absent(K, T.live), held(K)], 'undetermined'],
    ['known by its creation record only', [absent(K), created(K)], 'gone'],
    ['made a moment ago', [absent(K), created(K, { eventTime: minutesBeforeStates(5) })], 'undetermined'],
    [
      'held, and made a moment ago',
      [absent(K), held(K), created(K, { eventTime: minutesBeforeStates(5) })],
      'undetermined',
    ],
  ])('%s: %s', (_, facts, standing) => {
    expect(standingIn(inventory(facts))?.standing).toBe(standing);
  });

  it('is not called gone while a state that may hold it was not read', () => {
    expect(standingIn(inventory([absent(K), created(K)], { coverage: withStateFailure }))?.standing).toBe(
      'undetermined',
    );
  });

  it('is gone without any state too: nobody claims to have it', () => {
    const scan = inventory([absent(K), created(K)], {
      header: { requested: ['kms', 'cloudtrail'] },
      coverage: [kmsCovered()],
    });
    expect(standingIn(scan)?.standing).toBe('gone');
  });

  it('is undetermined when one of many keys was denied', () => {
    const refused = {
      ...kmsCovered(),
      operation: 'DescribeKey',
      status: 'partial' as const,
      reason: '400 keys denied',
    };
    expect(standingIn(inventory([held(K)], { coverage: [kmsCovered(), refused, stateCovered()] }))?.reason).toContain(
      '400 keys',
    );
  });

  it('is undetermined when KMS could not be asked', () => {
    const coverage = [{ ...kmsCovered(), status: 'failed' as const, reason: 'kms:ListKeys denied' }, stateCovered()];
    expect(standingIn(inventory([held(K)], { coverage }))).toEqual({
      standing: 'undetermined',
      reason: 'ListKeys: kms:ListKeys denied',
    });
  });
});

describe('a state that moved during the scan', () => {
  const record = (facts: readonly Fact[]) =>
    reconciled(inventory(facts, { coverage: [kmsCovered(), eventsCovered(), stateMoved] }), options).keys[0];

  it.each<[string, Fact[]]>([
    ['a destroy that schedules a deletion', [live(K, { keyState: 'PendingDeletion' }), held(K)]],
    ['an apply that turns rotation on', [live(K, { attributes: { rotationEnabled: true } }), rotationOff()]],
    ['an apply that replaces', [live(K), held(K, { status: 'deposed' })]],
    ['an apply that moves an instance', [live(K), held(K), held(K, { address: 'aws_kms_key.moved' })]],
  ])('says nothing that a rule could take for settled: %s', (_, facts) => {
    expect(record(facts)).toMatchObject({
      standing: 'undetermined',
      state: [],
      claims: [],
      differences: [],
      unknown: { state: expect.stringContaining('serial 4, then 5') },
    });
  });
});

describe('a state of which a part is damaged', () => {
  it.each<[string, Fact[], string]>([
    ['manages the keys that can be read in it', [live(K), held(K)], 'managed'],
    ['holds what is missing', [absent(K), held(K)], 'missing'],
    ['may hold any other key', [live(K)], 'undetermined'],
  ])('%s', (_, facts, standing) => {
    expect(standingIn(inventory(facts, { coverage: [kmsCovered(), stateDamaged] }))?.standing).toBe(standing);
  });
});

describe('standing outside the scan', () => {
  it.each([
    ['Region', keyArn(1, US_EAST_1), 'Region us-east-1 of account 111122223333 not scanned'],
    ['account', keyArn(1, { ...REALM, account: '444455556666' }), 'account 444455556666 not scanned'],
    ['partition', keyArn(1, { ...REALM, partition: 'aws-cn' }), 'partition aws-cn not scanned'],
  ])('another %s is out of scope', (_, arn, reason) => {
    expect(standingIn(inventory([held(arn), created(arn)]), arn)).toEqual({ standing: 'out-of-scope', reason });
  });

  it('family members in Regions that are not scanned become records of their own', () => {
    const [here, there] = [multiRegionArn(1), multiRegionArn(1, US_EAST_1)];
    const scan = inventory([live(here, { family: { primary: here, replicas: [there] } }), held(here)]);
    expect(standingIn(scan, there)?.standing).toBe('out-of-scope');
    expect(standingIn(scan, here)?.standing).toBe('managed');
  });
});

describe('a key that only a configuration names', () => {
  const id = '.#aws_kms_key.this';
  it.each<[string, Fact[], string | undefined]>([
    ['with its one state read', [declared()], 'not-created'],
    ['with several instances', [declared({ instances: 'one' })], 'not-created'],
    ['with a count that is an expression', [declared({ instances: 'unknown' })], 'undetermined'],
    ['with count 0', [declared({ instances: 'none' })], undefined],
    ['held under the same address', [declared(), held(K), live(K)], undefined],
    ['declared twice and held', [declared(), declared({ line: 9 }), held(K), live(K)], undefined],
    ['held with index 0', [declared(), held(K, { address: 'aws_kms_key.this[0]' }), live(K)], undefined],
    [
      'held with another index',
      [declared(), held(K, { address: 'aws_kms_key.this["a.b[0]"]' }), live(K)],
      'not-created',
    ],
    ['held in a module', [declared(), held(K, { address: 'module.a.aws_kms_key.this' }), live(K)], 'not-created'],
    [
      'held under the address it moved from',
      [
        declared(),
        held(K, { address: 'aws_kms_key.old' }),
        live(K),
        { kind: 'moved', from: 'aws_kms_key.old', to: 'aws_kms_key.mid', root: '.', path: 'main.tf', line: 3 },
        { kind: 'moved', from: 'aws_kms_key.mid', to: 'aws_kms_key.this', root: '.', path: 'main.tf', line: 4 },
      ],
      undefined,
    ],
    ['given a key by an import block', [declared(), live(K), imports('aws_kms_key.this', K)], undefined],
    [
      'given keys by an import block with for_each',
      [declared({ instances: 'unknown' }), imports('aws_kms_key.this[each.key]', null)],
      'undetermined',
    ],
    ['given a key whose id is an expression', [declared(), imports('aws_kms_key.this', null)], 'undetermined'],
  ])('%s: %s', (_, facts, standing) => {
    expect(standingIn(inventory(facts), id)?.standing).toBe(standing);
  });

  it('with several configurations nothing is said of where it belongs, also where only one declares keys', () => {
    const coverage = [
      kmsCovered(),
      stateCovered(),
      configurationCovered(),
      { ...configurationCovered(), locator: 'net' },
    ];
    const scan = inventory([live(K), held(K), declared(), declared({ address: 'aws_kms_key.new' })], { coverage });
    const { keys } = reconciled(scan, options);
    expect(keys.find(({ id }) => id === K)?.configuration).toEqual([]);
    expect(standingIn(scan, '.#aws_kms_key.new')?.standing).toBe('undetermined');
  });

  it('with several states nothing is said of where it belongs', () => {
    const scan = inventory([declared()], {
      coverage: [kmsCovered(), stateCovered(), stateCovered({ locator: 'b.tfstate', lineage: 'b' })],
    });
    expect(standingIn(scan, id)).toMatchObject({
      standing: 'undetermined',
      reason: 'which key it has is not known: which states belong to the configuration . is not known',
    });
  });
});

describe('keys to ask KMS about once more', () => {
  it('are those about to be called absent somewhere, whenever they were last seen', () => {
    const facts = [
      live(keyArn(1), { readAt: T.live }),
      live(keyArn(2), { readAt: T.live }),
      held(keyArn(2)),
      held(keyArn(3)),
      absent(keyArn(3), T.live),
      created(keyArn(4)),
      absent(keyArn(4), T.live),
      live(keyArn(5), { readAt: T.live, keyState: 'PendingDeletion' }),
    ];
    expect(doubtsOf(inventory(facts), { estate: 'partial', graceMs: HOUR }).absences()).toEqual([
      keyArn(1),
      keyArn(3),
      keyArn(4),
    ]);
  });
});
