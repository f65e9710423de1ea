import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from '../../src/reporters/html/assets.ts';
import { html } from '../../src/reporters/html.ts';
import { finding, reportKey, reportOf } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { expectGolden } from '../support/golden.ts';

const piecesOf = (report: Report): string[] => [...html(report, { width: 100, color: false, limit: 10 })];
const pageOf = (report: Report): string => piecesOf(report).join('');

/** What the data blocks with ids of this kind hold, in order. */
const embedded = (page: string, kind: string): unknown[] =>
  [...page.matchAll(/<script type="application\/json" id="([a-z]+)-\d+">([^<]*)<\/script>/g)]
    .filter(([, id]) => id === kind)
    .flatMap(([, , json = '']) => JSON.parse(json));

const many = (keys: number): Report => {
  const all = Array.from({ length: keys }, (_, n) => reportKey(`key-${n}`, { standing: 'unmanaged' }));
  return reportOf({ keys: all, findings: all.map((key) => finding('unmanaged-key', 'high', key)) });
};

describe('the HTML report', () => {
  it('reads as in sample.html', () => {
    const page = pageOf(sampleReport())
      .replace(SCRIPT, 'SCRIPT')
      .replace(STYLE, 'STYLE')
      .replace(SCRIPT_HASH, 'SCRIPT_HASH')
      .replace(STYLE_HASH, 'STYLE_HASH')
      // A line for each element that ends, to read what changed.
      .replaceAll(/<\/(?:li|tr|p|div|dl|ul|h\d|section|summary)>(?=<)/g, '$&\n');
    expectGolden('reporters/sample.html', page);
  });

  it('says of a check that AWS was not asked, and names no estate, which nothing rests on there', () => {
    const report = reportOf({ keys: [reportKey('1', { standing: 'undetermined' })] });
    const page = pageOf({ ...report, scan: { ...report.scan, requested: ['state', 'configuration'], scope: [] } });
    expect(page).toContain('answered in full. AWS was not asked.');
    expect(page).toContain('<dt>AWS</dt><dd>not asked</dd>');
    expect(page).toContain(`<dt>keys of accounts</dt><dd>111122223333</dd>`);
    expect(page).toContain('unknown: KMS was not asked');
    expect(page).toContain('; KMS was not asked how they stand');
    expect(page).not.toMatch(/<dt>(?:accounts|estate|records)<\/dt>/);
  });

  it.each([
    ['style', STYLE, STYLE_HASH],
    ['script', SCRIPT, SCRIPT_HASH],
  ])('lets its own %s through by its hash, and nothing else', (_, text, hash) => {
    const page = pageOf(reportOf());
    expect(hash).toBe(`sha256-${createHash('sha256').update(text).digest('base64')}`);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.split(text).length).toBe(2);
  });

  it('names nothing to be fetched', () => {
    const page = pageOf(sampleReport()).replace(SCRIPT, '');
    expect(
      page.match(/<(?:link|img|iframe|object|embed|base|form [^>]*action)\b|\ssrc=|\sstyle=|@import|url\(/g),
    ).toBeNull();
    expect(
      SCRIPT.match(
        /\binnerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bfetch\(|XMLHttpRequest|\bimport\(/g,
      ),
    ).toBeNull();
  });

  it('holds every key and every finding as the report has them', () => {
    const report = sampleReport();
    const page = pageOf(report);
    expect(embedded(page, 'keys')).toEqual(report.keys);
    expect(embedded(page, 'findings')).toEqual(report.findings);
  });

  it('comes in pieces, its keys and findings in blocks', () => {
    const report = many(2_000);
    const pieces = piecesOf(report);
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(192 * 1024);
    expect(embedded(pieces.join(''), 'keys')).toEqual(report.keys);
  });

  it('draws the fifty worst findings without a script, and says how many there are', () => {
    const page = pageOf(many(51));
    expect(page.match(/<details class="finding"/g)?.length).toBe(50);
    expect(page).toContain('The 50 worst of 51; with scripts the page lists and filters them all.');
    expect(pageOf(many(50))).not.toContain('with scripts the page lists');
  });

  it('says which finding names a key that is not there', () => {
    const report = many(1);
    expect(() => pageOf({ ...report, keys: [] })).toThrow(/a finding of unmanaged-key names a key/);
  });
});
