import { describe, expect, it } from '@jest/globals';
import type { PlannedRegion } from '../../src/model/facts/plan.ts';
import type { ConfigurationFact, Fact } from '../../src/model/facts.ts';
import type { PlannedChange } from '../../src/model/key-record.ts';
import {
  absent,
  configurationCovered,
  declared,
  held,
  inventory,
  keyArn,
  kmsCovered,
  live,
  planned,
  root,
  STATE,
  stateCovered,
} from '../support/facts.ts';
import { outlookOf } from '../support/reconciled.ts';

const K = keyArn(1);
const HERE = 'eu-west-1';
const THERE = 'eu-west-3';

const inRegion = (region: string): ConfigurationFact => declared({ region, regionBy: 'provider' });
const changesOf = (...facts: readonly Fact[]): readonly PlannedChange[] =>
  outlookOf(
    K,
    inventory([root('.', [STATE]), held(K), ...facts], {
      coverage: [kmsCovered(), stateCovered(), configurationCovered()],
    }),
  ).changes;
const actionsOf = (...facts: readonly Fact[]): readonly string[] =>
  changesOf(...facts).map(({ action, reason }) => (action === 'recreate' && reason !== null ? 'perhaps' : action));

const said = (region: PlannedRegion | undefined) => (region === undefined ? {} : { region });

describe('a key that a refresh no longer finds', () => {
  const dropped = (region?: PlannedRegion): Fact => ({
    kind: 'plan-drift',
    plan: 'plan.json',
    root: '.',
    address: 'aws_kms_key.this',
    resourceType: 'aws_kms_key',
    arn: K,
    keyId: null,
    change: 'deleted',
    deletionWindowInDays: 9,
    ...said(region),
    readAt: '2026-11-23T12:00:10.000Z',
  });

  it.each<[string, Fact[], string[]]>([
    [
      'lives on, where its provider is for another Region',
      [dropped({ name: THERE, by: 'provider' })],
      ['replace-and-forget'],
    ],
    ['lives on, where a variable names another', [dropped({ name: THERE, by: 'variable' })], ['replace-and-forget']],
    ['lives on, where configuration alone says so', [dropped(), inRegion(THERE)], ['replace-and-forget']],
    ['is at its end, where its provider is for its own', [dropped({ name: HERE, by: 'provider' })], ['recreate']],
    ['is at its end, where configuration alone says so', [dropped(), inRegion(HERE)], ['recreate']],
    [
      'is at its end in its own Region, by its argument',
      [dropped({ name: HERE, by: 'resource' }), inRegion(THERE)],
      ['recreate'],
    ],
    ['may be either, where nobody tells', [dropped()], ['perhaps']],
    ['may be either, where the plan does not tell', [dropped({ name: null, by: 'code' })], ['perhaps']],
    [
      'may be either, where the variable is not what configuration comes to',
      [dropped({ name: THERE, by: 'variable' }), inRegion(HERE)],
      ['perhaps'],
    ],
    [
      'is at its end, where KMS says so',
      [dropped({ name: THERE, by: 'provider' }), live(K, { keyState: 'PendingDeletion' })],
      ['recreate'],
    ],
    ['is at its end, where KMS has it no more', [dropped({ name: THERE, by: 'provider' }), absent(K)], ['recreate']],
  ])('%s', (_, facts, actions) => {
    expect(actionsOf(...facts)).toEqual(actions);
  });

  it('says where the refresh looked', () => {
    expect(changesOf(dropped({ name: THERE, by: 'provider' }))).toMatchObject([
      {
        by: 'plan',
        plan: 'plan.json',
        reason: 'its provider names eu-west-3, and the key is in eu-west-1, where a refresh no longer looks for it',
      },
    ]);
  });
});

describe('a key that a plan leaves as it is', () => {
  const kept = (region?: PlannedRegion, over: Parameters<typeof planned>[0] = {}): Fact =>
    planned({ arn: K, root: '.', ...said(region), ...over });

  it.each<[string, Fact[], string[]]>([
    ['is left behind by a provider of another Region', [kept({ name: THERE, by: 'provider' })], ['replace-and-forget']],
    [
      'is left behind, and not updated',
      [kept({ name: THERE, by: 'provider' }, { action: 'update' })],
      ['replace-and-forget'],
    ],
    [
      'is left behind by a variable that configuration agrees with',
      [kept({ name: THERE, by: 'variable' }), inRegion(THERE)],
      ['replace-and-forget'],
    ],
    [
      'is left behind by configuration that no variable decides',
      [kept({ name: null, by: 'code' }), inRegion(THERE)],
      ['replace-and-forget'],
    ],
    ['stays, where a variable alone says so', [kept({ name: THERE, by: 'variable' })], []],
    [
      'stays, where the variable is not what configuration comes to',
      [kept({ name: THERE, by: 'variable' }), inRegion(HERE)],
      [],
    ],
    ['stays, where configuration that variables may decide alone says so', [kept(), inRegion(THERE)], []],
    ['stays, where configuration says otherwise', [kept({ name: THERE, by: 'provider' }), inRegion(HERE)], []],
    ['stays in its own Region', [kept({ name: HERE, by: 'provider' }), inRegion(HERE)], []],
    ['stays in its own Region, by its argument', [kept({ name: HERE, by: 'resource' }), inRegion(THERE)], []],
    [
      'is destroyed, where the plan says so',
      [kept({ name: THERE, by: 'provider' }, { action: 'destroy' })],
      ['destroy'],
    ],
  ])('%s', (_, facts, actions) => {
    expect(actionsOf(live(K), ...facts)).toEqual(actions);
  });
});
