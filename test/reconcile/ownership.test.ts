import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, StateAliasFact } from '../../src/model/facts.ts';
import type { KeyRecord } from '../../src/model/key-record.ts';
import { NO_OWNERSHIP, type Owned, type Ownership } from '../../src/model/ownership.ts';
import { HOUR } from '../../src/model/time.ts';
import {
  absent,
  actor,
  configurationCovered,
  created,
  declared,
  eventsCovered,
  held,
  heldAlias,
  imports,
  inventory,
  keyArn,
  kmsCovered,
  live,
  multiRegionArn,
  planned,
  REALM,
  root,
  STATE,
  stateCovered,
  US_EAST_1,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const KEY = keyArn(1);
const OPTIONS = { estate: 'complete', graceMs: HOUR, secondLook: 'required' } as const;
const STRANGER = 'arn:aws:sts::111122223333:assumed-role/Data/eve';
const CI = 'arn:aws:iam::111122223333:role/terraform/ci';

interface Whose extends Partial<Owned> {
  readonly deployers?: readonly string[];
}

const ownershipOf = ({ deployers = [], ...owned }: Whose): Ownership => ({
  ...NO_OWNERSHIP,
  deployers: [...deployers],
  owned: { ...NO_OWNERSHIP.owned, ...owned },
});

const ALL = [kmsCovered(), kmsCovered(US_EAST_1), eventsCovered(), eventsCovered(US_EAST_1), stateCovered()];

function keysOf(
  facts: readonly Fact[],
  whose: Whose,
  coverage: readonly Coverage[] = [...ALL, configurationCovered()],
  requested: ('kms' | 'cloudtrail' | 'state' | 'configuration')[] = ['kms', 'cloudtrail', 'state', 'configuration'],
): readonly KeyRecord[] {
  const header = { scope: [REALM, US_EAST_1], requested, ownership: ownershipOf(whose) };
  return reconciled(inventory(facts, { header, coverage }), OPTIONS).keys;
}

function keyOf(...given: Parameters<typeof keysOf>): KeyRecord {
  const key = keysOf(...given).find(({ id }) => id === KEY);
  if (key === undefined) throw new TypeError('no such key');
  return key;
}

const isOurs = (key: KeyRecord): boolean => key.standing !== 'out-of-scope';

const ALIASES: Whose = { aliases: ['alias/pay/*'] };
const TAGS: Whose = { tags: [{ key: 'team', value: 'pay*' }] };
const CREATORS: Whose = { creators: ['arn:aws:iam::*:role/terraform/*'] };

const tagged = (tags: Record<string, string>) => ({ attributes: { ...held(KEY).attributes, tags } });
const alias = (name: string, over: Partial<StateAliasFact> = {}): StateAliasFact => heldAlias(KEY, { name, ...over });
const byStranger = created(KEY, { actor: actor('console', { principal: STRANGER, role: roleArn('Data') }) });
const byCi = created(KEY, {
  actor: actor('terraform', { principal: 'arn:aws:sts::111122223333:assumed-role/ci/run', role: CI }),
});

function roleArn(name: string): string {
  return `arn:aws:iam::111122223333:role/${name}`;
}

/** Of a state alone: what a block says of aliases is another test. */
const byState = (facts: readonly Fact[], whose: Whose) =>
  keyOf([live(KEY), ...facts], whose, ALL, ['kms', 'cloudtrail', 'state']);

describe('accounts and Regions', () => {
  it.each<[string, Whose, string | undefined]>([
    ['of its Region', { regions: ['eu-west-1'] }, undefined],
    ['of another Region', { regions: ['us-east-1'] }, 'Region eu-west-1, which ownership does not name'],
    ['of its account', { accounts: ['111122223333'] }, undefined],
    ['of another account', { accounts: ['444455556666'] }, 'account 111122223333, which ownership does not name'],
  ])('%s', (_, whose, reason) => {
    const key = keyOf([live(KEY), held(KEY)], whose);
    expect([key.standing, key.reason, key.notOurs]).toEqual(
      reason === undefined ? ['managed', undefined, null] : ['out-of-scope', reason, 'place'],
    );
  });

  it('a Region that was not scanned is no matter of ownership', () => {
    const elsewhere = keyArn(2, { ...REALM, region: 'eu-north-1' });
    const [key] = keysOf([held(elsewhere)], { regions: ['us-east-1'] });
    expect([key?.standing, key?.notOurs, key?.reason]).toEqual([
      'out-of-scope',
      null,
      'Region eu-north-1 of account 111122223333 not scanned',
    ]);
  });

  it('a key that is to be made in another Region', () => {
    const facts = [root('.', [STATE]), declared({ region: 'us-east-1' })];
    expect(keysOf(facts, { regions: ['eu-west-1'] }).map(({ standing }) => standing)).toEqual(['out-of-scope']);
    expect(keysOf(facts, { regions: ['us-east-1'] }).map(({ standing }) => standing)).toEqual(['not-created']);
  });
});

describe('a key that a state declares', () => {
  it.each<[string, readonly Fact[], Whose, boolean]>([
    ['its alias fits', [held(KEY), alias('alias/pay/card')], ALIASES, true],
    ['its alias does not fit', [held(KEY), alias('alias/ledger')], ALIASES, false],
    ['an alias that a data source reads', [held(KEY), alias('alias/pay/card', { mode: 'data' })], ALIASES, false],
    ['it has no alias', [held(KEY)], ALIASES, false],
    ['its tag fits', [held(KEY, tagged({ team: 'payments' }))], TAGS, true],
    ['its tag has another value', [held(KEY, tagged({ team: 'ledger' }))], TAGS, false],
    ['any value of a tag', [held(KEY, tagged({ team: 'ledger' }))], { tags: [{ key: 'team' }] }, true],
    ['a tag that every object has', [held(KEY, tagged({}))], { tags: [{ key: 'constructor' }] }, false],
    ['its tags are Unknown', [held(KEY, { unknown: { tags: 'sensitive' } })], TAGS, true],
    ['its creator fits', [held(KEY), byCi], CREATORS, true],
    ['its creator does not', [held(KEY), byStranger], CREATORS, false],
    ['nobody knows its creator', [held(KEY)], CREATORS, true],
    ['its creator is a deployer', [held(KEY), byCi], { ...ALIASES, deployers: [CI] }, true],
    ['a deployer might have made it', [held(KEY)], { ...ALIASES, deployers: [CI] }, true],
    ['deployers alone narrow nothing', [held(KEY), byStranger], { deployers: [CI] }, true],
    ['one of several fits', [held(KEY, tagged({ team: 'pay' })), byStranger], { ...TAGS, ...CREATORS }, true],
  ])('%s', (_, facts, whose, ours) => {
    expect(isOurs(byState(facts, whose))).toBe(ours);
  });

  it('says all that was looked at', () => {
    const facts = [held(KEY, tagged({ team: 'ledger' })), alias('alias/a'), alias('alias/b'), byStranger];
    const key = byState(facts, { ...ALIASES, ...TAGS, ...CREATORS });
    expect([key.notOurs, key.reason]).toEqual([
      'owner',
      `ownership names none of its declared aliases (alias/a, alias/b), its declared tags, its creator (${STRANGER})`,
    ]);
    expect(byState([held(KEY)], ALIASES).reason).toBe('ownership names none of its declared aliases (it has none)');
  });

  it('stays ours while a state is unread that may declare more of it', () => {
    const unread = stateCovered({ locator: 'b.tfstate', lineage: 'b', status: 'failed', reason: 'denied' });
    const facts = [live(KEY), held(KEY), alias('alias/ledger'), byStranger];
    expect(isOurs(keyOf(facts, ALIASES, [...ALL, unread], ['kms', 'cloudtrail', 'state']))).toBe(true);
    // Whoever made it made it, whatever else declares it.
    expect(isOurs(keyOf(facts, CREATORS, [...ALL, unread], ['kms', 'cloudtrail', 'state']))).toBe(false);
  });
});

describe('a key that configuration declares', () => {
  const owned = [live(KEY), root('.', [STATE])];
  const stated = held(KEY, tagged({ team: 'ledger' }));

  it.each<[string, readonly Fact[], Whose, boolean]>([
    ['a block binds an alias that fits', [held(KEY), declared({ aliases: ['alias/pay/card'] })], ALIASES, true],
    ['a block binds another', [held(KEY), declared({ aliases: ['alias/ledger'] })], ALIASES, false],
    [
      'what it binds is not clear',
      [held(KEY), declared({ unknownAliases: 'aws_kms_alias.a: its name is not known' })],
      ALIASES,
      true,
    ],
    [
      'the state has the tags that a block merges',
      [stated, declared({ unknown: { tags: 'default_tags' } })],
      TAGS,
      false,
    ],
    [
      'an import, and what its block merges is not known',
      [imports('aws_kms_key.this', KEY), declared({ unknown: { tags: 'default_tags' } })],
      TAGS,
      true,
    ],
    [
      'a plan has the tags',
      [held(KEY, { unknown: { tags: 'sensitive' } }), planned({ arn: KEY, attributes: { tags: { team: 'pay' } } })],
      TAGS,
      true,
    ],
  ])('%s', (_, facts, whose, ours) => {
    expect(isOurs(keyOf([...owned, ...facts], whose))).toBe(ours);
  });

  it.each<[string, Fact, Whose, string]>([
    ['declared with an alias of ours', declared({ aliases: ['alias/pay/x'] }), ALIASES, 'not-created'],
    ['declared with another', declared({ aliases: ['alias/ledger'] }), ALIASES, 'out-of-scope'],
    [
      'to be made by nobody knows whom',
      declared({ aliases: ['alias/ledger'] }),
      { ...ALIASES, ...CREATORS },
      'not-created',
    ],
    ['with tags that are merged', declared({ unknown: { tags: 'default_tags' } }), TAGS, 'not-created'],
  ])('a key that is not created: %s', (_, block, whose, standing) => {
    expect(keysOf([root('.', [STATE]), block], whose).map((key) => key.standing)).toEqual([standing]);
  });
});

describe('a key that nothing declares', () => {
  const withTags = live(KEY, { attributes: { ...live(KEY).attributes, tags: { team: 'payments' } } });
  const without = live(KEY, { attributes: { ...live(KEY).attributes, tags: {} } });

  it.each<[string, readonly Fact[], Whose, boolean]>([
    ['made by one of ours', [live(KEY), byCi], CREATORS, true],
    ['made by a deployer', [live(KEY), byCi], { creators: ['arn:aws:iam::*:role/Other'], deployers: [CI] }, true],
    ['made by a stranger', [live(KEY), byStranger], CREATORS, false],
    ['made by nobody knows whom', [live(KEY)], CREATORS, true],
    [
      'made by KMS for nobody knows whom',
      [live(KEY), created(KEY, { actor: actor('aws-service', { principal: null }) })],
      CREATORS,
      true,
    ],
    [
      'made in a session whose role is not told',
      [live(KEY), created(KEY, { actor: actor('sdk', { principal: STRANGER }) })],
      { creators: [roleArn('team/Data')] },
      true,
    ],
    [
      'a live alias that fits',
      [live(KEY, { aliases: ['alias/pay/x'] }), byStranger],
      { ...ALIASES, ...CREATORS },
      true,
    ],
    [
      'a live alias that does not',
      [live(KEY, { aliases: ['alias/x'] }), byStranger],
      { ...ALIASES, ...CREATORS },
      false,
    ],
    ['aliases that were not listed', [live(KEY, { aliases: null }), byStranger], { ...ALIASES, ...CREATORS }, true],
    ['a live tag that fits', [withTags, byStranger], { ...TAGS, ...CREATORS }, true],
    ['no such tag', [without, byStranger], { ...TAGS, ...CREATORS }, false],
    ['tags that were not asked for', [live(KEY), byStranger], { ...TAGS, ...CREATORS }, true],
    ['what KMS has does not push it out', [without, byStranger], TAGS, true],
    ['nor does an alias that it has', [live(KEY, { aliases: ['alias/x'] }), byStranger], ALIASES, true],
    ['a key of AWS', [live(KEY, { keyManager: 'AWS' }), byStranger], CREATORS, true],
  ])('%s', (_, facts, whose, ours) => {
    expect(isOurs(keyOf(facts, whose, ALL, ['kms', 'cloudtrail', 'state']))).toBe(ours);
  });

  it('says who made it', () => {
    expect(byState([byStranger], CREATORS)).toMatchObject({
      standing: 'out-of-scope',
      notOurs: 'owner',
      reason: `made by ${STRANGER}, whom ownership does not name`,
    });
  });

  it('that is gone was made by somebody all the same', () => {
    const key = keyOf([byStranger, absent(KEY)], { ...ALIASES, ...CREATORS }, ALL, ['kms', 'cloudtrail', 'state']);
    expect(key.reason).toBe(`made by ${STRANGER}, whom ownership does not name`);
  });
});

describe('a replica', () => {
  const PRIMARY = multiRegionArn(1);
  const REPLICA = multiRegionArn(1, US_EAST_1);
  const family = { primary: PRIMARY, replicas: [REPLICA] };
  const facts = (primary: Fact): readonly Fact[] => [
    live(PRIMARY, { family }),
    primary,
    live(REPLICA, { family }),
    created(REPLICA, { actor: byStranger.actor }),
  ];
  const standingOf = (of: Fact, whose: Whose) =>
    keysOf(facts(of), whose, ALL, ['kms', 'cloudtrail', 'state']).map(({ id, standing }) => [id, standing]);

  it('of a key of ours is ours, whoever made it', () => {
    const managed = held(PRIMARY, { attributes: { ...held(PRIMARY).attributes, tags: { team: 'pay' } } });
    expect(standingOf(managed, { ...TAGS, ...CREATORS })).toEqual([
      [PRIMARY, 'managed'],
      [REPLICA, 'unmanaged'],
    ]);
  });

  it('of a key of others is judged by itself', () => {
    const theirs = created(PRIMARY, { actor: byStranger.actor });
    expect(standingOf(theirs, CREATORS)).toEqual([
      [PRIMARY, 'out-of-scope'],
      [REPLICA, 'out-of-scope'],
    ]);
  });

  it('tells how its primary stands, whosever that is', () => {
    const theirs = held(PRIMARY, { attributes: { ...held(PRIMARY).attributes, tags: { team: 'ledger' } } });
    const keys = keysOf(facts(theirs), TAGS, ALL, ['kms', 'cloudtrail', 'state']);
    expect(keys.map(({ standing, primaryStanding }) => [standing, primaryStanding])).toEqual([
      ['out-of-scope', null],
      ['unmanaged', 'managed'],
    ]);
  });
});
