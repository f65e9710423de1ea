import {
  constants,
  createDecipheriv,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto';
import { z } from 'zod';
import { DAY } from '../../../../src/model/time.ts';
import type { Call } from '../call.ts';
import type { Cloud, EmulatedKey } from '../cloud.ts';
import { AwsError, validation } from '../errors.ts';
import { materialId, seconds } from './metadata.ts';
import { type Operation, writes } from './operation.ts';
import { resolveKey } from './resolve.ts';
import { refuseWhenDeleting, unsupported } from './states.ts';

const ALGORITHMS = [
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
] as const;
const BITS = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 } as const;

interface WrappingKey {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
}

/** Making an RSA key takes long, so one of each size serves all imports of a process. */
const wrappingKeys = new Map<keyof typeof BITS, WrappingKey>();

function wrappingKeyOf(spec: keyof typeof BITS): WrappingKey {
  const known = wrappingKeys.get(spec);
  if (known !== undefined) return known;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: BITS[spec] });
  const made = { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }) };
  wrappingKeys.set(spec, made);
  return made;
}

/** What an import token stands for; the token itself carries it. */
const tokenSchema = z.object({
  keyId: z.string(),
  algorithm: z.enum(ALGORITHMS),
  spec: z.enum(['RSA_2048', 'RSA_3072', 'RSA_4096']),
  validTo: z.number(),
});
type ImportToken = z.infer<typeof tokenSchema>;

function readToken(cloud: Cloud, key: EmulatedKey, text: string): ImportToken {
  const invalid = new AwsError(
    'InvalidImportTokenException',
    'The import token is invalid or belongs to another KMS key',
  );
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    throw invalid;
  }
  const token = tokenSchema.safeParse(content);
  if (!token.success || token.data.keyId !== key.keyId) throw invalid;
  if (token.data.validTo < cloud.clock.now())
    throw new AwsError('ExpiredImportTokenException', 'The import token has expired');
  return token.data;
}

function importedKey(cloud: Cloud, call: Call, keyId: string): EmulatedKey {
  const key = resolveKey(cloud, call, keyId);
  if (key.origin !== 'EXTERNAL')
    throw unsupported(`${key.arn} origin is ${key.origin} which is not valid for this operation.`);
  return key;
}

const parametersSchema = z.object({
  KeyId: z.string(),
  WrappingAlgorithm: z.enum(ALGORITHMS),
  WrappingKeySpec: z.enum(['RSA_2048', 'RSA_3072', 'RSA_4096']),
});

const getParametersForImport = writes(parametersSchema, (cloud, call, input) => {
  const key = importedKey(cloud, call, input.KeyId);
  refuseWhenDeleting(key);
  const validTo = cloud.clock.now() + DAY;
  const token: ImportToken = {
    keyId: key.keyId,
    algorithm: input.WrappingAlgorithm,
    spec: input.WrappingKeySpec,
    validTo,
  };
  const output = {
    KeyId: key.arn,
    ImportToken: Buffer.from(JSON.stringify(token)).toString('base64'),
    PublicKey: wrappingKeyOf(input.WrappingKeySpec).publicKey.toString('base64'),
    ParametersValidTo: seconds(validTo),
  };
  return { output, resources: [key.arn], readOnly: true };
});

const oaep = (key: KeyObject, hash: string, wrapped: Buffer): Buffer =>
  privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, wrapped);

/** RSA_AES_KEY_WRAP puts an AES key under RSA first, and the material under that key (RFC 5649) after it. */
function unwrap(token: ImportToken, wrapped: Buffer): Buffer {
  const hash = token.algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const { privateKey } = wrappingKeyOf(token.spec);
  if (!token.algorithm.startsWith('RSA_AES')) return oaep(privateKey, hash, wrapped);
  const size = BITS[token.spec] / 8;
  const aes = createDecipheriv(
    'id-aes256-wrap-pad',
    oaep(privateKey, hash, wrapped.subarray(0, size)),
    Buffer.from('a65959a6', 'hex'),
  );
  return Buffer.concat([aes.update(wrapped.subarray(size)), aes.final()]);
}

function materialOf(token: ImportToken, text: string): Buffer {
  try {
    return unwrap(token, Buffer.from(text, 'base64'));
  } catch {
    throw new AwsError('InvalidCiphertextException', 'The key material cannot be decrypted with the import parameters');
  }
}

const importSchema = z.object({
  KeyId: z.string(),
  ImportToken: z.string(),
  EncryptedKeyMaterial: z.string(),
  ValidTo: z.number().optional(),
  ExpirationModel: z.enum(['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE']).default('KEY_MATERIAL_EXPIRES'),
  ImportType: z.string().optional(),
  KeyMaterialDescription: z.string().optional(),
});

function validToOf(cloud: Cloud, input: z.infer<typeof importSchema>): number | undefined {
  const expires = input.ExpirationModel === 'KEY_MATERIAL_EXPIRES';
  if (expires !== (input.ValidTo !== undefined)) throw validation(`ValidTo does not fit ${input.ExpirationModel}`);
  const validTo = input.ValidTo === undefined ? undefined : input.ValidTo * 1000;
  if (validTo !== undefined && validTo <= cloud.clock.now()) throw validation('ValidTo lies in the past');
  return validTo;
}

/** Once a key had material, it takes the very same material only (AWS KMS developer guide, "Reimporting key material"). */
function digestOf(key: EmulatedKey, material: Buffer): string {
  if (key.spec === 'SYMMETRIC_DEFAULT' && material.length !== 32) {
    throw new AwsError(
      'IncorrectKeyMaterialException',
      'The key material of a symmetric encryption key is 32 bytes long',
    );
  }
  const digest = createHash('sha256').update(material).digest('hex');
  if (key.boundMaterial !== undefined && key.boundMaterial !== digest) {
    throw new AwsError(
      'IncorrectKeyMaterialException',
      'The key material is not the material that was imported before',
    );
  }
  return digest;
}

const importKeyMaterial = writes(importSchema, (cloud, call, input) => {
  const key = importedKey(cloud, call, input.KeyId);
  refuseWhenDeleting(key);
  const digest = digestOf(key, materialOf(readToken(cloud, key, input.ImportToken), input.EncryptedKeyMaterial));
  key.material = { digest, validTo: validToOf(cloud, input) };
  key.boundMaterial = digest;
  if (key.state === 'PendingImport') key.state = 'Enabled';
  const output = { KeyId: key.arn, KeyMaterialId: materialId(key) };
  return { output, response: { keyId: key.arn, keyMaterialId: output.KeyMaterialId }, resources: [key.arn] };
});

const deleteImportedKeyMaterial = writes(z.object({ KeyId: z.string() }), (cloud, call, input) => {
  const key = importedKey(cloud, call, input.KeyId);
  const output = { KeyId: key.arn, ...(key.material === undefined ? {} : { KeyMaterialId: materialId(key) }) };
  key.material = undefined;
  if (key.state === 'Enabled' || key.state === 'Disabled') key.state = 'PendingImport';
  return { output, response: { keyId: key.arn }, resources: [key.arn] };
});

export const MATERIAL_WRITES: Readonly<Record<string, Operation>> = {
  GetParametersForImport: getParametersForImport,
  ImportKeyMaterial: importKeyMaterial,
  DeleteImportedKeyMaterial: deleteImportedKeyMaterial,
};
