import { expect, it } from '@jest/globals';
import { sampleReport } from '../fixtures/sample-report.ts';
import { describeInBrowser, reading, textOf } from './browser.ts';

const report = sampleReport();
const vault = report.keys.find(({ aliases }) => aliases.includes('alias/vault/root'));
const suppressed = report.findings.find(({ status }) => status === 'suppressed');
if (vault === undefined || suppressed === undefined) throw new Error('the sample lacks what these tests are about');
const KEY = `#key=${encodeURIComponent(vault.id)}`;

describeInBrowser('a link', () => {
  const { open } = reading();

  it('to a key opens it, with all witnesses side by side', async () => {
    const page = await open(report, {}, KEY);
    expect(await textOf(page, '#sheet-title')).toBe('alias/vault/root');
    expect(await page.locator('#sheet .witnesses thead th').allInnerTexts()).toEqual([
      'attribute',
      'created\n2026-10-14',
      'configuration\ninfra/vault/kms.tf:3',
      'state\nstates/vault.tfstate',
      'live\nEnabled',
    ]);
    expect(await page.locator('#sheet .witnesses tr.differs th').allTextContents()).toEqual([
      '≠ origin differs',
      '≠ customKeyStoreId differs',
    ]);
    expect(await page.locator('#sheet .finding-of-key').count()).toBe(3);
  });

  it('to a key opens it in a page that is open already, and closing goes back to the lists', async () => {
    const page = await open(report, {}, '#view=findings&severity=high');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, KEY);
    await page.waitForSelector('#sheet[open]');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.hash.includes('key='));
    expect(await page.locator('#sheet').isVisible()).toBe(false);
  });

  it('to a key from a list keeps its filters', async () => {
    const page = await open(report, {}, '#view=keys&standing=unclaimed');
    await page.click('.keys a');
    await page.waitForSelector('#sheet[open]');
    expect(page.url()).toMatch(/standing=unclaimed.*key=arn/);
    await page.click('#close');
    const unclaimed = report.summary.standings.unclaimed;
    expect(await textOf(page, '#count')).toBe(`${unclaimed} of ${report.keys.length} keys`);
  });

  it('to a key that the report does not hold says so', async () => {
    const page = await open(report, {}, '#key=arn%3Aaws%3Akms%3A%3Cb%3E');
    expect(await textOf(page, '#sheet')).toBe('No such key Close This report has no key arn:aws:kms:<b>.');
  });

  it('to a finding opens it and leads there, also where filters would hide it', async () => {
    const page = await open(report, {}, `#finding=${suppressed.fingerprint}`);
    expect(await textOf(page, 'details.finding[open] summary')).toContain('unmanaged-key suppressed');
    expect(await page.evaluate(() => document.activeElement?.closest('details')?.open)).toBe(true);
    const other = report.findings[3]?.fingerprint ?? '';
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#view=keys&finding=${other}`);
    await page.waitForSelector('details.finding[open]:has-text("key-store-mismatch")');
  });

  it('to a part of the page leads there and leaves the filters', async () => {
    const page = await open(report, {}, '#view=findings&severity=high');
    await page.click('nav a:has-text("Coverage")');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('coverage-title');
    expect(page.url()).toContain('severity=high');
  });

  it('that is nonsense shows everything', async () => {
    const page = await open(report, {}, '#view=%00&page=-1&severity=%22%3E&sort=__proto__&account=__proto__');
    expect(await textOf(page, '#count')).toBe(`0 of ${report.findings.length} findings`);
    await page.click('#clear');
    expect(await textOf(page, '#count')).toMatch(/^[1-9]/);
    expect(await textOf(page, '#count')).toContain(` of ${report.findings.length} findings`);
  });
});
