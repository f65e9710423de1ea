import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Fact, StateAliasFact } from '../../src/model/facts.ts';
import { HOUR } from '../../src/model/time.ts';
import { doubtsOf } from '../../src/reconcile/doubts.ts';
import {
  absent,
  held,
  heldAlias,
  inventory,
  keyArn,
  kmsCovered,
  live,
  REALM,
  STATE,
  stateCovered,
  T,
} from '../support/facts.ts';
import { reconciled } from '../support/reconciled.ts';

const X = keyArn(1);
const Y = keyArn(2);
const OPTIONS = { estate: 'partial', graceMs: HOUR } as const;

const bound = (over: Partial<StateAliasFact> = {}): StateAliasFact =>
  heldAlias(X, { aliasArn: 'arn:aws:kms:eu-west-1:111122223333:alias/orders', ...over });

const listed: Coverage = { source: 'kms', operation: 'ListAliases', ...REALM, status: 'complete', readAt: T.live };
const inventoryOf = (facts: readonly Fact[], coverage: readonly Coverage[] = [listed]) =>
  inventory(facts, { coverage: [kmsCovered(), stateCovered(), ...coverage] });

function aliasesOf(facts: readonly Fact[], coverage?: readonly Coverage[]) {
  const { keys } = reconciled(inventoryOf(facts, coverage), { ...OPTIONS, secondLook: 'required' });
  const key = keys.find(({ id }) => id === X);
  return { drifts: key?.aliasDrifts, gap: key?.unknown.aliasDrifts };
}

const drift = (target: string | null) => [
  { name: 'alias/orders', address: 'aws_kms_alias.orders', source: STATE, target },
];

describe('an alias that a state binds to a key', () => {
  it.each<[string, readonly Fact[], readonly object[]]>([
    ['is where the state has it', [live(X, { aliases: ['alias/orders'] }), bound()], []],
    ['is on another key', [live(X), live(Y, { aliases: ['alias/orders'] }), bound()], drift(Y)],
    ['is on no key', [live(X), bound()], drift(null)],
    [
      'is on another key, and its own is gone',
      [held(X), absent(X), live(Y, { aliases: ['alias/orders'] }), bound()],
      drift(Y),
    ],
    ['went with its key', [held(X), absent(X), bound()], []],
    ['is only read by the state', [live(X), bound({ mode: 'data' })], []],
    ['stands in a crashed state', [live(X), bound({ errored: true })], []],
    ['stands in a superseded copy', [live(X), bound({ source: 'old.tfstate' })], []],
    [
      'is named by the key id alone',
      [live(X), bound({ targetKeyArn: null, targetKeyId: X.split('/')[1] ?? '' })],
      drift(null),
    ],
  ])('%s', (_, facts, drifts) => {
    expect(aliasesOf(facts)).toEqual({ drifts, gap: undefined });
  });

  it.each<[string, readonly Fact[], readonly Coverage[], RegExp]>([
    [
      'ListAliases was denied',
      [live(X, { aliases: null }), bound()],
      [{ ...listed, status: 'failed', reason: 'denied' }],
      /denied/,
    ],
    ['ListAliases was not asked', [live(X), bound()], [], /not asked/],
    ['an apply may have moved it since', [live(X, { readAt: T.live }), bound()], [listed], /not asked again/],
    [
      'the key was described again, its aliases were not listed again',
      [live(X, { readAt: T.live }), live(X, { aliases: null }), bound()],
      [listed],
      /not asked again/,
    ],
  ])('may be anywhere when %s', (_, facts, coverage, gap) => {
    expect(aliasesOf(facts, coverage)).toEqual({ drifts: [], gap: expect.stringMatching(gap) });
  });

  it('is for KMS to say where nobody asked it, as of everything else', () => {
    const { header, ...rest } = inventory([held(X), bound()], { coverage: [stateCovered()] });
    const { keys } = reconciled(
      { ...rest, header: { ...header, requested: ['state'] } },
      { ...OPTIONS, secondLook: 'required' },
    );
    expect(keys.find(({ id }) => id === X)?.unknown.aliasDrifts).toBe('KMS was not asked');
  });

  it('of a state that moved meanwhile says nothing', () => {
    const moved = stateCovered({ status: 'failed', reason: 'it changed during the scan' });
    const { keys } = reconciled(inventory([live(X), bound()], { coverage: [kmsCovered(), listed, moved] }), {
      ...OPTIONS,
      secondLook: 'required',
    });
    expect(keys[0]?.aliasDrifts).toEqual([]);
  });

  it('is asked for again on both keys before anything is said', () => {
    const early = { readAt: T.live };
    const facts = [live(X, early), live(Y, { ...early, aliases: ['alias/orders'] }), live(keyArn(3), early), bound()];
    expect(doubtsOf(inventoryOf(facts), OPTIONS).aliases()).toEqual([X, Y]);
    const unmoved = inventoryOf([live(X, { aliases: ['alias/orders'] }), bound()]);
    expect(doubtsOf(unmoved, OPTIONS).aliases()).toEqual([]);
  });
});
