import { STANDINGS } from '../../src/model/key-record.ts';
import type { Report } from '../../src/model/report.ts';

/** The report of a complete scan that found no keys. */
export const emptyReport: Report = {
  schemaVersion: '1',
  tool: { name: 'keydrift', version: '0.1.0' },
  scan: {
    startedAt: '2026-11-23T05:51:26.000Z',
    finishedAt: '2026-11-23T05:52:26.000Z',
    asOf: '2026-11-23T05:51:26.000Z',
    window: null,
    estate: 'complete',
    complete: true,
    scope: [{ partition: 'aws', account: '111122223333', region: 'eu-west-1' }],
    requested: ['kms'],
  },
  summary: {
    keys: 0,
    standings: Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Report['summary']['standings'],
    findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    iacCoverage: null,
    notJudged: 0,
  },
  coverage: [{ source: 'kms', account: '111122223333', region: 'eu-west-1', status: 'complete' }],
  rules: [],
  keys: [],
  findings: [],
  diagnostics: [],
};
