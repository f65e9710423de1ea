import type { Cloud } from './cloud.ts';
import { AwsError } from './errors.ts';

const SCOPE = /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/\d{8}\/([^/,]+)\/([^/,]+)\/aws4_request/;

/** Region, service and access key as the signature's credential scope names them (AWS Signature Version 4). */
export function credentialScope(authorization: string | undefined) {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', 403);
  }
  return { accessKeyId, region, service };
}

/** The credential scope of a signature. */
export type CredentialScope = ReturnType<typeof credentialScope>;

/** AWS says the same of a key it does not know and of a Region that the account has not opted in to. */
const unknownKey = (service: string): AwsError =>
  service === 'sts'
    ? new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
    : new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');

/** Who signs with this access key, and in which account. The signature itself is not checked. */
export function callerOf(
  cloud: Cloud,
  { accessKeyId, region }: CredentialScope,
  service: string,
): { readonly principal: string; readonly partition: string; readonly account: string } {
  const accounts = [...cloud.accounts.values()];
  const owner = accounts.find((account) => account.accessKeys.has(accessKeyId)) ?? accounts.find(({ open }) => open);
  if (owner === undefined || cloud.regions?.has(region) === false) throw unknownKey(service);
  const principal = owner.accessKeys.get(accessKeyId) ?? `arn:${owner.partition}:iam::${owner.id}:user/operator`;
  return { principal, partition: owner.partition, account: owner.id };
}
