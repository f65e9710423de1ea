import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { reportSchema } from '../../src/model/report.ts';
import { json } from '../../src/reporters/json.ts';
import { plainText } from '../../src/reporters/plain-text.ts';
import { finding, reportKey, reportOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import fc from '../support/fast-check.ts';
import { schemaFiles } from '../support/generate/schemas.ts';
import { expectGolden } from '../support/golden.ts';
import { HOSTILE, planted } from '../support/hostile.ts';

const OPTIONS = { width: 100, color: false, limit: 10 };
const textOf = (report: ReturnType<typeof sampleReport>): string => [...json(report, OPTIONS)].join('');

const anyText = fc.string({ unit: 'grapheme' });
const anyReport = fc
  .array(
    fc.record({ alias: anyText, description: anyText, reason: anyText, messages: fc.array(anyText, { maxLength: 3 }) }),
  )
  .map((rows) => {
    const keys = rows.map(({ alias, description, reason }, n) =>
      reportKey(`key-${n}`, { aliases: [alias], reason, unknown: { state: description } }),
    );
    const findings = keys.flatMap((key, n) =>
      (rows[n]?.messages ?? []).map((message) => finding('some-rule', 'high', key, { message })),
    );
    return reportOf({ keys, findings });
  });

describe('the JSON report', () => {
  it('is what JSON.stringify says, each list one element a line', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = textOf(report);
        expect(text.replaceAll('\n', '')).toBe(plainText(JSON.stringify(report)));
        expect(JSON.parse(text)).toEqual(report);
        expect(text.endsWith('}\n')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('has a line for each key and each finding', () => {
    const report = sampleReport();
    const lines = textOf(report).split('\n');
    const elements = lines.map((line) => line.replace(/,$/, ''));
    for (const value of [...report.keys, ...report.findings]) expect(elements).toContain(JSON.stringify(value));
  });

  it('comes in pieces, so that no string holds it all', () => {
    const report = reportOf({ keys: Array.from({ length: 2_000 }, (_, n) => reportKey(`key-${n}`)) });
    const pieces = [...json(report, OPTIONS)];
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(128 * 1024);
  });

  it('follows the published schema', () => {
    const schema = schemaFiles().find(({ path }) => path.includes('report'));
    const parsed = JSON.parse(textOf(sampleReport()));
    expect(z.fromJSONSchema(JSON.parse(schema?.text ?? '')).safeParse(parsed).error).toBeUndefined();
    expect(reportSchema.safeParse(parsed).error).toBeUndefined();
  });

  it('tells a terminal nothing, and keeps every character of hostile text', () => {
    const hostile = planted(sampleReport(), () => true) as ReturnType<typeof sampleReport>;
    const text = textOf(hostile);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(text)).toEqual(hostile);
    expect(JSON.parse(text).keys[0].id).toContain(HOSTILE);
  });

  it('reads as in sample.json', () => {
    expectGolden('reporters/sample.json', textOf(sampleReport()));
  });
});
