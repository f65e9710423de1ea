import { type Actor, isByKms } from '../model/facts/cloudtrail.ts';
import { parseKeyArn, type Realm } from '../model/key-arn.ts';
import type { Gathered } from './gather.ts';

/** KMS itself makes a replica's key on behalf of whoever called ReplicateKey (seen in CloudTrail, not documented). */
export function creatorOf({ created, replicated }: Pick<Gathered, 'created' | 'replicated'>): Actor | null {
  if (created === null) return replicated?.actor ?? null;
  return isByKms(created.actor) ? (replicated?.actor ?? created.actor) : created.actor;
}

/** ReplicateKey is recorded in the primary's Region. */
export function primaryRealm({ live, created }: Pick<Gathered, 'live' | 'created'>): Realm | undefined {
  const primary = live?.family?.primary ?? created?.attributes.primaryKeyArn;
  return primary == null ? undefined : parseKeyArn(primary);
}
