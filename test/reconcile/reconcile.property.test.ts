import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact } from '../../src/model/facts.ts';
import type { Standing } from '../../src/model/key-record.ts';
import { HOUR } from '../../src/model/time.ts';
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
  planned,
  root,
  STATE,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';
import fc from '../support/fast-check.ts';
import { reconciled } from '../support/reconciled.ts';

const arn = fc.integer({ min: 1, max: 4 }).chain((n) => fc.constantFrom(keyArn(n), keyArn(n, US_EAST_1)));
const address = fc.constantFrom(
  'aws_kms_key.this',
  'aws_kms_key.this[0]',
  'module.m.aws_kms_key.this',
  'aws_kms_key.b',
);
const time = fc.constantFrom(T.longAgo, T.created, T.live, T.states, T.secondLook);
const source = fc.constantFrom(STATE, 'b.tfstate');
const spec = fc.constantFrom('SYMMETRIC_DEFAULT', 'RSA_2048');

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.tuple(arn, time, spec).map(([key, eventTime, keySpec]) => created(key, { eventTime, attributes: { keySpec } })),
  fc
    .tuple(arn, time, fc.constantFrom('Enabled', 'PendingDeletion', 'PendingImport'), spec)
    .map(([key, readAt, keyState, keySpec]) => live(key, { readAt, keyState, attributes: { keySpec } })),
  fc.tuple(arn, time).map(([key, readAt]) => denied(key, { readAt, unknown: { keySpec: 'denied' } })),
  fc.tuple(arn, time).map(([key, readAt]) => absent(key, readAt)),
  fc
    .tuple(fc.option(arn), address, source, fc.constantFrom('current', 'tainted', 'deposed'), spec)
    .map(([key, at, from, status, keySpec]) =>
      held(key, { address: at, source: from, lineage: from, status: status as 'current', attributes: { keySpec } }),
    ),
  fc.tuple(address, spec).map(([at, keySpec]) => declared({ address: at, attributes: { keySpec } })),
  fc.tuple(address, fc.option(arn)).map(([to, id]) => imports(to, id)),
  fc
    .tuple(fc.constantFrom('.', 'other'), fc.constantFrom(null, [], [STATE], ['b.tfstate'], [STATE, 'b.tfstate']))
    .map(([name, states]) => root(name, states)),
  fc
    .tuple(address, address)
    .map(([from, to]): Fact => ({ kind: 'moved', from, to, root: '.', path: 'main.tf', line: 3 })),
  fc
    .tuple(address, fc.constantFrom(true, false, null))
    .map(([from, destroy]): Fact => ({ kind: 'removed', from, destroy, root: '.', path: 'main.tf', line: 4 })),
  fc
    .tuple(address, fc.option(arn), fc.constantFrom('none', 'create', 'replace', 'destroy'))
    .map(([at, key, action]) => planned({ address: at, arn: key, action: action as 'none' })),
);

const status = fc.constantFrom('complete', 'partial', 'failed') as fc.Arbitrary<Coverage['status']>;
const coverage = fc
  .tuple(status, status, status, status)
  .map(([kms, events, first, second]): readonly Coverage[] => [
    { ...kmsCovered(), status: kms, reason: 'why' },
    { ...kmsCovered(US_EAST_1), status: 'complete' },
    { ...eventsCovered(), status: events, reason: 'why' },
    stateCovered({ lineage: STATE, status: first, reason: 'why' }),
    stateCovered({ locator: 'b.tfstate', lineage: 'b.tfstate', digest: 'd2', status: second, reason: 'why' }),
    configurationCovered(),
  ]);
const facts = fc.array(fact, { maxLength: 14 });
const options = { estate: 'complete', graceMs: HOUR, secondLook: 'required' } as const;
/** `not-created` needs the states of its own root alone (roots.test.ts). */
const NEEDS_STATES: ReadonlySet<Standing> = new Set([
  'unmanaged',
  'unclaimed',
  'retiring',
  'settling',
  'import-planned',
  'gone',
]);

describe('reconcile', () => {
  it('makes one record of each key that a witness names, and none of others', () => {
    fc.assert(
      fc.property(facts, coverage, (said, covered) => {
        const { keys } = reconciled(inventory(said, { coverage: covered }), options);
        const ids = keys.map((key) => key.id);
        expect(new Set(ids).size).toBe(ids.length);
        const named = said.flatMap((one) =>
          ['created', 'live', 'state', 'planned'].includes(one.kind) && 'arn' in one && one.arn !== null
            ? [one.arn]
            : [],
        );
        expect(new Set(keys.flatMap((key) => (key.arn === null ? [] : [key.arn.arn])))).toEqual(new Set(named));
      }),
    );
  });

  it('claims no absence that a state left unread could refute', () => {
    fc.assert(
      fc.property(facts, coverage, (said, covered) => {
        fc.pre(covered.some((entry) => entry.source === 'state' && entry.status !== 'complete'));
        const { keys } = reconciled(inventory(said, { coverage: covered }), options);
        expect(keys.filter((key) => NEEDS_STATES.has(key.standing))).toEqual([]);
      }),
    );
  });

  it('foresees no destroy of a key that a block of its root declares, or that a plan speaks of', () => {
    fc.assert(
      fc.property(facts, coverage, (said, covered) => {
        const declaredAt = new Set(said.flatMap((one) => (one.kind === 'configuration' ? [one.address] : [])));
        const spokenOf = new Set(said.flatMap((one) => (one.kind === 'planned' ? [one.arn] : [])));
        fc.pre(said.every(({ kind }) => kind !== 'moved'));
        for (const key of reconciled(inventory(said, { coverage: covered }), options).keys) {
          const destroyed = key.planned.filter(({ action, by }) => action === 'destroy' && by === 'configuration');
          expect(destroyed.filter(({ address: at }) => declaredAt.has(at))).toEqual([]);
          if (destroyed.length > 0) expect(spokenOf.has(key.arn?.arn ?? null)).toBe(false);
        }
      }),
    );
  });

  it('every standing that is no judgement says why', () => {
    fc.assert(
      fc.property(facts, coverage, (said, covered) => {
        const { keys } = reconciled(inventory(said, { coverage: covered }), options);
        for (const key of keys) {
          if (key.standing === 'undetermined' || key.standing === 'out-of-scope') expect(key.reason).toBeTruthy();
        }
      }),
    );
  });

  it('compares only what two witnesses know', () => {
    fc.assert(
      fc.property(facts, coverage, (said, covered) => {
        for (const key of reconciled(inventory(said, { coverage: covered }), options).keys) {
          for (const { pair, values, attribute } of key.differences) {
            const [left, right] = pair.split('/') as ['state', 'live'];
            expect(values[left]).not.toEqual(values[right]);
            expect(key.live?.unknown[attribute]).toBeUndefined();
          }
        }
      }),
    );
  });

  it('does not depend on the order in which facts came', () => {
    fc.assert(
      fc.property(facts, coverage, fc.func(fc.integer()), (said, covered, rank) => {
        const shuffled = said.toSorted((a, b) => rank(JSON.stringify(a)) - rank(JSON.stringify(b)));
        const records = (list: readonly Fact[]) => reconciled(inventory(list, { coverage: covered }), options);
        expect(records(shuffled)).toEqual(records(said));
      }),
    );
  });
});
