import { z } from 'zod';
import type { EmulatedKey } from '../cloud.ts';
import { AwsError } from '../errors.ts';
import { type Operation, writes } from './operation.ts';
import { resolveKey } from './resolve.ts';
import { refuseManaged, refuseWhenDeleting } from './states.ts';

const MOST_TAGS = 50;

export const tagListSchema = z.array(z.object({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) }));
type TagList = z.infer<typeof tagListSchema>;

/** Adds tags to a key's: `aws:` is kept for AWS, a name may stand once, 50 at most (AWS KMS API reference, TagResource). */
export function putTags(tags: Map<string, string>, list: TagList): void {
  const names = list.map(({ TagKey }) => TagKey);
  const reserved = names.find((name) => name.startsWith('aws:'));
  if (reserved !== undefined) throw new AwsError('TagException', `Tag key ${reserved} begins with aws:`);
  if (new Set(names).size < names.length) throw new AwsError('TagException', 'Duplicate tag keys');
  if (new Set([...tags.keys(), ...names]).size > MOST_TAGS)
    throw new AwsError('LimitExceededException', 'Too many tags');
  for (const { TagKey, TagValue } of list) tags.set(TagKey, TagValue);
}

function refuse(key: EmulatedKey): void {
  refuseManaged(key);
  refuseWhenDeleting(key);
}

const tagResource = writes(z.object({ KeyId: z.string(), Tags: tagListSchema }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuse(key);
  putTags(key.tags, input.Tags);
  return { resources: [key.arn] };
});

const untagResource = writes(z.object({ KeyId: z.string(), TagKeys: z.array(z.string()) }), (cloud, call, input) => {
  const key = resolveKey(cloud, call, input.KeyId);
  refuse(key);
  for (const name of input.TagKeys) key.tags.delete(name);
  return { resources: [key.arn] };
});

export const TAG_WRITES: Readonly<Record<string, Operation>> = {
  TagResource: tagResource,
  UntagResource: untagResource,
};
