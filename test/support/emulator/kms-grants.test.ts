import { CreateGrantCommand, ListGrantsCommand, RetireGrantCommand, RevokeGrantCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Emulator } from './emulator.ts';
import { frozenEmulator, sessionIn } from './session.ts';

let emulator: Emulator;
let here: ReturnType<typeof sessionIn>;
beforeEach(async () => {
  emulator = await frozenEmulator();
  here = sessionIn(emulator, 'eu-west-1');
});
afterEach(async () => emulator.stop());

describe('grants', () => {
  it('are made, listed, revoked and retired, and their tokens stay out of the records', async () => {
    const KeyId = await here.created();
    const grant = { KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:role/app', Operations: ['Decrypt' as const] };
    const first = await here.kms.send(new CreateGrantCommand(grant));
    const second = await here.kms.send(new CreateGrantCommand({ ...grant, Name: 'second' }));
    const names = async () => (await here.kms.send(new ListGrantsCommand({ KeyId }))).Grants?.map(({ Name }) => Name);
    expect(await names()).toEqual(['', 'second']);
    await here.kms.send(new RevokeGrantCommand({ KeyId, GrantId: first.GrantId }));
    expect(await names()).toEqual(['second']);
    await here.kms.send(new RetireGrantCommand({ GrantToken: second.GrantToken }));
    expect(await names()).toEqual([]);
    expect(JSON.stringify(await here.records())).not.toContain(second.GrantToken);
  });

  it('that do not exist cannot be revoked', async () => {
    const KeyId = await here.created();
    await expect(here.kms.send(new RevokeGrantCommand({ KeyId, GrantId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
