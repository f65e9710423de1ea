import { describe, expect, it } from '@jest/globals';
import { liveFactSchema } from '../../../src/model/facts/live.ts';
import { DESCRIBED_ATTRIBUTES, readKeyMetadata, undescribedKey } from '../../../src/sources/kms/key-metadata.ts';
import { keyArn, multiRegionArn, T, US_EAST_1 } from '../../support/facts.ts';
import fc from '../../support/fast-check.ts';

const ARN = keyArn(1);
const MRK = multiRegionArn(1);
const FAR = multiRegionArn(1, US_EAST_1);

const asked = (arn = ARN) => ({ arn, readAt: T.live });

/** What KMS says of an ordinary key, in the SDK's form. */
const plain = {
  AWSAccountId: '111122223333',
  KeyId: ARN.slice(-36),
  Arn: ARN,
  CreationDate: new Date(T.created),
  Enabled: true,
  Description: 'orders',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: 'Enabled',
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  MultiRegion: false,
};

const family = (type: string, primary = type === 'PRIMARY' ? MRK : FAR) => ({
  ...plain,
  Arn: MRK,
  MultiRegion: true,
  MultiRegionConfiguration: {
    MultiRegionKeyType: type,
    PrimaryKey: { Arn: primary, Region: 'us-east-1' },
    ReplicaKeys: [
      { Arn: primary === MRK ? FAR : MRK, Region: 'eu-west-1' },
      { Arn: 'arn:aws:kms:nonsense', Region: 'x' },
    ],
  },
});

function factOf(metadata: unknown, arn = ARN) {
  const reading = readKeyMetadata(metadata, asked(arn));
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.fact;
}

describe('KeyMetadata of an ordinary key', () => {
  it('is known in every attribute that DescribeKey speaks of, and silent about the others', () => {
    expect(factOf(plain)).toEqual({
      kind: 'live',
      arn: ARN,
      keyManager: 'CUSTOMER',
      keyState: 'Enabled',
      createdAt: T.created,
      deletionDate: null,
      pendingWindowInDays: null,
      validTo: null,
      expirationModel: null,
      aliases: null,
      family: null,
      readAt: T.live,
      attributes: {
        keySpec: 'SYMMETRIC_DEFAULT',
        keyUsage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS',
        customKeyStoreId: null,
        xksKeyId: null,
        multiRegion: false,
        multiRegionRole: null,
        primaryKeyArn: null,
        description: 'orders',
        enabled: true,
      },
      unknown: {},
    });
  });

  it('passes enum values on that are newer than the SDK', () => {
    const fact = factOf({
      ...plain,
      KeySpec: 'ML_KEM_768',
      KeyUsage: 'ENCAPSULATE',
      Origin: 'MOON',
      KeyManager: 'PARTNER',
    });
    expect(fact).toMatchObject({
      keyManager: 'PARTNER',
      attributes: { keySpec: 'ML_KEM_768', keyUsage: 'ENCAPSULATE', origin: 'MOON' },
    });
  });

  it('falls back on the old name of the key spec', () => {
    expect(factOf({ ...plain, KeySpec: undefined, CustomerMasterKeySpec: 'RSA_2048' }).attributes.keySpec).toBe(
      'RSA_2048',
    );
  });
});

describe('enabled', () => {
  it.each([
    ['Enabled', true],
    ['Disabled', false],
  ])('is known while KeyState is %s', (KeyState, enabled) => {
    expect(factOf({ ...plain, KeyState }).attributes.enabled).toBe(enabled);
  });

  it.each(['PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable', 'Updating', 'Creating', 'New'])(
    'is Unknown while KeyState is %s',
    (KeyState) => {
      const fact = factOf({ ...plain, KeyState, Enabled: false });
      expect(fact.attributes).not.toHaveProperty('enabled');
      expect(fact.unknown.enabled).toBe(`KeyState is ${KeyState}`);
    },
  );
});

describe('lifecycle', () => {
  it('has the deletion date of a key that is pending deletion', () => {
    const fact = factOf({ ...plain, KeyState: 'PendingDeletion', DeletionDate: new Date(T.states) });
    expect(fact).toMatchObject({ keyState: 'PendingDeletion', deletionDate: T.states, pendingWindowInDays: null });
  });

  it('has the waiting days of a primary that waits for its replicas', () => {
    const fact = factOf(
      { ...family('PRIMARY'), KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 7 },
      MRK,
    );
    expect(fact).toMatchObject({ deletionDate: null, pendingWindowInDays: 7 });
  });

  it('has the expiry of imported material', () => {
    const fact = factOf({
      ...plain,
      Origin: 'EXTERNAL',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: new Date(T.states),
    });
    expect(fact).toMatchObject({ validTo: T.states, expirationModel: 'KEY_MATERIAL_EXPIRES' });
  });
});

describe('custom key stores', () => {
  it.each([
    ['AWS_CLOUDHSM', { CustomKeyStoreId: 'cks-1' }, { customKeyStoreId: 'cks-1', xksKeyId: null }],
    [
      'EXTERNAL_KEY_STORE',
      { CustomKeyStoreId: 'cks-2', XksKeyConfiguration: { Id: 'xks-9' } },
      { customKeyStoreId: 'cks-2', xksKeyId: 'xks-9' },
    ],
  ])('%s', (Origin, more, attributes) => {
    expect(factOf({ ...plain, Origin, ...more }).attributes).toMatchObject({ origin: Origin, ...attributes });
  });
});

