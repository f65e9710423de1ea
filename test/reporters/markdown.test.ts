import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { manyFindings } from '../fixtures/many-findings.ts';
import { finding, reportKey, reportOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { HOSTILE_TEXTS } from '../support/hostile.ts';

const textOf = (report: Report, options = {}): string =>
  [...markdown(report, { width: 100, color: false, limit: 10, ...options })].join('');

describe('a comment in Markdown', () => {
  it('begins with a marker that is the same for every report', () => {
    const [marker] = textOf(sampleReport()).split('\n');
    expect(marker).toMatch(/^<!-- keydrift: .* -->$/);
    expect(textOf(reportOf()).split('\n')[0]).toBe(marker);
  });

  it('says of a clean report that it is clean, and of no other', () => {
    const key = reportKey('1', { state: [] });
    expect(textOf(reportOf({ keys: [key] }))).toContain('### keydrift: no open finding\n');
    expect(textOf(sampleReport())).toContain('; the scan is incomplete\n');
  });

  it('lists what somebody answers for only where that is asked for', () => {
    expect(textOf(sampleReport())).not.toContain('policy-drift');
    expect(textOf(sampleReport())).toContain('2 suppressed');
    expect(textOf(sampleReport(), { showSuppressed: true })).toContain(
      '<b>high</b> (suppressed) <code>policy-drift</code>',
    );
  });

  it('says of a check what was not asked, and names no estate', () => {
    const key = reportKey('1', { state: [] });
    const report = reportOf({ keys: [key] });
    const reasons = [{ reason: 'KMS was not asked', keys: 1 }];
    const [rule] = sampleReport().rules;
    const rules = rule === undefined ? [] : [{ ...rule, reasons }];
    const text = textOf({ ...report, rules, scan: { ...report.scan, requested: ['state'], scope: [] } });
    expect(text).toContain('| not asked | KMS (without it 1 rule cannot judge every key) |');
    expect(text).toMatch(/ · without AWS · looked [^·]*<\/sub>\n$/);
  });

  it('links places where it is known where people see them', () => {
    const tree = { cwd: ['live'], top: [], url: 'https://gitlab.example.com/acme/infra/-/blob/0123abc' };
    expect(textOf(sampleReport(), { tree })).toContain(
      '[`live/infra/archive.tf:27`](https://gitlab.example.com/acme/infra/-/blob/0123abc/live/infra/archive.tf#L27)',
    );
  });

  it('leaves out whole what is too long to be copied, and says so', () => {
    const key = reportKey('1');
    const block = (lines: number): string =>
      Array.from({ length: lines }, (_, n) => `  policy line ${n} ${'é'.repeat(90)}`).join('\n');
    const remediation = `Paste this:\n${block(40)}\nThen this:\n${block(20)}\nThen run:\n  terraform plan`;
    const text = textOf(reportOf({ keys: [key], findings: [finding('a-rule', 'high', key, { remediation })] }));
    expect(text).toContain(`policy line 39 ${'é'.repeat(90)}\n\`\`\``);
    expect(text).toContain('Then this:\n\n*Left out here: 20 lines to be copied, which `-o html` and `-o json` have.*');
    expect(text).toContain('```\nterraform plan\n```');
    expect(text.match(/policy line/g)).toHaveLength(40);
  });

  it('is within what GitHub takes of 20,000 findings, cut at whole ones', () => {
    const text = textOf(manyFindings(20_000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    const shown = text.match(/<details>/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(text.match(/<\/details>/g)).toHaveLength(shown);
    expect(text).toContain(`**${(20_000 - shown).toLocaleString('en-US')} more findings** not shown here`);
    expect(text).toMatch(/estate complete<\/sub>\n$/);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('is within that with %s everywhere, a hundred times', (_name, text) => {
    const hostile = text.repeat(100).slice(0, 20_000);
    const key = reportKey('1', { aliases: [hostile], standing: 'unmanaged' });
    const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
    const findings = Array.from({ length: 100 }, (_, n) =>
      finding(`${n}${hostile}`, severities[n % 5] ?? 'info', key, {
        message: hostile,
        remediation: `${hostile}\n  ${hostile}`,
      }),
    );
    const coverage = Array.from({ length: 50 }, (_, n) => ({
      source: 'state' as const,
      locator: `${n}${hostile}`,
      status: 'failed' as const,
      reason: hostile,
    }));
    const diagnostics = [{ level: 'error' as const, source: hostile, message: hostile }];
    expect(Buffer.byteLength(textOf(reportOf({ keys: [key], findings, coverage, diagnostics })))).toBeLessThanOrEqual(
      65_536,
    );
  });
});
