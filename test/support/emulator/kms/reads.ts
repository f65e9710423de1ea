import { z } from 'zod';
import { type Alias, contentsOf } from '../cloud.ts';
import { AwsError } from '../errors.ts';
import { keyMetadata, seconds } from './metadata.ts';
import { type Operation, reads } from './operation.ts';
import { pageOf, pagingShape } from './paging.ts';
import { resolveKey, resolveKeyOrAlias } from './resolve.ts';

const keyInput = z.object({ KeyId: z.string() });
const byId = <T extends { readonly keyId: string }>(a: T, b: T): number => (a.keyId < b.keyId ? -1 : 1);

/** ListKeys: pages of 100, 1000 when asked for. */
const listKeys = reads(z.object(pagingShape), (cloud, call, input) => {
  const keys = [...contentsOf(cloud, call.realm).keys.values()].sort(byId);
  const { items, ...page } = pageOf(keys, input, 100, 1000);
  return { Keys: items.map((key) => ({ KeyId: key.keyId, KeyArn: key.arn })), ...page };
});

const describeKey = reads(keyInput, (cloud, call, input) => ({
  KeyMetadata: keyMetadata(cloud, resolveKeyOrAlias(cloud, call, input.KeyId)),
}));

const aliasEntry = (alias: Alias) => ({
  AliasName: alias.name,
  AliasArn: alias.arn,
  ...(alias.targetKeyId === undefined ? {} : { TargetKeyId: alias.targetKeyId }),
  CreationDate: seconds(alias.createdAt),
  LastUpdatedDate: seconds(alias.updatedAt),
});

/** ListAliases: pages of 50, 100 at most. */
const listAliases = reads(z.object({ KeyId: z.string().optional(), ...pagingShape }), (cloud, call, input) => {
  const wanted = input.KeyId === undefined ? undefined : resolveKey(cloud, call, input.KeyId).keyId;
  const aliases = [...contentsOf(cloud, call.realm).aliases.values()]
    .filter((alias) => wanted === undefined || alias.targetKeyId === wanted)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...page } = pageOf(aliases, input, 50, 100);
  return { Aliases: items.map(aliasEntry), ...page };
});

/** ListResourceTags: pages of 50 at most. */
const listResourceTags = reads(keyInput.extend(pagingShape), (cloud, call, input) => {
  const { items, ...page } = pageOf([...resolveKey(cloud, call, input.KeyId).tags], input, 50, 50);
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...page };
});

/** The start of tracking, or the key's creation, whichever is later. */
const getKeyLastUsage = reads(keyInput, (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  const usage = key.lastUsed;
  return {
    KeyId: key.keyId,
    KeyLastUsage:
      usage === undefined
        ? {}
        : {
            Operation: usage.operation,
            Timestamp: seconds(usage.at),
            CloudTrailEventId: 'a-use',
            KmsRequestId: 'a-use',
          },
    TrackingStartDate: seconds(Math.max(cloud.usageTrackedSince, key.createdAt)),
    KeyCreationDate: seconds(key.createdAt),
  };
});

const getKeyPolicy = reads(keyInput.extend({ PolicyName: z.string().default('default') }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  if (input.PolicyName !== 'default') throw new AwsError('NotFoundException', 'No such policy exists');
  return { Policy: key.policy, PolicyName: 'default' };
});

const listKeyPolicies = reads(keyInput.extend(pagingShape), (cloud, call, input) => {
  resolveKey(cloud, call, input.KeyId);
  return { PolicyNames: ['default'], Truncated: false };
});

/** Operations that look at keys. */
export const READS: Readonly<Record<string, Operation>> = {
  ListKeys: listKeys,
  DescribeKey: describeKey,
  ListAliases: listAliases,
  ListResourceTags: listResourceTags,
  GetKeyLastUsage: getKeyLastUsage,
  GetKeyPolicy: getKeyPolicy,
  ListKeyPolicies: listKeyPolicies,
};