describe('multi-Region keys', () => {
  it.each([
    ['PRIMARY', { primary: MRK, replicas: [FAR] }],
    ['REPLICA', { primary: FAR, replicas: [MRK] }],
  ])('%s names its family, without what is no key ARN', (type, members) => {
    const fact = factOf(family(type), MRK);
    expect(fact.attributes).toMatchObject({
      multiRegion: true,
      multiRegionRole: type,
      primaryKeyArn: members.primary,
    });
    expect(fact.family).toEqual(members);
  });

  it.each([
    ['PRIMARY', 'another', FAR],
    ['REPLICA', 'this key', MRK],
  ])('%s of a family whose primary is %s: neither can be told', (type, which, primary) => {
    const reason = `DescribeKey contradicts itself: ${type}, but the primary that it names is ${which}`;
    const fact = factOf(family(type, primary), MRK);
    expect(fact.attributes.multiRegion).toBe(true);
    expect(fact.unknown).toEqual({ multiRegionRole: reason, primaryKeyArn: reason });
  });

  it('have no certain role while the primary Region is being changed', () => {
    const fact = factOf({ ...family('REPLICA'), KeyState: 'Updating' }, MRK);
    expect(fact.attributes.multiRegion).toBe(true);
    expect(Object.keys(fact.unknown).sort()).toEqual(['enabled', 'multiRegionRole', 'primaryKeyArn']);
    expect(fact.family).toEqual({ primary: FAR, replicas: [MRK] });
  });

  it.each([
    ['a new role', family('WITNESS')],
    ['no role', { ...family('PRIMARY'), MultiRegionConfiguration: undefined }],
  ])('with %s leave it Unknown', (_, metadata) => {
    const fact = factOf(metadata, MRK);
    expect(fact.attributes.multiRegion).toBe(true);
    expect(fact.unknown).toHaveProperty('multiRegionRole');
  });

  it('show in the id where MultiRegion is missing', () => {
    expect(factOf({ ...family('PRIMARY'), MultiRegion: undefined }, MRK).attributes.multiRegion).toBe(true);
    expect(factOf({ ...plain, MultiRegion: undefined }).attributes.multiRegion).toBe(false);
  });
});

describe('strange answers', () => {
  it.each([
    ['nothing', undefined, 'DescribeKey gave no KeyMetadata'],
    ['no object', 'key', 'DescribeKey gave no KeyMetadata'],
    ['no ARN', { ...plain, Arn: undefined }, 'DescribeKey gave no Arn'],
    ['a malformed ARN', { ...plain, Arn: 'arn:aws:\u001b[2Jkms' }, 'DescribeKey gave a malformed ARN: arn:aws: [2Jkms'],
    ['another key', { ...plain, Arn: keyArn(2) }, `DescribeKey answered about another key: ${keyArn(2)}`],
  ])('%s: unreadable', (_, metadata, reason) => {
    expect(readKeyMetadata(metadata, asked())).toEqual({ kind: 'unreadable', reason });
  });

  it('cost the strange field alone', () => {
    const fact = factOf({
      ...plain,
      KeySpec: 7,
      CustomerMasterKeySpec: null,
      CreationDate: new Date(Number.NaN),
      KeyState: '',
    });
    expect(fact).toMatchObject({ createdAt: null, keyState: null, attributes: { keyUsage: 'ENCRYPT_DECRYPT' } });
    expect(fact.unknown).toEqual({ keySpec: 'DescribeKey gave no KeySpec', enabled: 'DescribeKey gave no KeyState' });
  });

  it('never throw, and what is read keeps to the model', () => {
    const field = fc.oneof(fc.anything({ withDate: true }), fc.constantFrom(MRK, ARN, FAR, 'Updating', 'PRIMARY'));
    const metadata = fc.oneof(
      fc.jsonValue(),
      fc.anything({ withDate: true }),
      fc
        .record(
          Object.fromEntries(
            [...Object.keys(plain), 'MultiRegionConfiguration', 'ValidTo'].map((name) => [name, field]),
          ),
        )
        .map((fields) => ({ ...fields, Arn: ARN })),
    );
    fc.assert(
      fc.property(metadata, (raw) => {
        const reading = readKeyMetadata(raw, asked());
        if (reading.kind === 'read') expect(liveFactSchema.parse(reading.fact)).toEqual(reading.fact);
        else expect(reading.reason).not.toBe('');
      }),
    );
  });
});

describe('a key that is listed and not described', () => {
  it('lives, with every attribute of DescribeKey Unknown', () => {
    const fact = undescribedKey(asked(), 'kms:DescribeKey is denied');
    expect(liveFactSchema.parse(fact)).toEqual(fact);
    expect(fact).toMatchObject({ keyManager: null, keyState: null, attributes: {} });
    expect(fact.unknown).toEqual(
      Object.fromEntries(DESCRIBED_ATTRIBUTES.map((name) => [name, 'kms:DescribeKey is denied'])),
    );
  });
});
