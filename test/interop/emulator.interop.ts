import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awsEnvironment } from '../support/emulator/clients.ts';
import { type Emulator, startEmulator } from '../support/emulator/emulator.ts';

/** Where `terraform providers mirror` put the AWS provider; without it, or without the programs, tests are skipped. */
const MIRROR = process.env['TF_PLUGIN_MIRROR'] ?? '/opt/tf-plugins';
const PROVIDER = join(MIRROR, 'registry.terraform.io/hashicorp/aws');
const MINUTES = 60_000;

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));

const withTerraform = onPath('terraform') && existsSync(PROVIDER) ? it : it.skip;
const withAwsCli = onPath('aws') ? it : it.skip;

let emulator: Emulator;
let directory: string;

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
  directory = await mkdtemp(join(tmpdir(), 'interop-'));
});
afterAll(async () => {
  await emulator.stop();
  await rm(directory, { recursive: true });
});

/** Runs a program in the test's directory against the emulator; exit code and output. */
function ran(program: string, ...args: readonly string[]) {
  const env = { ...process.env, ...awsEnvironment(emulator), TF_CLI_CONFIG_FILE: join(directory, 'terraformrc') };
  return new Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }>((resolve) => {
    execFile(program, args, { cwd: directory, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

const terraform = (...args: readonly string[]) => ran('terraform', ...args, '-no-color');

async function callsIn(region: string): Promise<readonly string[]> {
  const { trail } = emulator.contents({ partition: 'aws', account: '111122223333', region });
  return trail.map((entry) => entry.eventName);
}

describe('Terraform with the AWS provider', () => {
  withTerraform(
    'applies every kind of KMS resource, sees no changes after, and destroys them',
    async () => {
      await cp(new URL('emulator.tf', import.meta.url), join(directory, 'main.tf'));
      const mirror = `provider_installation { filesystem_mirror { path = ${JSON.stringify(MIRROR)} } }`;
      await writeFile(join(directory, 'terraformrc'), mirror.replaceAll(/([{}])/g, '\n$1\n'));
      expect(await terraform('init')).toMatchObject({ code: 0 });
      expect(await terraform('apply', '-auto-approve')).toMatchObject({ code: 0 });
      expect(await terraform('plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
      const records = emulator.contents({ partition: 'aws', account: '111122223333', region: 'eu-west-1' }).trail;
      const made = records.filter((entry) => entry.eventName === 'CreateKey').map((entry) => JSON.parse(entry.text));
      expect(made.map((record) => record.userAgent)).toEqual(
        made.map(() => expect.stringMatching(/HashiCorp\/1\.0 Terraform\/.* terraform-provider-aws\//)),
      );
      expect(await callsIn('us-east-1')).toEqual(['CreateKey']);
      expect(await terraform('destroy', '-auto-approve')).toMatchObject({ code: 0 });
      expect(await callsIn('us-east-1')).toEqual(['ScheduleKeyDeletion', 'CreateKey']);
    },
    5 * MINUTES,
  );
});

describe('the aws CLI', () => {
  withAwsCli(
    'creates, finds and schedules the deletion of a key',
    async () => {
      const created = await ran('aws', 'kms', 'create-key', '--description', 'by hand', '--output', 'json');
      const { KeyMetadata } = JSON.parse(created.stdout);
      const listed = await ran('aws', 'kms', 'list-keys', '--output', 'json');
      expect(JSON.parse(listed.stdout).Keys).toContainEqual({ KeyId: KeyMetadata.KeyId, KeyArn: KeyMetadata.Arn });
      const days = ['--pending-window-in-days', '7'];
      await ran('aws', 'kms', 'schedule-key-deletion', '--key-id', KeyMetadata.KeyId, ...days);
      const attribute = 'AttributeKey=EventName,AttributeValue=ScheduleKeyDeletion';
      const found = await ran(
        'aws',
        'cloudtrail',
        'lookup-events',
        '--lookup-attributes',
        attribute,
        '--output',
        'json',
      );
      const record = JSON.parse(JSON.parse(found.stdout).Events[0].CloudTrailEvent);
      expect(record).toMatchObject({
        userAgent: expect.stringMatching(/aws-cli\//),
        resources: [{ ARN: KeyMetadata.Arn }],
      });
    },
    MINUTES,
  );

  withAwsCli(
    'shows AWS’s own error names',
    async () => {
      const answer = await ran('aws', 'kms', 'describe-key', '--key-id', 'alias/none');
      expect(answer.stderr).toMatch(/\(NotFoundException\) when calling the DescribeKey operation/);
      const identity = await ran('aws', 'sts', 'get-caller-identity', '--output', 'json');
      expect(JSON.parse(identity.stdout)).toMatchObject({ Account: '111122223333' });
    },
    MINUTES,
  );
});
