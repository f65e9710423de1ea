import type { Call } from './call.ts';
import { accountOf, type Cloud } from './cloud.ts';
import { accessKeyOf } from './cloudtrail/identity.ts';
import { AwsError } from './errors.ts';
import { digest } from './ids.ts';
import { queryAnswer } from './query.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

const userId = (arn: string): string => `AIDA${digest(arn).slice(0, 17).toUpperCase()}`;

function getCallerIdentity(_cloud: Cloud, call: Call): string {
  return queryAnswer(NAMESPACE, call, {
    UserId: userId(call.principal),
    Account: call.realm.account,
    Arn: call.principal,
  });
}

const ROLE_ARN = /^arn:[^:]+:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/;
const HOUR_S = 3600;

function assumeRole(cloud: Cloud, call: Call): string {
  const { RoleArn: roleArn, RoleSessionName: session, DurationSeconds: duration = String(HOUR_S) } = call.input;
  const [, accountId, role] = ROLE_ARN.exec(String(roleArn)) ?? [];
  if (accountId === undefined || role === undefined)
    throw new AwsError('ValidationError', `${String(roleArn)} is invalid`);
  const denied = new AwsError(
    'AccessDenied',
    `User: ${call.principal} is not authorized to perform: sts:AssumeRole on resource: ${String(roleArn)}`,
    403,
  );
  if (!cloud.accounts.has(accountId)) throw denied;
  const account = accountOf(cloud, accountId);
  if (account.roles !== undefined && !account.roles.has(role)) throw denied;
  const arn = `arn:${account.partition}:sts::${accountId}:assumed-role/${role}/${String(session)}`;
  const accessKeyId = accessKeyOf('ASIA', `${arn} ${call.requestId}`);
  account.accessKeys.set(accessKeyId, arn);
  const expires = new Date(Date.now() + Number(duration) * 1000);
  return queryAnswer(NAMESPACE, call, {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: digest(`secret ${accessKeyId}`).slice(0, 40),
      SessionToken: digest(`token ${accessKeyId}`),
      Expiration: `${expires.toISOString().slice(0, 19)}Z`,
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${digest(role).slice(0, 17).toUpperCase()}:${String(session)}`, Arn: arn },
  });
}

/** What STS answers, as XML. */
export const STS_OPERATIONS: Readonly<Record<string, (cloud: Cloud, call: Call) => string>> = {
  GetCallerIdentity: getCallerIdentity,
  AssumeRole: assumeRole,
};
