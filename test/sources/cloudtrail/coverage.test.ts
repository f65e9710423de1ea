import { describe, expect, it } from '@jest/globals';
import { clampToRetention, coverageOf } from '../../../src/sources/cloudtrail/coverage.ts';

const NOW = '2026-11-23T06:00:00.500Z';
const OLDEST = '2026-08-25T06:00:01.000Z';
const NO_EVENTS = { facts: [], dropped: [], unreadable: [] };
const DENIED = {
  kind: 'denied',
  reason: 'cloudtrail:LookupEvents is denied',
  permission: 'cloudtrail:LookupEvents',
} as const;

describe('90 days of events', () => {
  it('a window inside them is left as it is', () => {
    const window = { start: OLDEST, end: NOW };
    expect(clampToRetention(window, NOW)).toEqual({ window });
  });

  it('a window that begins earlier is cut, and says so', () => {
    expect(clampToRetention({ start: '2026-01-01T00:00:00.000Z', end: NOW }, NOW)).toEqual({
      window: { start: OLDEST, end: NOW },
      reason: `CloudTrail keeps 90 days: read from ${OLDEST}, asked for from 2026-01-01T00:00:00.000Z`,
    });
  });

  it('a window that slipped out of them while the scan ran is cut without a word', () => {
    const window = { start: '2026-08-25T05:58:00.000Z', end: NOW };
    expect(clampToRetention(window, NOW)).toEqual({ window: { start: OLDEST, end: NOW } });
  });

  it('of a window that ends earlier nothing is left', () => {
    const window = { start: '2026-01-01T00:00:00.000Z', end: '2026-02-01T00:00:00.000Z' };
    expect(clampToRetention(window, NOW)).toMatchObject({ window: undefined });
  });
});

describe('coverage of a look-up', () => {
  const read = [
    { after: 100, until: 150 },
    { after: 150, until: 199 },
    { after: 300, until: 399 },
  ];

  it.each([
    ['all of it', { events: [], read }, NO_EVENTS, undefined, { status: 'complete' }],
    ['all that is kept', { events: [], read }, NO_EVENTS, 'kept', { status: 'complete', reason: 'kept' }],
    [
      'with a record that cannot be read',
      { events: [], read },
      { ...NO_EVENTS, unreadable: [{ reason: 'no JSON', records: 2, eventId: null }] },
      undefined,
      { status: 'partial', reason: '2 records cannot be read' },
    ],
    [
      'nothing of it',
      { events: [], read: [], failure: DENIED },
      NO_EVENTS,
      'kept',
      { status: 'failed', reason: DENIED.reason, permission: DENIED.permission },
    ],
    [
      'parts of it',
      { events: [], read, failure: { kind: 'server', reason: 'InternalFailure' } as const },
      NO_EVENTS,
      undefined,
      {
        status: 'partial',
        reason:
          'read 1970-01-01T00:01:41.000Z to 1970-01-01T00:03:19.000Z, 1970-01-01T00:05:01.000Z to 1970-01-01T00:06:39.000Z only: InternalFailure',
      },
    ],
  ])('%s', (_text, lookup, events, clamped, verdict) => {
    expect(coverageOf(lookup, events, clamped)).toEqual(verdict);
  });
});
