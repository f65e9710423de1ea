import type { Need } from '../../model/rule.ts';

/** One IAM action that keydrift uses, and what for. */
export interface Permission {
  readonly action: string;
  readonly why: string;
  /** Used only when an enabled rule has this need; undefined: always. */
  readonly need?: Need;
  /** STS answers this without any permission (AWS STS API reference, GetCallerIdentity). */
  readonly free?: true;
}

/** Everything keydrift asks of AWS. Every action reads; none can use, change or delete a key. */
export const PERMISSIONS: readonly Permission[] = [
  { action: 'sts:GetCallerIdentity', why: 'whose account is scanned', free: true },
  { action: 'kms:ListKeys', why: 'which keys are there' },
  { action: 'kms:DescribeKey', why: 'what each key is, and whether a key that a record or a state names still exists' },
  { action: 'kms:ListAliases', why: 'what people call each key' },
  { action: 'kms:GetKeyRotationStatus', why: 'automatic rotation beside what is declared', need: 'live.rotation' },
  { action: 'kms:ListResourceTags', why: 'tags beside what is declared', need: 'live.tags' },
  { action: 'kms:GetKeyPolicy', why: 'the key policy beside what is declared', need: 'live.policy' },
  { action: 'kms:DescribeCustomKeyStores', why: 'whether the store behind a key is connected', need: 'live.keyStore' },
  { action: 'kms:GetKeyLastUsage', why: 'when a key that a finding is about was last used', need: 'live.lastUsage' },
  { action: 'cloudtrail:LookupEvents', why: 'who created, replicated or scheduled the deletion of a key' },
  { action: 'cloudformation:DescribeStackResources', why: 'whether a stack has a key that is in no state' },
  { action: 'cloudformation:DescribeStacks', why: 'whether a stack that failed to delete a key is still there' },
  { action: 'cloudformation:ListStackResources', why: 'which key of a stack with more than 100 resources it is' },
];

/** The least IAM policy for all rules, or for rules with these needs. CloudTrail and KMS lists know no narrower resource. */
export function leastPolicy(needs?: ReadonlySet<Need>) {
  const wanted = PERMISSIONS.filter(
    ({ free, need }) => free !== true && (need === undefined || needs === undefined || needs.has(need)),
  );
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'KeydriftReads', Effect: 'Allow', Action: wanted.map(({ action }) => action), Resource: '*' }],
  } as const;
}
