import { createCipheriv, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import {
  type AlgorithmSpec,
  DeleteImportedKeyMaterialCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, it } from '@jest/globals';
import { DAY } from '../../../src/model/time.ts';
import { emulatorPerTest } from './per-test.ts';

const world = emulatorPerTest();

/** Material under the wrapping key, as a caller of ImportKeyMaterial makes it (AWS KMS developer guide, "Encrypting key material"). */
function wrapped(key: KeyObject, algorithm: AlgorithmSpec, material: Buffer): Buffer {
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  if (algorithm.startsWith('RSAES')) return publicEncrypt({ key, oaepHash }, material);
  const aesKey = Buffer.alloc(32, 9);
  const aes = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([publicEncrypt({ key, oaepHash }, aesKey), aes.update(material), aes.final()]);
}

describe('imported material', () => {
  async function imported(
    KeyId: string,
    material: Buffer,
    ValidTo?: Date,
    WrappingAlgorithm: AlgorithmSpec = 'RSAES_OAEP_SHA_256',
  ): Promise<void> {
    const { PublicKey, ImportToken } = await world
      .here()
      .kms.send(new GetParametersForImportCommand({ KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' }));
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    const EncryptedKeyMaterial = wrapped(key, WrappingAlgorithm, material);
    const ExpirationModel = ValidTo === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES';
    await world
      .here()
      .kms.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel, ValidTo }));
  }

  it.each<AlgorithmSpec>([
    'RSAES_OAEP_SHA_1',
    'RSAES_OAEP_SHA_256',
    'RSA_AES_KEY_WRAP_SHA_1',
    'RSA_AES_KEY_WRAP_SHA_256',
  ])('is unwrapped from %s', async (algorithm) => {
    const KeyId = await world.here().created({ Origin: 'EXTERNAL' });
    await imported(KeyId, Buffer.alloc(32, 1), undefined, algorithm);
    expect(await world.here().metadataOf(KeyId)).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
  });

  it('that was not wrapped with the parameters is refused', async () => {
    const KeyId = await world.here().created({ Origin: 'EXTERNAL' });
    const { ImportToken } = await world.here().kms.send(
      new GetParametersForImportCommand({
        KeyId,
        WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
        WrappingKeySpec: 'RSA_2048',
      }),
    );
    const expiry = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' } as const;
    const send = (token: Uint8Array | undefined) =>
      world.here().kms.send(
        new ImportKeyMaterialCommand({
          KeyId,
          ImportToken: token,
          EncryptedKeyMaterial: Buffer.alloc(256),
          ...expiry,
        }),
      );
    await expect(send(ImportToken)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(send(Buffer.from('mine'))).rejects.toMatchObject({ name: 'InvalidImportTokenException' });
    world.advance(2 * DAY);
    await expect(send(ImportToken)).rejects.toMatchObject({ name: 'ExpiredImportTokenException' });
  });

  it('makes the key usable, expires, and only the same material may come back', async () => {
    const KeyId = await world.here().created({ Origin: 'EXTERNAL' });
    expect(await world.here().stateOf(KeyId)).toBe('PendingImport');
    await imported(KeyId, Buffer.alloc(32, 1), new Date('2026-11-25T06:00:00Z'));
    expect(await world.here().metadataOf(KeyId)).toMatchObject({
      KeyState: 'Enabled',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    });
    world.advance(2 * DAY);
    expect(await world.here().stateOf(KeyId)).toBe('PendingImport');
    expect((await world.here().records())[0]).toMatchObject({ eventName: 'DeleteExpiredKeyMaterial' });
    await expect(imported(KeyId, Buffer.alloc(32, 2))).rejects.toMatchObject({ name: 'IncorrectKeyMaterialException' });
    await imported(KeyId, Buffer.alloc(32, 1));
    expect(await world.here().stateOf(KeyId)).toBe('Enabled');
    await world.here().kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
    expect(await world.here().stateOf(KeyId)).toBe('PendingImport');
    expect(JSON.stringify(await world.here().records())).not.toMatch(/importToken|encryptedKeyMaterial/);
  });

  it('is for EXTERNAL keys alone', async () => {
    await expect(imported(await world.here().created(), Buffer.alloc(32, 1))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
  });
});
