import { z } from 'zod';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type EmulatedKey, type Grant } from '../cloud.ts';
import { AwsError } from '../errors.ts';
import { digest } from '../ids.ts';
import { seconds } from './metadata.ts';
import { type Operation, reads, writes } from './operation.ts';
import { pageOf, pagingShape } from './paging.ts';
import { resolveKey } from './resolve.ts';
import { refuseIn, refuseWhenDeleting, refuseWhenDisabled } from './states.ts';

const createSchema = z.object({
  KeyId: z.string(),
  GranteePrincipal: z.string(),
  RetiringPrincipal: z.string().optional(),
  Operations: z.array(z.string()).min(1),
  Constraints: z.unknown().optional(),
  Name: z.string().optional(),
});

const createGrant = writes(createSchema, (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuseWhenDisabled(key);
  refuseWhenDeleting(key);
  refuseIn(key, 'PendingImport');
  const grantId = digest(cloud.nextId());
  const grant: Grant = {
    grantId,
    token: digest(`token ${grantId}`),
    granteePrincipal: input.GranteePrincipal,
    retiringPrincipal: input.RetiringPrincipal,
    operations: input.Operations,
    constraints: input.Constraints,
    name: input.Name,
    createdAt: cloud.clock.now(),
  };
  key.grants.set(grantId, grant);
  return {
    output: { GrantId: grantId, GrantToken: grant.token },
    response: { grantId, keyId: key.arn },
    resources: [key.arn],
  };
});

const grantEntry = (key: EmulatedKey, call: Call) => (grant: Grant) => ({
  KeyId: key.arn,
  GrantId: grant.grantId,
  Name: grant.name ?? '',
  CreationDate: seconds(grant.createdAt),
  GranteePrincipal: grant.granteePrincipal,
  ...(grant.retiringPrincipal === undefined ? {} : { RetiringPrincipal: grant.retiringPrincipal }),
  IssuingAccount: `arn:${call.realm.partition}:iam::${key.realm.account}:root`,
  Operations: grant.operations,
  ...(grant.constraints === undefined ? {} : { Constraints: grant.constraints }),
});

const listSchema = z.object({
  KeyId: z.string(),
  GrantId: z.string().optional(),
  GranteePrincipal: z.string().optional(),
  ...pagingShape,
});

const listGrants = reads(listSchema, (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  const grants = [...key.grants.values()].filter(
    (grant) =>
      (input.GrantId === undefined || grant.grantId === input.GrantId) &&
      (input.GranteePrincipal === undefined || grant.granteePrincipal === input.GranteePrincipal),
  );
  const { items, ...page } = pageOf(grants, input, 50, 100);
  return { Grants: items.map(grantEntry(key, call)), ...page };
});

function takeGrant(key: EmulatedKey, grantId: string): void {
  if (!key.grants.delete(grantId)) throw new AwsError('NotFoundException', `Grant ${grantId} does not exist`);
}

const revokeGrant = writes(z.object({ KeyId: z.string(), GrantId: z.string() }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  takeGrant(key, input.GrantId);
  return { resources: [key.arn] };
});

function keyOfToken(cloud: Cloud, call: Call, token: string) {
  for (const key of contentsOf(cloud, call.realm).keys.values()) {
    const grant = [...key.grants.values()].find((one) => one.token === token);
    if (grant !== undefined) return { key, grantId: grant.grantId };
  }
  throw new AwsError('InvalidGrantTokenException', 'The grant token is not valid');
}

const retireSchema = z.union([
  z.object({ GrantToken: z.string() }),
  z.object({ KeyId: z.string(), GrantId: z.string() }),
]);

const retireGrant = writes(retireSchema, (cloud, call, input) => {
  const { key, grantId } =
    'GrantToken' in input
      ? keyOfToken(cloud, call, input.GrantToken)
      : { key: resolveKey(cloud, call, input.KeyId), grantId: input.GrantId };
  takeGrant(key, grantId);
  return { resources: [key.arn] };
});

/** What aws_kms_grant calls. */
export const GRANT_OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateGrant: createGrant,
  ListGrants: listGrants,
  RevokeGrant: revokeGrant,
  RetireGrant: retireGrant,
};
