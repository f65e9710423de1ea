import type { Actor, Via } from '../../model/facts/cloudtrail.ts';
import type { CloudTrailRecord } from './record-schema.ts';

const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const AWS_INTERNAL = 'AWS Internal';
const CONSOLE_AGENTS = new Set(['console.amazonaws.com', 'signin.amazonaws.com']);

/**
 * The specific before the general: Pulumi and Crossplane have carried the Terraform provider's agent with a name of
 * their own behind it (crossplane-contrib/provider-upjet-aws pull request 160, pulumi/pulumi-aws pull request 1604).
 */
const IAC_AGENTS: readonly (readonly [RegExp, Via])[] = [
  [/pulumi/i, 'pulumi'],
  [/crossplane|upbound-provider|upjet/i, 'crossplane'],
  [/opentofu\//i, 'opentofu'],
  [/terraform\/v?\d|terraform-provider-aws(cc)?\//i, 'terraform'],
];

/** A Terraform agent that names no version: some Pulumi releases sent it (pulumi/pulumi-aws issue 2190). */
const NAMELESS_TERRAFORM = /hashicorp\/1\.0|terraform\//i;

const CLIENT_AGENTS: readonly (readonly [RegExp, Via])[] = [
  [/^\[?mozilla\//i, 'console'],
  [/aws-cli\/|awspowershell/i, 'cli'],
  [/\b(aws-sdk-|aws-sdk\/|boto3?\/|botocore\/)/i, 'sdk'],
];

const firstMatch = (agents: readonly (readonly [RegExp, Via])[], userAgent: string): Via | undefined =>
  agents.find(([pattern]) => pattern.test(userAgent))?.[1];

const isService = (name: string | undefined): boolean =>
  name !== undefined && (name === AWS_INTERNAL || /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name));

/** Set by AWS, so not to be forged: `invokedBy`, `sourceIPAddress`, the identity's and the event's type. */
function viaFromAws(record: CloudTrailRecord): Via | undefined {
  const { invokedBy, type } = record.userIdentity ?? {};
  if (invokedBy === CLOUDFORMATION || record.sourceIPAddress === CLOUDFORMATION) return 'cloudformation';
  const byService = isService(invokedBy) || isService(record.sourceIPAddress);
  const ownDoing = type === 'AWSService' || record.eventType === 'AwsServiceEvent';
  return byService || ownDoing ? 'aws-service' : undefined;
}

/**
 * A tool's name counts before the console flag: Terraform in CloudShell runs on the console's credentials
 * (CloudTrail user guide: sessionCredentialFromConsole tells of the session, not of the client).
 */
function viaFromAgent(userAgent: string, fromConsole: boolean): Via {
  const tool = firstMatch(IAC_AGENTS, userAgent);
  if (tool !== undefined) return tool;
  if (userAgent === CLOUDFORMATION) return 'cloudformation';
  if (fromConsole || CONSOLE_AGENTS.has(userAgent)) return 'console';
  if (NAMELESS_TERRAFORM.test(userAgent)) return 'unknown';
  // "AWS Internal" is what people's own console calls were logged with too: it tells nothing.
  if (userAgent !== AWS_INTERNAL && isService(userAgent)) return 'aws-service';
  return firstMatch(CLIENT_AGENTS, userAgent) ?? 'unknown';
}

function roleBehind(record: CloudTrailRecord): string | null {
  const issuer = record.userIdentity?.sessionContext?.sessionIssuer;
  // The issuer of a federated user's session is an IAM user (CloudTrail user guide, "userIdentity element").
  const isRole = issuer?.type === undefined || issuer.type === 'Role';
  return isRole ? (issuer?.arn ?? null) : null;
}

/** Who made the call. What AWS sets decides before what a caller can write. */
export function readActor(record: CloudTrailRecord): Actor {
  const fromConsole = record.sessionCredentialFromConsole === true;
  return {
    principal: record.userIdentity?.arn ?? null,
    role: roleBehind(record),
    via: viaFromAws(record) ?? viaFromAgent(record.userAgent ?? '', fromConsole),
    userAgent: record.userAgent ?? null,
    invokedBy: record.userIdentity?.invokedBy ?? null,
  };
}
