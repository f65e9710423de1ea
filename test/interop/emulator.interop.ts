import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';
import { describeWith, workshop } from './programs.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    now: '2026-11-23T06:00:00Z',
    accounts: [
      {
        id: '111122223333',
        accessKeys: { AKIAIOSFODNN7EXAMPLE: 'arn:aws:sts::111122223333:assumed-role/terraform/ci' },
      },
    ],
    limits: { lookupEventsPerSecond: null },
  });
});
afterAll(() => emulator.stop());

const { path, ran, terraform, aws } = workshop(() => awsEnvironment(emulator));

const callsIn = (region: string): readonly string[] =>
  emulator.contents({ partition: 'aws', account: '111122223333', region }).trail.map((entry) => entry.eventName);

describeWith('terraform')('Terraform with the AWS provider', () => {
  it('applies every kind of KMS resource, sees no changes after, and destroys them', async () => {
    await cp(new URL('emulator.tf', import.meta.url), path('main.tf'));
    await terraform('init');
    await terraform('apply', '-auto-approve');
    await terraform('plan', '-detailed-exitcode');
    const records = emulator.contents({ partition: 'aws', account: '111122223333', region: 'eu-west-1' }).trail;
    const made = records.filter((entry) => entry.eventName === 'CreateKey').map((entry) => JSON.parse(entry.text));
    expect(made.map((record) => record.userAgent)).toEqual(
      made.map(() => expect.stringMatching(/HashiCorp\/1\.0 Terraform\/.* terraform-provider-aws\//)),
    );
    expect(callsIn('us-east-1')).toEqual(['CreateKey']);
    await terraform('destroy', '-auto-approve');
    expect(callsIn('us-east-1')).toEqual(['ScheduleKeyDeletion', 'CreateKey']);
  });
});

const createdSchema = z.object({ KeyMetadata: z.object({ KeyId: z.string(), Arn: z.string() }) });
const foundSchema = z.object({ Events: z.array(z.object({ CloudTrailEvent: z.string() })) });

describeWith('aws')('the aws CLI', () => {
  it('creates, finds and schedules the deletion of a key', async () => {
    const { KeyMetadata: key } = createdSchema.parse(await aws('kms', 'create-key', '--description', 'by hand'));
    expect(await aws('kms', 'list-keys')).toMatchObject({
      Keys: expect.arrayContaining([{ KeyId: key.KeyId, KeyArn: key.Arn }]),
    });
    await aws('kms', 'schedule-key-deletion', '--key-id', key.KeyId, '--pending-window-in-days', '7');
    const attribute = 'AttributeKey=EventName,AttributeValue=ScheduleKeyDeletion';
    const { Events } = foundSchema.parse(await aws('cloudtrail', 'lookup-events', '--lookup-attributes', attribute));
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      userAgent: expect.stringMatching(/aws-cli\//),
      resources: [{ ARN: key.Arn }],
    });
  });

  it('shows AWS’s own error names', async () => {
    const answer = await ran(['aws', 'kms', 'describe-key', '--key-id', 'alias/none'], [254, 255]);
    expect(answer.stderr).toMatch(/\(NotFoundException\) when calling the DescribeKey operation/);
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '111122223333' });
  });
});
