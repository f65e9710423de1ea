import { expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { finding, reportKey, reportOf } from '../fixtures/report.ts';
import { describeInBrowser, PHONE, reading, sideways, textOf } from './browser.ts';

const KEYS = 10_000;

/** Every fifth key is unmanaged, of four Regions. */
function large(): Report {
  const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2', 'sa-east-1'];
  const keys = Array.from({ length: KEYS }, (_, n) =>
    reportKey(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, {
      region: regions[n % regions.length] ?? '',
      aliases: [`alias/service-${n}/data`],
      standing: n % 5 === 0 ? 'unmanaged' : 'managed',
    }),
  );
  const findings = keys.filter((_, n) => n % 5 === 0).map((key) => finding('unmanaged-key', 'high', key));
  return reportOf({ keys, findings });
}

const report = large();

describeInBrowser(`a report of ${KEYS} keys`, () => {
  const { open } = reading();

  it('is listed a page at a time', async () => {
    const page = await open(report);
    expect(await textOf(page, '#count')).toBe('2,000 of 2,000 findings, 1 to 50 shown');
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2_000);
    await page.click('#pages [data-page="2"]');
    expect(await textOf(page, '#count')).toBe('2,000 of 2,000 findings, 51 to 100 shown');
    await page.click('#pages button:has-text("Last")');
    expect(await textOf(page, '#pages')).toContain('page 40 of 40');
    expect(await textOf(page, 'details.finding .name >> nth=49')).toBe('alias/service-9995/data');
    expect(page.url()).toContain('page=40');
  });

  it('is searched, and opens the last key by its address', async () => {
    const page = await open(report, {}, `#view=keys&key=${encodeURIComponent(report.keys.at(-1)?.id ?? '')}`);
    expect(await textOf(page, '#sheet-title')).toBe('alias/service-9999/data');
    await page.keyboard.press('Escape');
    await page.fill('#filter-q', 'service-77');
    await page.waitForFunction(() => document.querySelector('#count')?.textContent?.startsWith('111 of'));
    await page.selectOption('#filter-region', 'us-east-1');
    expect(await textOf(page, '#count')).toBe('28 of 10,000 keys');
  });

  it('leads to a finding on a late page', async () => {
    const page = await open(report, {}, `#finding=${report.findings[1_777]?.fingerprint}`);
    expect(await textOf(page, 'details.finding[open] .name')).toBe('alias/service-8885/data');
    expect(await textOf(page, '#pages')).toContain('page 36 of 40');
  });

  it('fits a phone', async () => {
    const page = await open(report, PHONE);
    expect(await sideways(page)).toEqual([]);
  });

  it('is printed with its worst findings in full, and all others in short', async () => {
    const page = await open(report);
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const printed = [
          document.querySelectorAll('details.finding'),
          document.querySelectorAll('.finding[open] .body'),
        ];
        document.title = `${printed.map(({ length }) => length)} ${document.querySelector('#list > p')?.textContent}`;
      }),
    );
    expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF');
    expect(await page.title()).toBe('2000,200 The 200 worst of 2,000 in full, the others in short.');
  });
});
