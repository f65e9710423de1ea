import { describe, expect, it } from '@jest/globals';
import { readEvents } from '../../../src/sources/cloudtrail/read-events.ts';
import { type Operation, parseRecord } from '../../../src/sources/cloudtrail/record.ts';
import { fixture } from './fixture.ts';

const READ_AT = '2026-11-23T06:00:00.000Z';
const ORIGINAL = '00008001-0000-4000-8000-000000008001';
const ADDENDUM = '00008029-0000-4000-8000-000000008029';

const read = (raws: readonly unknown[], operation: Operation = 'CreateKey') =>
  readEvents(
    raws.map((raw) => ({ parsed: parseRecord(raw), readAt: READ_AT })),
    operation,
  );
const changed = (name: string, changes: object): unknown => ({ ...Object(fixture(name)), ...changes });

describe('records of one look-up', () => {
  it('facts are sorted by time, drops and unreadable records are counted by reason', () => {
    const names = ['terraform', 'year-2014', 'failed', 'location', 'payment-cryptography', 'major-version-2'];
    const { facts, dropped, unreadable } = read([...names.map(fixture), 'no record', 7]);
    expect(facts.map(({ eventTime }) => eventTime)).toEqual(['2014-11-20T08:00:00.000Z', '2026-11-02T10:00:00.000Z']);
    expect(dropped).toEqual([
      { reason: 'another service', records: 2 },
      { reason: 'failed call', records: 1 },
    ]);
    expect(unreadable).toEqual([
      { reason: 'its eventVersion is not 1.x', records: 1, eventId: '00008021-0000-4000-8000-000000008021' },
      { reason: 'no usable record', records: 2, eventId: null },
    ]);
  });
});

describe('addenda', () => {
  const applied = [{ reason: 'addendum, its correction applied', records: 1 }];

  it.each([
    ['before', (pair: unknown[]) => pair],
    ['after', (pair: unknown[]) => pair.reverse()],
  ])('correct what they speak of, and only that, read %s their record', (_text, order) => {
    const { facts, dropped } = read(order([fixture('addendum'), fixture('symmetric')]));
    expect(facts).toEqual([
      expect.objectContaining({
        eventId: ORIGINAL,
        correctedBy: ADDENDUM,
        eventTime: '2026-11-02T10:00:00.000Z',
        arn: 'arn:aws:kms:eu-west-1:111122223333:key/00000001-0000-4000-8000-000000000001',
        attributes: expect.objectContaining({ keySpec: 'RSA_4096', keyUsage: 'SIGN_VERIFY', origin: 'AWS_KMS' }),
        actor: expect.objectContaining({ via: 'terraform', role: 'arn:aws:iam::111122223333:role/deployer' }),
      }),
    ]);
    expect(dropped).toEqual(applied);
  });

  it('the later of two counts', () => {
    const later = changed('addendum', {
      eventID: 'later',
      eventTime: '2026-11-04T00:00:00Z',
      responseElements: { keyMetadata: { keySpec: 'RSA_3072' } },
    });
    const { facts } = read([later, fixture('symmetric'), fixture('addendum')]);
    expect(facts).toMatchObject([
      { correctedBy: 'later', attributes: { keySpec: 'RSA_3072', keyUsage: 'SIGN_VERIFY' } },
    ]);
  });

  it('a record corrected to a failed call made no key', () => {
    const failed = changed('addendum', { errorCode: 'KMSInternalException' });
    const { facts, dropped } = read([failed, fixture('symmetric')]);
    expect(facts).toEqual([]);
    expect(dropped).toEqual([...applied, { reason: 'failed call', records: 1 }]);
  });

  it('one whose record was not read stands for it when it says enough', () => {
    const { responseElements } = Object(fixture('symmetric'));
    const whole = changed('addendum', { responseElements });
    expect(read([whole]).facts).toMatchObject([{ eventId: ORIGINAL, correctedBy: ADDENDUM }]);
    expect(read([fixture('addendum')])).toMatchObject({
      facts: [],
      dropped: [{ reason: 'addendum to a record that was not read', records: 1 }],
    });
  });

  it('a late delivery corrects nothing', () => {
    expect(read([fixture('delayed')]).facts).toEqual([expect.not.objectContaining({ correctedBy: expect.anything() })]);
  });
});
