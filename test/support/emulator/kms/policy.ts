import { AwsError } from '../errors.ts';

const MOST_BYTES = 32 * 1024;

/** The policy text, when it is a policy: a JSON object with statements, at most 32 kB. */
export function checkedPolicy(policy: string): string {
  const malformed = (why: string): AwsError => new AwsError('MalformedPolicyDocumentException', why);
  if (policy.length > MOST_BYTES) throw new AwsError('LimitExceededException', 'The key policy is longer than 32 kB');
  let content: unknown;
  try {
    content = JSON.parse(policy);
  } catch {
    throw malformed('The key policy is no JSON');
  }
  if (typeof content !== 'object' || content === null || !('Statement' in content)) {
    throw malformed('The key policy has no Statement');
  }
  return policy;
}
