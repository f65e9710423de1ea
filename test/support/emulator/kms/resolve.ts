import { parseKeyArn } from '../../../../src/model/key-arn.ts';
import type { Call } from '../call.ts';
import { type Alias, type Cloud, contentsOf, type EmulatedKey } from '../cloud.ts';
import { AwsError } from '../errors.ts';

const notFound = (message: string): AwsError => new AwsError('NotFoundException', message);

const keyArn = (call: Call, keyId: string): string =>
  `arn:${call.realm.partition}:kms:${call.realm.region}:${call.realm.account}:key/${keyId}`;

/** ARN of an alias in the caller's account and Region. */
export const aliasArn = (call: Pick<Call, 'realm'>, name: string): string =>
  `arn:${call.realm.partition}:kms:${call.realm.region}:${call.realm.account}:${name}`;

const mayBeSeen = (key: EmulatedKey, call: Call): boolean =>
  key.realm.account === call.realm.account || key.policy.includes(call.realm.account);

function denied(call: Call, arn: string): AwsError {
  const action = `kms:${call.api}`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${call.principal} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
  );
}

const denies = (key: EmulatedKey, api: string): boolean => key.denied.has(api) || key.denied.has('*');

function keyByArn(cloud: Cloud, call: Call, arn: string): EmulatedKey {
  const parts = parseKeyArn(arn);
  if (parts === undefined) throw new AwsError('InvalidArnException', `Invalid arn ${arn}`);
  // KMS answers only for its own Region: "Invalid arn eu-west-1" (seen in the AWS CLI's issue tracker).
  if (parts.region !== call.realm.region) throw notFound(`Invalid arn ${parts.region}`);
  const key = contentsOf(cloud, parts).keys.get(parts.keyId);
  if (key === undefined) throw notFound(`Key '${arn}' does not exist`);
  if (!mayBeSeen(key, call) || key.realm.partition !== parts.partition) throw denied(call, arn);
  return key;
}

function keyById(cloud: Cloud, call: Call, keyId: string): EmulatedKey {
  if (!/^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(keyId))
    throw notFound(`Invalid keyId '${keyId}'`);
  const key = contentsOf(cloud, call.realm).keys.get(keyId);
  if (key === undefined) throw notFound(`Key '${keyArn(call, keyId)}' does not exist`);
  return key;
}

function allowed(key: EmulatedKey, call: Call): EmulatedKey {
  if (denies(key, call.api)) throw denied(call, key.arn);
  return key;
}

/** The key that an id or ARN names. Aliases are no key ids here: most operations do not take them. */
export const resolveKey = (cloud: Cloud, call: Call, keyId: string): EmulatedKey =>
  allowed(keyId.startsWith('arn:') ? keyByArn(cloud, call, keyId) : keyById(cloud, call, keyId), call);

/** The alias with this name (`alias/…`) in the caller's account and Region. */
export function resolveAlias(cloud: Cloud, call: Call, name: string): Alias {
  const alias = contentsOf(cloud, call.realm).aliases.get(name);
  if (alias === undefined) throw notFound(`Alias ${aliasArn(call, name)} is not found.`);
  return alias;
}

/** The key that an id, ARN, alias name or alias ARN names (DescribeKey takes all four). */
export function resolveKeyOrAlias(cloud: Cloud, call: Call, keyId: string): EmulatedKey {
  const name = /^arn:[^:]+:kms:([^:]+):[^:]+:(alias\/.+)$/.exec(keyId);
  if (name?.[1] !== undefined && name[1] !== call.realm.region) throw notFound(`Invalid arn ${name[1]}`);
  const aliasName = name?.[2] ?? (keyId.startsWith('alias/') ? keyId : undefined);
  if (aliasName === undefined) return resolveKey(cloud, call, keyId);
  const { targetKeyId } = resolveAlias(cloud, call, aliasName);
  if (targetKeyId === undefined) throw notFound(`Alias ${aliasArn(call, aliasName)} has no key`);
  return resolveKey(cloud, call, targetKeyId);
}
