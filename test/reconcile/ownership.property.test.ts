import { describe, expect, it } from '@jest/globals';
import { assess } from '../../src/assess.ts';
import { readRuleFiles } from '../../src/config/rule-files.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Actor } from '../../src/model/facts/cloudtrail.ts';
import type { Fact } from '../../src/model/facts.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { KeyArn } from '../../src/model/key-arn.ts';
import { NO_OWNERSHIP, type Owned, type Ownership } from '../../src/model/ownership.ts';
import type { Report } from '../../src/model/report.ts';
import { HOUR } from '../../src/model/time.ts';
import { compileRules } from '../../src/policy/compile.ts';
import {
  absent,
  actor,
  configurationCovered,
  created,
  declared,
  deletion,
  eventsCovered,
  held,
  heldAlias,
  imports,
  inventory,
  keyArn,
  kmsCovered,
  live,
  multiRegionArn,
  REALM,
  root,
  STATE,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import fc from '../support/fast-check.ts';

const RULES = compileRules(await readRuleFiles('rules'));
const TOOL = { name: 'keydrift', version: '0.0.0' };

const FAMILY = { primary: multiRegionArn(1), replicas: [multiRegionArn(1, US_EAST_1)] };
const arn = fc.constantFrom(
  keyArn(1),
  keyArn(2),
  keyArn(3, US_EAST_1),
  FAMILY.primary,
  ...(FAMILY.replicas satisfies readonly KeyArn[]),
);
const tags = fc.constantFrom<Record<string, string>>({}, { team: 'pay' }, { team: 'ledger' });
const name = fc.constantFrom('alias/pay/a', 'alias/ledger/a');
const address = fc.constantFrom('aws_kms_key.this', 'aws_kms_key.b');

const who: fc.Arbitrary<Actor> = fc
  .tuple(fc.constantFrom('Data', 'ci', null), fc.constantFrom('console', 'terraform', 'sdk'))
  .map(([role, via]) =>
    actor(via as Actor['via'], {
      principal: role === null ? null : `arn:aws:sts::111122223333:assumed-role/${role}/x`,
      role: role === null ? null : `arn:aws:iam::111122223333:role/${role}`,
    }),
  );

const liveFact = fc
  .tuple(
    arn,
    fc.option(tags),
    fc.option(fc.uniqueArray(name)),
    fc.constantFrom('Enabled', 'PendingDeletion', 'Disabled'),
  )
  .map(([key, held_, aliases, keyState]): Fact => {
    const base = live(key, { keyState, aliases, family: key.includes('mrk-') ? FAMILY : null });
    return held_ === null ? base : { ...base, attributes: { ...base.attributes, tags: held_ } };
  });

const fact: fc.Arbitrary<Fact> = fc.oneof(
  liveFact,
  fc.tuple(arn, who).map(([key, by]) => created(key, { actor: by })),
  fc.tuple(arn, who).map(([key, by]) => deletion(key, { actor: by })),
  arn.map((key) => absent(key)),
  fc.tuple(arn, address, fc.option(tags), fc.constantFrom(STATE, 'b.tfstate')).map(([key, at, had, source]): Fact => {
    const base = held(key, { address: at, source, lineage: source });
    return had === null ? base : { ...base, attributes: { ...base.attributes, tags: had } };
  }),
  fc
    .tuple(arn, name, fc.constantFrom<'managed' | 'data'>('managed', 'data'))
    .map(([key, named, mode]) => heldAlias(key, { mode, name: named })),
  fc
    .tuple(address, fc.option(fc.uniqueArray(name)))
    .map(([at, aliases]) => declared({ address: at, ...(aliases === null ? {} : { aliases }) })),
  fc.tuple(address, arn).map(([to, id]) => imports(to, id)),
  fc.constant(root('.', [STATE])),
);

const status = fc.constantFrom<Coverage['status']>('complete', 'failed');
const coverage = fc
  .tuple(status, status)
  .map(([events, second]): readonly Coverage[] => [
    kmsCovered(),
    kmsCovered(US_EAST_1),
    { ...eventsCovered(), status: events, reason: 'why' },
    eventsCovered(US_EAST_1),
    stateCovered({ lineage: STATE }),
    stateCovered({ locator: 'b.tfstate', lineage: 'b.tfstate', digest: 'd2', status: second, reason: 'why' }),
    configurationCovered(),
  ]);

const some = <T>(one: T): fc.Arbitrary<T[]> => fc.constantFrom([], [one]);
const owned: fc.Arbitrary<Owned> = fc.record({
  accounts: fc.constantFrom([], ['111122223333'], ['444455556666']),
  regions: some('eu-west-1'),
  aliases: some('alias/pay/*'),
  tags: some({ key: 'team', value: 'pay' }),
  creators: some('arn:aws:iam::*:role/ci'),
});
const ownership: fc.Arbitrary<Ownership> = fc
  .tuple(owned, some('arn:aws:iam::*:role/ci'))
  .map(([narrowed, deployers]) => ({ ...NO_OWNERSHIP, deployers, owned: narrowed }));

const world = fc.tuple(fc.array(fact, { maxLength: 14 }), coverage);

function inventoryOf([facts, covered]: readonly [readonly Fact[], readonly Coverage[]], whose: Ownership): Inventory {
  return inventory(facts, { header: { scope: [REALM, US_EAST_1], ownership: whose }, coverage: covered });
}

const judged = (of: Inventory): Report =>
  assess(of, RULES, { estate: 'complete', graceMs: HOUR, asOf: T.secondLook, tool: TOOL });

const findingsOf = ({ findings }: Report): readonly string[] => findings.map((one) => JSON.stringify(one));

/** What only `owned` narrows: without it, the same deployers. */
const unnarrowed = (whose: Ownership): Ownership => ({ ...whose, owned: NO_OWNERSHIP.owned });

describe('ownership', () => {
  it('takes findings away and adds none', () => {
    fc.assert(
      fc.property(world, ownership, (said, whose) => {
        const before = findingsOf(judged(inventoryOf(said, unnarrowed(whose))));
        expect(before).toEqual(expect.arrayContaining([...findingsOf(judged(inventoryOf(said, whose)))]));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves each key as it stands, or to others with the reason, and never makes a scan complete', () => {
    fc.assert(
      fc.property(world, ownership, (said, whose) => {
        const [before, after] = [judged(inventoryOf(said, unnarrowed(whose))), judged(inventoryOf(said, whose))];
        expect(after.keys.map(({ id }) => id)).toEqual(before.keys.map(({ id }) => id));
        for (const [index, key] of after.keys.entries()) {
          if (key.notOurs === undefined) expect(key.standing).toBe(before.keys[index]?.standing);
          else expect([key.standing, typeof key.reason]).toEqual(['out-of-scope', 'string']);
        }
        expect(after.scan.complete).toBe(before.scan.complete);
        expect(after.summary.notOurs === undefined).toBe(after.keys.every(({ notOurs }) => notOurs === undefined));
      }),
      { numRuns: 300 },
    );
  });

  it('pushes nothing out for what KMS has of it', () => {
    const stripped = (fact_: Fact): Fact =>
      fact_.kind === 'live' ? { ...fact_, aliases: [], attributes: { ...fact_.attributes, tags: {} } } : fact_;
    fc.assert(
      fc.property(world, ownership, ([facts, covered], whose) => {
        const outOf = (of: readonly Fact[]) =>
          judged(inventoryOf([of, covered], whose)).keys.flatMap(({ id, notOurs }) =>
            notOurs === undefined ? [] : [id],
          );
        // Without any live alias or tag, at least as many are left to others.
        expect(outOf(facts.map(stripped))).toEqual(expect.arrayContaining(outOf(facts)));
      }),
      { numRuns: 300 },
    );
  });

  it('without aliases, tags and creators leaves out accounts and Regions alone', () => {
    fc.assert(
      fc.property(world, ownership, (said, { deployers, owned: { accounts, regions } }) => {
        const whose = { ...NO_OWNERSHIP, deployers, owned: { ...NO_OWNERSHIP.owned, accounts, regions } };
        for (const { notOurs } of judged(inventoryOf(said, whose)).keys) expect(notOurs).not.toBe('owner');
      }),
      { numRuns: 100 },
    );
  });
});
