import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, OwnerFact } from '../../src/model/facts.ts';
import type { KeyRecord } from '../../src/model/key-record.ts';
import { NO_OWNERSHIP, type Ownership } from '../../src/model/ownership.ts';
import { HOUR } from '../../src/model/time.ts';
import { doubtsOf, withoutOwners } from '../../src/reconcile/doubts.ts';
import {
  actor,
  created,
  eventsCovered,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  stateCovered,
  T,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const KEY = keyArn(1);
const OPTIONS = { estate: 'complete', graceMs: HOUR } as const;

const asked = (over: Partial<Coverage> = {}): Coverage => ({
  source: 'owners',
  operation: 'DescribeStackResources',
  ...REALM,
  status: 'complete',
  readAt: T.states,
  ...over,
});

const stack = (over: Partial<OwnerFact> = {}): OwnerFact => ({
  kind: 'owner',
  arn: KEY,
  tool: 'cloudformation',
  name: 'app',
  source: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/1',
  resource: 'Key',
  status: 'active',
  readAt: T.states,
  ...over,
});

function inventoryOf(facts: readonly Fact[], ownership: Partial<Ownership>, owners: readonly Coverage[] = [asked()]) {
  return inventory(facts, {
    header: {
      requested: ['kms', 'cloudtrail', 'state', 'owners'],
      ownership: { ...NO_OWNERSHIP, ...ownership },
    },
    coverage: [kmsCovered(), eventsCovered(), stateCovered(), ...owners],
  });
}

function keyOf(
  facts: readonly Fact[],
  ownership: Partial<Ownership> = {},
  owners: readonly Coverage[] = [asked()],
): KeyRecord {
  const { keys } = reconciled(inventoryOf(facts, ownership, owners), { ...OPTIONS, secondLook: 'required' });
  const key = keys.find(({ id }) => id === KEY);
  if (key === undefined) throw new Error('no such key');
  return key;
}

const UNHELD = [live(KEY), created(KEY)];
const LANDING = { name: 'landing', creator: 'arn:aws:iam::*:role/Landing*' };
const byRole = created(KEY, { actor: actor('sdk', { role: 'arn:aws:iam::111122223333:role/LandingZone' }) });

describe('a key that somebody else has', () => {
  it.each<[string, readonly Fact[], Partial<Ownership>, string]>([
    ['a stack has it', [...UNHELD, stack()], {}, 'the CloudFormation stack app has it'],
    [
      'Pulumi has it',
      [...UNHELD, stack({ tool: 'pulumi', name: 'shop/prod' })],
      {},
      'the Pulumi stack shop/prod has it',
    ],
    ['an owner made it', [live(KEY), byRole], { owners: [LANDING] }, 'landing has it, by its creator'],
  ])('is managed elsewhere: %s', (_, facts, ownership, reason) => {
    expect(keyOf(facts, ownership)).toMatchObject({ standing: 'managed-elsewhere', reason });
  });

  it.each<[string, Partial<Ownership>, object]>([
    ['a tag', { owners: [{ name: 'billing', tag: { key: 'team', value: 'bill*' } }] }, { by: 'tag', name: 'billing' }],
    ['a tag of any value', { owners: [{ name: 'billing', tag: { key: 'team' } }] }, { by: 'tag', name: 'billing' }],
    ['an alias', { owners: [{ name: 'billing', alias: 'alias/b*' }] }, { by: 'alias', name: 'billing' }],
  ])('is unmanaged still when only %s says so', (_, ownership, owner) => {
    const tagged = live(KEY, {
      aliases: ['alias/billing'],
      attributes: { ...live(KEY).attributes, tags: { team: 'billing' } },
    });
    const key = keyOf([tagged, created(KEY)], ownership);
    expect(key.standing).toBe('unmanaged');
    expect(key.owners).toEqual([{ ...owner, strength: 'weak', status: 'active' }]);
  });

  it.each([
    ['another value', { name: 'x', tag: { key: 'team', value: 'b' } }],
    ['a tag that every object has', { name: 'x', tag: { key: 'constructor' } }],
    ['another alias', { name: 'x', alias: 'alias/other' }],
    ['another creator', { name: 'x', creator: 'arn:aws:iam::*:role/nobody' }],
    ['a stack, where none has it', { name: 'x', stack: '*' }],
  ])('is not one with %s', (_, entry) => {
    const tagged = live(KEY, { attributes: { ...live(KEY).attributes, tags: { team: 'billing' } } });
    expect(keyOf([tagged, created(KEY)], { owners: [entry] }).owners).toEqual([]);
  });

  it('is unmanaged again when the stack let go of it, and says whose it was', () => {
    const key = keyOf([...UNHELD, stack({ status: 'left' })], { owners: [{ name: 'platform', stack: 'ap?' }] });
    expect(key.standing).toBe('unmanaged');
    expect(key.owners).toEqual([
      { name: 'app', by: 'cloudformation', strength: 'strong', status: 'left' },
      { name: 'platform', by: 'stack', strength: 'strong', status: 'left' },
    ]);
  });

  it('is managed when a state holds it, whatever others say', () => {
    expect(keyOf([...UNHELD, held(KEY), stack()]).standing).toBe('managed');
  });
});

describe('a key of which it is not known whether somebody else has it', () => {
  it.each<[string, readonly Coverage[], RegExp]>([
    [
      'CloudFormation was denied',
      [asked({ status: 'failed', reason: 'denied (1 of 1 keys)' })],
      /stack has it is not known: denied$/,
    ],
    ['for this key alone', [asked(), asked({ locator: KEY, status: 'failed', reason: 'denied' })], /denied/],
    ['CloudFormation was not asked', [], /was not asked in eu-west-1/],
    [
      'an export could not be read',
      [asked(), asked({ operation: 'pulumi', locator: 'p.json', status: 'failed', reason: 'no JSON' })],
      /Pulumi has it is not known: p.json: no JSON/,
    ],
  ])('is undetermined: %s', (_, coverage, reason) => {
    const key = keyOf(UNHELD, {}, coverage);
    expect(key).toMatchObject({ standing: 'undetermined', reason: expect.stringMatching(reason) });
    expect(key.unknown.owners).toMatch(reason);
  });

  it('is no gap when only another key was not answered for', () => {
    expect(
      keyOf(UNHELD, {}, [asked(), asked({ locator: keyArn(2), status: 'failed', reason: 'denied' })]).standing,
    ).toBe('unmanaged');
  });

  it('is undetermined when owners go by creator and its record is missing, but not when it is older than records', () => {
    expect(keyOf([live(KEY)], { owners: [LANDING] })).toMatchObject({
      standing: 'undetermined',
      reason: expect.stringMatching(/owner's creator made it is not known/),
    });
    expect(keyOf([live(KEY, { createdAt: T.longAgo })], { owners: [LANDING] }).standing).toBe('unmanaged');
  });

  it('is called unmanaged where owners were not asked for, as inventories of before have it', () => {
    const { keys } = reconciled(inventory(UNHELD), { ...OPTIONS, secondLook: 'required' });
    expect(keys.map(({ standing }) => standing)).toEqual(['unmanaged']);
  });
});

describe('who is asked about', () => {
  const others = [
    live(keyArn(2), { keyState: 'PendingDeletion' }),
    live(keyArn(3)),
    held(keyArn(3)),
    live(keyArn(4), { createdAt: T.live }),
    live(keyArn(5), { keyState: 'PendingDeletion' }),
    held(keyArn(5), { address: 'aws_kms_key.five' }),
  ];

  it('keys that would be unmanaged, before anybody was asked', () => {
    const unasked = inventoryOf([...UNHELD, ...others], {}, []);
    expect(doubtsOf(withoutOwners(unasked), OPTIONS).owners()).toEqual([KEY]);
    expect(doubtsOf(unasked, OPTIONS).absences()).toEqual([]);
  });

  it('keys that nobody manages or that are about to go, when they were last used', () => {
    expect(doubtsOf(inventoryOf([...UNHELD, ...others], {}), OPTIONS).lastUse()).toEqual([KEY, keyArn(2), keyArn(5)]);
  });
});

describe('a deployer', () => {
  it.each([
    ['by the role behind the session', 'arn:aws:iam::111122223333:role/Landing*', true],
    ['by the caller', 'arn:aws:iam::111122223333:user/Al?ce', true],
    ['not by another name', 'arn:aws:iam::111122223333:role/landing*', false],
  ])('is known %s', (_, glob, expected) => {
    expect(keyOf([live(KEY), byRole], { deployers: [glob] }).isByDeployer).toBe(expected);
  });

  it('is nobody where the creator is not known', () => {
    expect(keyOf([live(KEY)], { deployers: ['*'] }).isByDeployer).toBe(false);
  });
});
