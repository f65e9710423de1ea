const RSA_SIGNING = ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'].flatMap((scheme) =>
  ['SHA_256', 'SHA_384', 'SHA_512'].map((hash) => `${scheme}_${hash}`),
);
const ECC_SIGNING: Readonly<Record<string, readonly string[]>> = {
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  ECC_SECG_P256K1: ['ECDSA_SHA_256'],
  ECC_NIST_P384: ['ECDSA_SHA_384'],
  ECC_NIST_P521: ['ECDSA_SHA_512'],
  ECC_NIST_EDWARDS25519: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  SM2: ['SM2DSA'],
};

function signing(spec: string): readonly string[] {
  if (spec.startsWith('RSA_')) return RSA_SIGNING;
  return spec.startsWith('ML_DSA_') ? ['ML_DSA_SHAKE_256'] : (ECC_SIGNING[spec] ?? []);
}

function encryption(spec: string): readonly string[] {
  if (spec.startsWith('RSA_')) return ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
  return [spec === 'SM2' ? 'SM2PKE' : 'SYMMETRIC_DEFAULT'];
}

/** The one algorithm list of DescribeKey that fits spec and usage (AWS KMS API reference, KeyMetadata). */
export function algorithmsOf(spec: string, usage: string): Readonly<Record<string, readonly string[]>> {
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: encryption(spec) };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: signing(spec) };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [spec.replace('HMAC_', 'HMAC_SHA_')] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
    default:
      return {};
  }
}

/** Every KeySpec of today (AWS KMS API reference, CreateKey) with the usages it may have; the first is not implied. */
export const USAGES_BY_SPEC: Readonly<Record<string, readonly string[]>> = {
  SYMMETRIC_DEFAULT: ['ENCRYPT_DECRYPT'],
  ...Object.fromEntries(['RSA_2048', 'RSA_3072', 'RSA_4096'].map((spec) => [spec, ['ENCRYPT_DECRYPT', 'SIGN_VERIFY']])),
  ...Object.fromEntries(
    ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'].map((spec) => [spec, ['SIGN_VERIFY', 'KEY_AGREEMENT']]),
  ),
  ECC_SECG_P256K1: ['SIGN_VERIFY'],
  ECC_NIST_EDWARDS25519: ['SIGN_VERIFY'],
  ...Object.fromEntries(
    ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'].map((spec) => [spec, ['GENERATE_VERIFY_MAC']]),
  ),
  SM2: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'],
  ...Object.fromEntries(['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'].map((spec) => [spec, ['SIGN_VERIFY']])),
};

/** The usage a world's key has when it names none. */
export const usualUsage = (spec: string): string => USAGES_BY_SPEC[spec]?.[0] ?? 'ENCRYPT_DECRYPT';

/** CustomerMasterKeySpec is deprecated and stops at SM2: newer specs stand in KeySpec alone (AWS KMS API reference). */
export const isOldSpec = (spec: string): boolean => /^(SYMMETRIC_DEFAULT|RSA_|ECC_(NIST_P|SECG)|HMAC_|SM2$)/.test(spec);
