import type { Cloud } from './cloud.ts';
import { AwsError } from './errors.ts';

const SCOPE = /^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256) Credential=([^/,]+)\/\d{8}\/([^/,]+)\/([^/,]+)\/aws4_request/;

/** Region, service and access key as the signature's credential scope names them (AWS Signature Version 4). */
export function credentialScope(authorization: string | undefined) {
  const [, accessKeyId, region, service] = SCOPE.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', 403);
  }
  return { accessKeyId, region, service };
}

/** Who signs with this access key, and in which account. The signature itself is not checked. */
export function callerOf(
  cloud: Cloud,
  accessKeyId: string,
  service: string,
): { readonly principal: string; readonly partition: string; readonly account: string } {
  const accounts = [...cloud.accounts.values()];
  const owner = accounts.find((account) => account.accessKeys.has(accessKeyId)) ?? accounts.find(({ open }) => open);
  if (owner === undefined) {
    const code = service === 'sts' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
    throw new AwsError(code, 'The security token included in the request is invalid.', service === 'sts' ? 403 : 400);
  }
  const principal = owner.accessKeys.get(accessKeyId) ?? `arn:${owner.partition}:iam::${owner.id}:user/operator`;
  return { principal, partition: owner.partition, account: owner.id };
}
