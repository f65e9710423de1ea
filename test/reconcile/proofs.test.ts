import { describe, expect, it } from '@jest/globals';
import { parseKeyArn } from '../../src/model/key-arn.ts';
import { proofsOf } from '../../src/reconcile/proofs.ts';
import {
  eventsCovered,
  inventory,
  keyArn,
  kmsCovered,
  REALM,
  root,
  stateCovered,
  T,
  US_EAST_1,
} from '../support/facts.ts';

const key = parseKeyArn(keyArn(1))!;
const start = '2026-09-01T00:00:00.000Z';
const clamped = { ...eventsCovered(), window: { start, end: T.live } };
const coverage = [kmsCovered(), clamped];

describe('why there is no record of a key', () => {
  const { creationGap, deletionGap, replicationGap } = proofsOf(inventory([], { coverage }));

  it('made before what was read, though after what was asked for', () => {
    expect(creationGap(key, '2026-08-31T00:00:00.000Z')).toBe('made before the records begin (2026-09-01)');
  });

  it('made within what was read', () => {
    expect(creationGap(key, start)).toBe('no CreateKey record in the window was delivered for it');
  });

  it('records that nobody asked for name no key, and prove nothing', () => {
    expect(deletionGap(REALM)).toBe('ScheduleKeyDeletion records of eu-west-1 were not asked for');
    expect(replicationGap(US_EAST_1)).toBe('ReplicateKey records of us-east-1 were not asked for');
    expect(creationGap({ ...key, ...US_EAST_1 }, null)).toBe('CreateKey records of us-east-1 were not asked for');
  });

  it('records that were read and name none', () => {
    const deletions = { ...clamped, operation: 'ScheduleKeyDeletion' };
    expect(proofsOf(inventory([], { coverage: [deletions] })).deletionGap(REALM)).toBe(
      'no ScheduleKeyDeletion record of the last 30 days names it',
    );
  });
});

describe('a state that a root has and nobody asked for', () => {
  const other = root('other', ['other (its state)'], { accounts: null, regions: [US_EAST_1.region] });
  const { stateGap } = proofsOf(inventory([other], { coverage: [kmsCovered(), stateCovered()] }));

  it('leaves open what its root reaches, and nothing else', () => {
    expect(stateGap(US_EAST_1)).toBe(
      'not every state was read (other (its state): nobody asked for it, and keydrift.yaml names its root)',
    );
    expect(stateGap(REALM)).toBeUndefined();
  });
});
