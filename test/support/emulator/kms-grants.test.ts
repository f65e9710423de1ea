import { CreateGrantCommand, ListGrantsCommand, RetireGrantCommand, RevokeGrantCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from '@jest/globals';
import { emulatorPerTest } from './per-test.ts';

const world = emulatorPerTest();

describe('grants', () => {
  it('are made, listed, revoked and retired, and their tokens stay out of the records', async () => {
    const KeyId = await world.here().created();
    const grant = { KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:role/app', Operations: ['Decrypt' as const] };
    const first = await world.here().kms.send(new CreateGrantCommand(grant));
    const second = await world.here().kms.send(new CreateGrantCommand({ ...grant, Name: 'second' }));
    const names = async () =>
      (await world.here().kms.send(new ListGrantsCommand({ KeyId }))).Grants?.map(({ Name }) => Name);
    expect(await names()).toEqual(['', 'second']);
    await world.here().kms.send(new RevokeGrantCommand({ KeyId, GrantId: first.GrantId }));
    expect(await names()).toEqual(['second']);
    await world.here().kms.send(new RetireGrantCommand({ GrantToken: second.GrantToken }));
    expect(await names()).toEqual([]);
    expect(JSON.stringify(await world.here().records())).not.toContain(second.GrantToken);
  });

  it('that do not exist cannot be revoked', async () => {
    const KeyId = await world.here().created();
    await expect(world.here().kms.send(new RevokeGrantCommand({ KeyId, GrantId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
