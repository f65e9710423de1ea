import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { GetKeyLastUsageCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientsOf } from './clients.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { numberedId } from './world/keys.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
let emulator: Emulator;
let stacks: CloudFormationClient;

beforeEach(async () => {
  emulator = await startEmulator(
    {
      now: '2026-11-23T12:00:00Z',
      usageTrackedSince: '-100d',
      keys: [
        { id: 1, region: 'eu-west-1', lastUsed: '-1h' },
        { id: 2, region: 'eu-west-1', created: '-5d' },
      ],
      stacks: [
        { name: 'a <b>', region: 'eu-west-1', others: 120, resources: [{ logicalId: 'Key', physicalId: 1 }] },
        { name: 'old', region: 'eu-west-1', status: 'DELETE_COMPLETE', resources: [{ logicalId: 'K', physicalId: 2 }] },
      ],
    },
    { clock: 'frozen' },
  );
  stacks = new CloudFormationClient({ region: 'eu-west-1', endpoint: emulator.url, credentials, maxAttempts: 1 });
});
afterEach(async () => emulator.stop());

describe('stacks', () => {
  it('are found by what they have, with 100 resources at most, and listed page by page', async () => {
    const { StackResources } = await stacks.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: numberedId(1) }),
    );
    expect(StackResources).toHaveLength(100);
    expect(StackResources?.[0]).toMatchObject({ StackName: 'a <b>', ResourceType: 'AWS::SNS::Topic' });
    const first = await stacks.send(new ListStackResourcesCommand({ StackName: 'a <b>' }));
    const second = await stacks.send(new ListStackResourcesCommand({ StackName: 'a <b>', NextToken: first.NextToken }));
    expect(second.StackResourceSummaries?.at(-1)).toMatchObject({ PhysicalResourceId: numberedId(1) });
    expect(second.NextToken).toBeUndefined();
  });

  it('that were deleted are found by their id alone', async () => {
    const { StackResources } = await stacks.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: numberedId(2) }),
    );
    const StackName = StackResources?.[0]?.StackId;
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]).toMatchObject({ StackName: 'old', StackStatus: 'DELETE_COMPLETE' });
    await expect(stacks.send(new DescribeStacksCommand({ StackName: 'old' }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('that nobody has are a ValidationError in words of their own', async () => {
    await expect(
      stacks.send(new DescribeStackResourcesCommand({ PhysicalResourceId: numberedId(9) })),
    ).rejects.toMatchObject({ name: 'ValidationError', message: `Stack for ${numberedId(9)} does not exist` });
  });
});

it('the last use of a key is told since tracking began, or since it was made', async () => {
  const { kms } = clientsOf(emulator);
  const used = await kms.send(new GetKeyLastUsageCommand({ KeyId: numberedId(1) }));
  expect(used.KeyLastUsage).toMatchObject({ Operation: 'Decrypt', Timestamp: new Date('2026-11-23T11:00:00Z') });
  const unused = await kms.send(new GetKeyLastUsageCommand({ KeyId: numberedId(2) }));
  expect(unused).toMatchObject({ KeyLastUsage: {}, TrackingStartDate: new Date('2026-11-18T12:00:00Z') });
});
