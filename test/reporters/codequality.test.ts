import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Report } from '../../src/model/report.ts';
import { codequality } from '../../src/reporters/codequality.ts';
import { finding, reportKey, reportOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';

/** GitLab Docs, "Code Quality report format". */
const schema = z.array(
  z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.strictObject({
      path: z.string().regex(/^(?!\.\/|\/)/),
      lines: z.strictObject({ begin: z.number().int().positive() }),
    }),
  }),
);

const issuesOf = (report: Report, options = {}) =>
  schema.parse(JSON.parse([...codequality(report, { width: 100, color: false, limit: 10, ...options })].join('')));

describe('a Code Quality report', () => {
  it('has open findings alone, the worst first, each with a fingerprint of its own', () => {
    const report = sampleReport();
    const issues = issuesOf(report).filter(({ check_name }) => check_name !== 'incomplete-scan');
    expect(issues.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      report.findings
        .filter(({ status }) => status === 'open')
        .map(({ fingerprint }) => fingerprint)
        .sort(),
    );
    expect(issues[0]).toMatchObject({ check_name: 'key-pending-deletion', severity: 'blocker' });
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  it.each([
    ['critical', 'blocker'],
    ['high', 'critical'],
    ['medium', 'major'],
    ['low', 'minor'],
    ['info', 'info'],
  ] as const)('calls %s %s', (severity, called) => {
    const key = reportKey('1');
    expect(issuesOf(reportOf({ keys: [key], findings: [finding('a', severity, key)] }))[0]?.severity).toBe(called);
  });

  it('names the key, and the file from the root of the repository', () => {
    const key = reportKey('1', { aliases: ['alias/orders'] });
    const found = finding('a', 'high', key, { message: 'It is wrong.', location: { path: 'kms.tf', line: 3 } });
    const [issue] = issuesOf(reportOf({ keys: [key], findings: [found] }), { tree: { cwd: ['infra'], top: [] } });
    expect(issue).toMatchObject({
      description: `alias/orders: It is wrong. (${key.arn})`,
      location: { path: 'infra/kms.tf', lines: { begin: 3 } },
    });
  });

  it('is empty for a clean scan, and never for an incomplete one', () => {
    expect(issuesOf(reportOf())).toEqual([]);
    const [issue] = issuesOf(sampleReport());
    expect(issue).toMatchObject({ check_name: 'incomplete-scan', severity: 'major' });
    expect(issue?.description).toMatch(/^The scan is incomplete, 2 gaps, the first: kms DescribeKey/);
  });
});
