import { type Actor, isByKms } from '../model/facts/cloudtrail.ts';
import { type KeyArnParts, parseKeyArn } from '../model/key-arn.ts';
import type { Gathered } from './gather.ts';

/** KMS itself makes a replica's key on behalf of whoever called ReplicateKey (seen in CloudTrail, not documented). */
export function creatorOf({ created, replicated }: Pick<Gathered, 'created' | 'replicated'>): Actor | null {
  if (created === null) return replicated?.actor ?? null;
  return isByKms(created.actor) ? (replicated?.actor ?? created.actor) : created.actor;
}

/** The primary of a multi-Region key, a primary itself; ReplicateKey is recorded in its Region. */
export function primaryRealm({ live, created }: Pick<Gathered, 'live' | 'created'>): KeyArnParts | undefined {
  const primary = live?.family?.primary ?? created?.attributes.primaryKeyArn;
  return primary == null ? undefined : parseKeyArn(primary);
}
