import type { KeyAttributes } from '../model/attributes.ts';
import type { Actor, Via } from '../model/facts/cloudtrail.ts';

const MEANS: Readonly<Record<Via, string>> = {
  terraform: 'Terraform',
  opentofu: 'OpenTofu',
  pulumi: 'Pulumi',
  crossplane: 'Crossplane',
  cloudformation: 'CloudFormation',
  console: 'the console',
  cli: 'the AWS CLI',
  sdk: 'an AWS SDK',
  'aws-service': 'an AWS service',
  unknown: 'unknown means',
};

const LONGEST = 160;

/** Text that others wrote, on one line: control characters, line breaks and text direction marks become a space. */
export const oneLine = (value: string): string =>
  value.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();

/** An attribute's value for people; null is `none`. Long values are cut. */
export function displayValue(value: KeyAttributes[keyof KeyAttributes]): string {
  if (value === null) return 'none';
  const whole = typeof value === 'string' ? value || '""' : typeof value === 'object' ? tagText(value) : String(value);
  const line = oneLine(whole);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

const tagText = (tags: Readonly<Record<string, string>>): string =>
  Object.keys(tags)
    .sort()
    .map((name) => `${name}=${tags[name]}`)
    .join(', ') || 'no tags';

/** Who did it and with what, for a message: `assumed-role/Admin/alice with the console`. */
export function actorText(actor: Actor | null): string {
  if (actor === null) return 'someone unknown';
  return joinActor(actor, principalName(actor.principal));
}

/** The same with the whole ARN, for evidence. */
export const actorEvidence = (actor: Actor): string => joinActor(actor, actor.principal);

function joinActor(actor: Actor, who: string | null): string {
  if (actor.via === 'unknown') return who ?? 'someone unknown';
  if (who === null && actor.via === 'aws-service') return actor.invokedBy ?? MEANS['aws-service'];
  return `${who ?? 'someone'} with ${MEANS[actor.via]}`;
}

/** The part of a principal's ARN behind account: `user/alice`, `assumed-role/Admin/alice`, `root`. */
function principalName(principal: string | null): string | null {
  if (principal === null) return null;
  const parts = principal.split(':');
  return parts.length > 5 ? parts.slice(5).join(':') : principal;
}

/** A text as one word of a POSIX shell. */
export const shellWord = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
