import { describe, expect, it } from '@jest/globals';
import { factSchema } from '../../../src/model/facts.ts';
import {
  interpretRecord,
  OPERATIONS,
  type Operation,
  parseRecord,
  type RecordReading,
} from '../../../src/sources/cloudtrail/record.ts';
import fc from '../../support/fast-check.ts';
import { fixture } from './fixture.ts';

const READ_AT = '2026-11-23T06:00:00.000Z';
const KEY = (number: number): string =>
  `${String(number).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const arn = (number: number, region = 'eu-west-1', partition = 'aws'): string =>
  `arn:${partition}:kms:${region}:111122223333:key/${KEY(number)}`;
const PRIMARY = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000008';
const REPLICA = PRIMARY.replace('eu-west-1', 'us-east-1');

function read(raw: unknown, operation: Operation = 'CreateKey'): RecordReading {
  const parsed = parseRecord(raw);
  return parsed.kind === 'record' ? interpretRecord(parsed.record, operation, READ_AT) : parsed;
}

function factOf(reading: RecordReading) {
  if (reading.kind !== 'fact') throw new Error(`no fact: ${reading.kind}, ${reading.reason}`);
  return factSchema.parse(reading.fact);
}

const ordinary = {
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
};
const family = { multiRegion: true, primaryKeyArn: PRIMARY };
const { enabled: _, ...notYetEnabled } = ordinary;

describe('creation records', () => {
  it.each([
    ['symmetric', arn(1), ordinary, {}],
    ['terraform', arn(2), ordinary, {}],
    ['imported-material', arn(3), { ...notYetEnabled, origin: 'EXTERNAL' }, { enabled: 'KeyState was PendingImport' }],
    ['cloudhsm', arn(4), { ...ordinary, origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-00000000000000004' }, {}],
    [
      'external-key-store',
      arn(5),
      { ...ordinary, origin: 'EXTERNAL_KEY_STORE', customKeyStoreId: 'cks-00000000000000005', xksKeyId: 'xks-5' },
      {},
    ],
    ['year-2020', arn(7), { ...ordinary, keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY', description: '' }, {}],
    ['multi-region-primary', PRIMARY, { ...ordinary, ...family, multiRegionRole: 'PRIMARY' }, {}],
    [
      'replica',
      REPLICA,
      { ...notYetEnabled, ...family, multiRegionRole: 'REPLICA' },
      { enabled: 'KeyState was Creating' },
    ],
    ['unknown-spec', arn(10), { ...ordinary, keySpec: 'KYBER_9000', keyUsage: 'TELEPORT' }, {}],
    ['other-resources', arn(11), ordinary, {}],
    ['account-and-id-only', arn(12, 'cn-north-1', 'aws-cn'), ordinary, {}],
    ['delayed', arn(30), ordinary, {}],
  ])('%s', (name, key, attributes, unknown) => {
    expect(factOf(read(fixture(name)))).toMatchObject({ kind: 'created', arn: key, readAt: READ_AT });
    expect(factOf(read(fixture(name)))).toHaveProperty('attributes', attributes);
    expect(factOf(read(fixture(name)))).toHaveProperty('unknown', unknown);
  });

  it('a record of 2014 leaves the spec Unknown, and its id proves that the key is in one Region', () => {
    const { keySpec: _spec, ...rest } = ordinary;
    expect(factOf(read(fixture('year-2014')))).toMatchObject({
      arn: arn(6, 'us-east-1'),
      eventTime: '2014-11-20T08:00:00.000Z',
      attributes: { ...rest, description: '' },
      unknown: { keySpec: 'the creation record names no key spec' },
    });
  });

  it('a request that CloudTrail left out proves no default', () => {
    expect(factOf(read(fixture('request-omitted')))).toMatchObject({
      arn: arn(13),
      attributes: { multiRegion: false, multiRegionRole: null, primaryKeyArn: null },
      unknown: {
        keySpec: 'the creation record names no key spec',
        keyUsage: 'the creation record names no key usage',
        origin: 'the creation record names no origin',
        customKeyStoreId: 'the creation record names no custom key store',
        xksKeyId: 'the creation record names no external key store key',
        description: 'the creation record names no description',
        enabled: 'the creation record names no key state',
      },
    });
  });

  it.each([
    ['asked for by a caller', { multiRegion: true }, 'PRIMARY', PRIMARY],
    ['not asked for', {}, undefined, undefined],
  ])('an mrk- id without its family is multi-Region; %s', (_text, request, multiRegionRole, primaryKeyArn) => {
    const reading = read({
      ...Object(fixture('symmetric')),
      requestParameters: request,
      responseElements: { keyMetadata: { arn: PRIMARY } },
    });
    expect(factOf(reading)).toMatchObject({ arn: PRIMARY, attributes: { multiRegion: true } });
    const { attributes } = factOf(reading) as { attributes: Record<string, unknown> };
    expect([attributes['multiRegionRole'], attributes['primaryKeyArn']]).toEqual([multiRegionRole, primaryKeyArn]);
  });
});

describe('replication and deletion records', () => {
  it.each(['replicate-key', 'replicate-key-without-family'])('%s names replica and primary', (name) => {
    expect(factOf(read(fixture(name), 'ReplicateKey'))).toMatchObject({
      kind: 'replicated',
      arn: REPLICA,
      primaryArn: PRIMARY,
      readAt: READ_AT,
    });
  });

  it.each([
    ['schedule-deletion', arn(1), 7],
    ['schedule-deletion-by-id', arn(1, 'us-gov-west-1', 'aws-us-gov'), null],
  ])('%s', (name, key, pendingWindowInDays) => {
    expect(factOf(read(fixture(name), 'ScheduleKeyDeletion'))).toMatchObject({
      kind: 'deletion',
      arn: key,
      pendingWindowInDays,
    });
  });
});

describe('records without a key', () => {
  it.each<[string, Operation, string]>([
    ['failed', 'CreateKey', 'failed call'],
    ['dry-run', 'CreateKey', 'dry run'],
    ['no-answer', 'CreateKey', 'no key in the answer'],
    ['payment-cryptography', 'CreateKey', 'another service'],
    ['location', 'CreateKey', 'another service'],
    ['service-event', 'CreateKey', 'another event'],
    ['symmetric', 'ReplicateKey', 'another event'],
    ['schedule-deletion-failed', 'ScheduleKeyDeletion', 'failed call'],
  ])('%s asked for as %s is dropped: %s', (name, operation, reason) => {
    expect(read(fixture(name), operation)).toEqual({ kind: 'dropped', reason });
  });

  it.each([
    ['an unknown major version', fixture('major-version-2'), 'its eventVersion is not 1.x'],
    ['an answer that CloudTrail left out', fixture('answer-omitted'), 'its answer names no key'],
    ['no record at all', 'hello', 'no usable record'],
    ['a record without a time', { ...Object(fixture('symmetric')), eventTime: 'yesterday' }, 'no usable eventTime'],
    ['a record without an id', { ...Object(fixture('symmetric')), eventID: undefined }, 'no usable eventID'],
  ])('%s is unreadable', (_text, raw, reason) => {
    expect(read(raw)).toMatchObject({ kind: 'unreadable', reason });
  });

  it.each(['1.02', '1.9', '1.11', undefined])('eventVersion %s is read', (eventVersion) => {
    expect(read({ ...Object(fixture('symmetric')), eventVersion }).kind).toBe('fact');
  });

  it('a failed call stays one, whatever its errorCode is made of', () => {
    const record = { ...Object(fixture('symmetric')), errorCode: { toString: 1 } };
    expect(read(record)).toEqual({ kind: 'dropped', reason: 'failed call' });
  });
});

describe('hostile records', () => {
  const operation = fc.constantFrom(...OPERATIONS);
  const outcomes = ['fact', 'dropped', 'unreadable'];

  it('any JSON value gives a fact, a drop or a diagnostic', () => {
    fc.assert(
      fc.property(fc.jsonValue(), operation, (raw, asked) => {
        expect(outcomes).toContain(read(raw, asked).kind);
      }),
    );
  });

  it('a record with any field replaced by any JSON value does too, and its facts keep their contract', () => {
    const names = ['symmetric', 'replica', 'replicate-key', 'schedule-deletion', 'cloudhsm', 'addendum'];
    const paths = [...new Set(names.flatMap((name) => pathsOf(fixture(name))))];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        operation,
        fc.array(fc.tuple(fc.constantFrom(...paths), fc.jsonValue()), { maxLength: 4 }),
        (name, asked, changes) => {
          const raw = changes.reduce(
            (record, [path, value]) => replaced(record, path.split('.'), value),
            fixture(name),
          );
          const reading = read(raw, asked);
          expect(outcomes).toContain(reading.kind);
          if (reading.kind === 'fact') factSchema.parse(reading.fact);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('names of the prototype are fields like others', () => {
    const raw: unknown = JSON.parse('{"__proto__":{"eventID":"x"},"constructor":1,"eventName":"CreateKey"}');
    expect(read(raw)).toMatchObject({ kind: 'unreadable' });
  });
});

function pathsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [`${prefix}${name}`, ...pathsOf(inner, `${prefix}${name}.`)]);
}

function replaced(value: unknown, [first, ...others]: readonly string[], by: unknown): unknown {
  if (first === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [first]: replaced(Reflect.get(value, first), others, by) };
}
