import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { OwnerFact } from '../../../../src/model/facts.ts';
import { createPacer } from '../../../../src/sources/aws/pacer.ts';
import { lookAtStacks } from '../../../../src/sources/owners/cloudformation/look.ts';
import { LOOKING } from '../../../bench/looking.ts';
import { type Emulator, startEmulator, type World } from '../../../support/emulator/emulator.ts';
import { keyArn, REALM, US_EAST_1 } from '../../../support/facts.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const region = REALM.region;
const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

async function look(world: World, numbers: readonly number[], signal = LOOKING.signal) {
  const emulator = await startEmulator(world, { clock: 'frozen' });
  running.push(emulator);
  const client = new CloudFormationClient({
    region,
    endpoint: emulator.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const arns = [...numbers.map((number) => keyArn(number)), keyArn(99, US_EAST_1)];
  const pacer = createPacer({ perSecond: 10_000 });
  const found = await lookAtStacks({ client, realm: REALM, pacer, arns }, { ...LOOKING, signal });
  const calls = emulator.requests.map(({ api }) => api);
  const owners = found.facts
    .filter((fact): fact is OwnerFact => fact.kind === 'owner')
    .map(({ arn, name, resource, status }) => [arn.slice(-2), name, resource, status]);
  return { ...found, owners, calls };
}

const stack = (name: string, resources: readonly object[], more: object = {}) => ({ name, region, resources, ...more });
const key = (physicalId: number, status = 'CREATE_COMPLETE', type = 'AWS::KMS::Key') => ({
  logicalId: `Key${physicalId}`,
  physicalId,
  status,
  type,
});
const worldOf = (...stacks: readonly object[]): World => ({ stacks: stacks as NonNullable<World['stacks']> });

describe('the stacks of keys', () => {
  it('asks once for all keys of one stack, and never about another Region', async () => {
    const { owners, calls, coverage } = await look(worldOf(stack('app', [key(1), key(2), key(3)])), [1, 2, 3, 4]);
    expect(owners).toEqual([
      ['01', 'app', 'Key1', 'active'],
      ['02', 'app', 'Key2', 'active'],
      ['03', 'app', 'Key3', 'active'],
    ]);
    expect(calls.length).toBeLessThanOrEqual(4);
    expect(coverage).toEqual([
      expect.objectContaining({ source: 'owners', operation: 'DescribeStackResources', ...REALM, status: 'complete' }),
    ]);
  });

  it.each([
    ['kept by a deleted stack', [stack('a', [key(1, 'DELETE_SKIPPED')], { status: 'DELETE_COMPLETE' })], 'left'],
    ['deleted with its stack, and rescued', [stack('a', [key(1, 'DELETE_COMPLETE')])], 'left'],
    ['a stack deleted by force', [stack('a', [key(1, 'DELETE_FAILED')], { status: 'DELETE_COMPLETE' })], 'left'],
    [
      'a stack that could not delete it',
      [stack('a', [key(1, 'DELETE_FAILED')], { status: 'DELETE_FAILED' })],
      'active',
    ],
    ['being deleted', [stack('a', [key(1, 'DELETE_IN_PROGRESS')])], 'active'],
    ['a replica', [stack('a', [key(1, 'IMPORT_COMPLETE', 'AWS::KMS::ReplicaKey')])], 'active'],
  ])('%s', async (_, stacks, status) => {
    const { owners } = await look(worldOf(...stacks), [1]);
    expect(owners).toEqual([['01', 'a', 'Key1', status]]);
  });

  it('prefers the stack that imported a key to the one that let go of it', async () => {
    const gone = stack('old', [key(1, 'DELETE_SKIPPED'), key(2, 'DELETE_SKIPPED')], { status: 'DELETE_COMPLETE' });
    const { owners } = await look(worldOf(gone, stack('new', [key(1, 'IMPORT_COMPLETE')])), [2, 1]);
    expect(owners).toEqual([
      ['02', 'old', 'Key2', 'left'],
      ['01', 'new', 'Key1', 'active'],
    ]);
  });

  it('believes no resource of another type, and no other resource of the stack', async () => {
    const { owners } = await look(worldOf(stack('a', [key(1, 'CREATE_COMPLETE', 'AWS::KMS::Alias'), key(7)])), [1]);
    expect(owners).toEqual([]);
  });

  it('looks through all pages of a stack that shows its first 100 resources alone', async () => {
    const { owners, calls } = await look(worldOf(stack('large', [key(1)], { others: 250 })), [1]);
    expect(owners).toEqual([['01', 'large', 'Key1', 'active']]);
    expect(calls).toEqual(['DescribeStackResources', ...Array.from({ length: 3 }, () => 'ListStackResources')]);
  });

  it('names a denied call, and the key that was not answered for', async () => {
    const { owners, coverage } = await look(
      {
        ...worldOf(stack('a', [key(1)]), stack('b', [key(2, 'DELETE_FAILED')])),
        faults: [{ fault: 'deny', api: 'DescribeStacks' }],
      },
      [1, 2],
    );
    expect(owners).toEqual([['01', 'a', 'Key1', 'active']]);
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'complete' }),
      expect.objectContaining({
        status: 'failed',
        locator: keyArn(2),
        permission: 'cloudformation:DescribeStacks',
      }),
    ]);
  });

  it('is one failed entry when nothing was answered, and asks no more than it must', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    const { coverage, calls } = await look({ faults: [{ fault: 'server-error', service: 'cloudformation' }] }, numbers);
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'failed', reason: expect.stringMatching(/40 of 40/) }),
    ]);
    expect(calls.length).toBeLessThan(20);
  });

  it('counts troubles that are too many to name', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
    const { coverage } = await look(
      { faults: [{ fault: 'error', code: 'Oddity', status: 400, service: 'cloudformation', skip: 2 }] },
      numbers,
    );
    expect(coverage).toEqual([
      expect.objectContaining({ status: 'partial', reason: expect.stringMatching(/28 of 30/) }),
    ]);
  });

  it('stops when the scan is interrupted', async () => {
    const stopped = new AbortController();
    stopped.abort(new Error('interrupted'));
    await expect(look({}, [1], stopped.signal)).rejects.toThrow('interrupted');
  });
});
