import type { Attested, Reading } from '../../model/attributes.ts';
import { KMS_SERVICE } from '../../model/facts/cloudtrail.ts';
import { isMultiRegionId, type KeyArnParts, parseKeyArn } from '../../model/key-arn.ts';
import { attest, firstKnown, known, type Readings, unknown } from '../readings.ts';
import type { CloudTrailRecord, KeyMetadata, RequestParameters } from './record-schema.ts';

interface Creation {
  readonly key: KeyArnParts;
  readonly metadata: KeyMetadata;
  readonly request: RequestParameters | undefined;
  /** KMS made it in the course of ReplicateKey: then what the request leaves out is the primary's, not the default. */
  readonly replica: boolean;
}

/** Defaults of a request that leaves a parameter out (AWS KMS API reference, CreateKey, "Request Parameters"). */
const requestDefault = <T>({ request, replica }: Creation, value: T): T | undefined =>
  request === undefined || replica ? undefined : value;

/**
 * A response without a spec is older than asymmetric keys (November 2019) or not whole, so the request's default is
 * not taken for it.
 */
function readKeySpec({ metadata, request }: Creation): Reading<string> {
  return firstKnown(
    [metadata.keySpec, metadata.customerMasterKeySpec, request?.keySpec, request?.customerMasterKeySpec],
    'the creation record names no key spec',
  );
}

const readKeyUsage = (creation: Creation): Reading<string> =>
  firstKnown(
    [
      creation.metadata.keyUsage,
      creation.request?.keyUsage,
      // The default stands only for symmetric encryption keys; other specs must name their usage.
      creation.request?.keySpec === undefined ? requestDefault(creation, 'ENCRYPT_DECRYPT') : undefined,
    ],
    'the creation record names no key usage',
  );

const readOrigin = (creation: Creation): Reading<string> =>
  firstKnown(
    [creation.metadata.origin, creation.request?.origin, requestDefault(creation, 'AWS_KMS')],
    'the creation record names no origin',
  );

/** A key store's id, or the known absence of one: other origins than the one given have none. */
function readStored(id: string | undefined, origin: Reading<string>, storeOrigins: readonly string[], what: string) {
  if (id !== undefined) return known<string | null>(id);
  if (origin.kind === 'known' && !storeOrigins.includes(origin.value)) return known<string | null>(null);
  return unknown(`the creation record names no ${what}`);
}

/** Metadata without the flag is older than multi-Region keys (June 2021), and only their ids begin with `mrk-`. */
const readMultiRegion = ({ metadata, key }: Creation): boolean => metadata.multiRegion ?? isMultiRegionId(key.keyId);

/** CreateKey with MultiRegion makes a primary; replicas come from ReplicateKey (AWS KMS API reference, CreateKey). */
function readRole({ metadata, request, replica }: Creation): Reading<'PRIMARY' | 'REPLICA' | null> {
  const asked = request?.multiRegion === true && !replica ? 'PRIMARY' : undefined;
  return firstKnown(
    [metadata.multiRegionConfiguration?.multiRegionKeyType, asked],
    'the creation record names no multi-Region role',
  );
}

function readPrimary({ metadata, key }: Creation, role: Reading<string | null>): Reading<string | null> {
  const named = parseKeyArn(metadata.multiRegionConfiguration?.primaryKey?.arn ?? '')?.arn;
  const itself = role.kind === 'known' && role.value === 'PRIMARY' ? key.arn : undefined;
  return firstKnown<string | null>([named, itself], 'the creation record names no primary key');
}

/** Enabled is true in KeyState Enabled alone, and false means Disabled only there (AWS KMS developer guide, "Key states"). */
function readEnabled({ metadata: { enabled, keyState } }: Creation): Reading<boolean> {
  if (keyState === 'Enabled' || keyState === 'Disabled') return known(keyState === 'Enabled');
  if (keyState !== undefined) return unknown(`KeyState was ${keyState}`);
  return enabled === true ? known(true) : unknown('the creation record names no key state');
}

const readDescription = (creation: Creation): Reading<string> =>
  firstKnown(
    [creation.metadata.description, creation.request?.description, requestDefault(creation, '')],
    'the creation record names no description',
  );

function readAll(creation: Creation): Readings {
  const { metadata, request } = creation;
  const origin = readOrigin(creation);
  const storeId = metadata.customKeyStoreId ?? request?.customKeyStoreId;
  const xksKeyId = metadata.xksKeyConfiguration?.id ?? request?.xksKeyId;
  const multiRegion = readMultiRegion(creation);
  const role = multiRegion ? readRole(creation) : known(null);
  return {
    keySpec: readKeySpec(creation),
    keyUsage: readKeyUsage(creation),
    origin,
    customKeyStoreId: readStored(storeId, origin, ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'custom key store'),
    xksKeyId: readStored(xksKeyId, origin, ['EXTERNAL_KEY_STORE'], 'external key store key'),
    multiRegion: known(multiRegion),
    multiRegionRole: role,
    primaryKeyArn: multiRegion ? readPrimary(creation, role) : known(null),
    description: readDescription(creation),
    enabled: readEnabled(creation),
  };
}

/**
 * What a CreateKey record says of the key it made: the answer first, then what was asked for, then the API's defaults.
 * `policy` and `tags` are left out: both may have changed since, and a policy has up to 32 KB.
 */
export const readAttributes = (record: CloudTrailRecord, metadata: KeyMetadata, key: KeyArnParts): Attested =>
  attest(
    readAll({
      key,
      metadata,
      request: record.requestParameters,
      replica:
        record.userIdentity?.invokedBy === KMS_SERVICE ||
        metadata.multiRegionConfiguration?.multiRegionKeyType === 'REPLICA',
    }),
  );
