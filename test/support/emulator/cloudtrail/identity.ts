import { digest } from '../ids.ts';

const principalId = (prefix: string, arn: string): string => prefix + digest(arn).slice(0, 17).toUpperCase();

/** The access key id that a made-up record names for this caller. */
export const accessKeyOf = (prefix: 'AKIA' | 'ASIA', arn: string): string =>
  prefix + digest(`key ${arn}`).slice(0, 16).toUpperCase();

interface Session {
  readonly arn: string;
  readonly account: string;
  readonly accessKeyId?: string | undefined;
  readonly since: string;
}

function roleSession(role: string, session: string, partition: string, { arn, account, accessKeyId, since }: Session) {
  const roleArn = `arn:${partition}:iam::${account}:role/${role}`;
  const issuerId = principalId('AROA', roleArn);
  return {
    type: 'AssumedRole',
    principalId: `${issuerId}:${session}`,
    arn,
    accountId: account,
    accessKeyId: accessKeyId ?? accessKeyOf('ASIA', arn),
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: issuerId, arn: roleArn, accountId: account, userName: role },
      attributes: { creationDate: since, mfaAuthenticated: 'false' },
    },
  };
}

/** userIdentity of a caller's ARN: a role session, a user or the root user (CloudTrail user guide, "userIdentity element"). */
export function identityOf(session: Session): Readonly<Record<string, unknown>> {
  const { arn, account, accessKeyId } = session;
  const [, partition = 'aws', role, name] = /^arn:([^:]+):sts::[^:]*:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (role !== undefined && name !== undefined) return roleSession(role, name, partition, session);
  const common = { arn, accountId: account, accessKeyId: accessKeyId ?? accessKeyOf('AKIA', arn) };
  if (arn.endsWith(':root')) return { type: 'Root', principalId: account, ...common };
  return { type: 'IAMUser', principalId: principalId('AIDA', arn), ...common, userName: arn.split('/').at(-1) ?? arn };
}
