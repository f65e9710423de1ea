import { ListKeysCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientsOf } from './clients.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { numberedId } from './world/keys.ts';

const ALICE = 'arn:aws:iam::111122223333:user/alice';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    accounts: [
      { id: '111122223333', accessKeys: { AKIAALICE: ALICE } },
      { id: '444455556666', partition: 'aws-us-gov', accessKeys: {}, roles: ['keydrift'] },
    ],
    keys: [{ id: 7, account: '444455556666', region: 'us-gov-west-1' }],
  });
});
afterEach(async () => emulator.stop());

const assumed = (role: string) =>
  clientsOf(emulator, 'eu-west-1', 'AKIAALICE').sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws-us-gov:iam::444455556666:role/path/${role}`, RoleSessionName: 'scan' }),
  );

describe('callers', () => {
  it('are told by their access key', async () => {
    const identity = await clientsOf(emulator, 'eu-west-1', 'AKIAALICE').sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: '111122223333', Arn: ALICE });
  });

  it('with an unknown access key are refused', async () => {
    const { sts, kms } = clientsOf(emulator, 'eu-west-1', 'AKIANOBODY');
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('that assume a role act in its account', async () => {
    const { Credentials } = await assumed('keydrift');
    const { sts, kms } = clientsOf(emulator, 'us-gov-west-1', Credentials?.AccessKeyId);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws-us-gov:sts::444455556666:assumed-role/keydrift/scan',
    });
    expect((await kms.send(new ListKeysCommand({}))).Keys?.[0]?.KeyId).toBe(numberedId(7));
  });

  it('cannot assume what may not be assumed', async () => {
    await expect(assumed('admin')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('requests that are no call', () => {
  it.each([
    ['without a signature', { 'x-amz-target': 'TrentService.ListKeys' }, 403, 'MissingAuthenticationTokenException'],
    [
      'of a service that is not emulated',
      { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      404,
      'UnknownOperationException',
    ],
  ])('%s', async (_, headers, status, error) => {
    const response = await fetch(emulator.url, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ __type: error });
    expect(emulator.requests.at(-1)).toMatchObject({ status, error });
  });
});
