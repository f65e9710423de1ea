import { expect, it } from '@jest/globals';
import type { Finding } from '../../src/model/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { describeInBrowser, reading, textOf } from './browser.ts';

const report = sampleReport();
const open = report.findings.filter(({ status, outsideChange }) => status === 'open' && outsideChange === undefined);
const keyOf = new Map(report.keys.map((key) => [key.id, key]));

/** What the page says of so many findings, or keys. */
const ofFindings = (number: number): string => `${number} of ${report.findings.length} findings`;
const ofKeys = (number: number): string => `${number} of ${report.keys.length} keys`;

const withStanding = (standing: string) => (finding: Finding) => keyOf.get(finding.key)?.standing === standing;

describeInBrowser('findings', () => {
  const { open: opened } = reading();

  it('are listed worst first, those that are open', async () => {
    const page = await opened(report);
    expect(await textOf(page, '#count')).toBe(ofFindings(open.length));
    expect(await page.locator('details.finding').count()).toBe(open.length);
    expect(await textOf(page, 'details.finding summary')).toContain(
      'critical alias/payments/ledger key-pending-deletion',
    );
  });

  it.each([
    ['a severity', '[data-severity=high]', 'severity=high', ({ severity }: Finding) => severity === 'high'],
    [
      'a number of the summary',
      '.severities .medium a',
      'severity=medium',
      ({ severity }: Finding) => severity === 'medium',
    ],
    ['a rule that the rules name', '.rules a', 'rule=', ({ rule }: Finding) => rule === 'key-pending-deletion'],
  ])('are filtered by %s, and the address says so', async (_, selector, hash, passes) => {
    const page = await opened(report);
    await page.click(selector);
    expect(await textOf(page, '#count')).toBe(ofFindings(open.filter(passes).length));
    expect(page.url()).toContain(hash);
  });

  it.each([
    ['rule', 'unmanaged-key', open.filter(({ rule }) => rule === 'unmanaged-key')],
    ['status', 'suppressed', report.findings.filter(({ status }) => status === 'suppressed')],
    ['status', 'baselined', report.findings.filter(({ status }) => status === 'baselined')],
    ['status', 'all', report.findings],
    ['account', '111122223333', open],
    ['region', 'us-east-1', open.filter(({ arn }) => arn?.includes(':us-east-1:') === true)],
    ['standing', 'unclaimed', open.filter(withStanding('unclaimed'))],
  ])('are filtered by %s: %s', async (name, value, left) => {
    const page = await opened(report);
    expect(left.length).toBeGreaterThan(0);
    await page.selectOption(`#filter-${name}`, value);
    expect(await textOf(page, '#count')).toBe(ofFindings(left.length));
    await page.click('#clear');
    expect(await textOf(page, '#count')).toBe(ofFindings(open.length));
  });

  it('are searched by all words of a text, in any field', async () => {
    const page = await opened(report);
    await page.fill('#filter-q', 'MALLORY us-east-1');
    await page.waitForFunction(() => document.querySelectorAll('details.finding').length === 1);
    expect(await textOf(page, 'details.finding summary')).toContain('unmanaged-key');
    expect(page.url()).toContain('q=MALLORY+us-east-1');
    await page.fill('#filter-q', 'nothing has this');
    await page.waitForSelector('.nothing');
    expect(await textOf(page, '#count')).toBe(ofFindings(0));
  });

  it('count what each choice would leave with the others as they are', async () => {
    const page = await opened(report);
    await page.click('[data-severity=critical]');
    expect(await textOf(page, '[data-severity=high]')).toBe(
      `high ${open.filter(({ severity }) => severity === 'high').length}`,
    );
    const rules = (await page.locator('#filter-rule option').allInnerTexts()).map((text) => text.trim());
    expect(rules).toEqual(['all (3)', 'key-pending-deletion (1)', 'missing-key (1)', 'replacement-planned (1)']);
  });

  it('open to what differs, who and where, why, and what to do', async () => {
    const page = await opened(report);
    await page.click('details.finding:has-text("replacement-planned") summary');
    const body = await textOf(page, 'details.finding[open] .body');
    for (const part of [
      '≠ customKeyStoreId',
      'user/Alice (cli)',
      'infra/vault/kms.tf:3',
      'Declare custom_key_store_id',
    ]) {
      expect(body).toContain(part);
    }
  });

  it('give commands to copy', async () => {
    const page = await opened(report, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('details.finding summary');
    await page.click('details.finding[open] [data-copy]');
    await page.waitForFunction(() => document.querySelector('#said')?.textContent === 'Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'aws kms cancel-key-deletion --region eu-west-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab\n' +
        'aws kms enable-key --region eu-west-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab',
    );
  });

  it('say who answers for them', async () => {
    const page = await opened(report, {}, '#view=findings&status=suppressed');
    await page.click('details.finding summary');
    expect(await textOf(page, 'details.finding .acceptance')).toMatch(/^suppressed: ACME-1234.*until 2027-01-31/);
  });
});

describeInBrowser('keys', () => {
  const { open: opened } = reading();

  it('are listed, those with the worst findings first', async () => {
    const page = await opened(report);
    await page.click('#view-keys');
    expect(await textOf(page, '#count')).toBe(ofKeys(report.keys.length));
    expect(await textOf(page, '.keys tbody tr')).toContain('alias/vault/root managed critical +2 us-east-1');
    expect(page.url()).toContain('view=keys');
  });

  it('are filtered by what the coverage map and the standings lead to', async () => {
    const page = await opened(report);
    await page.click('.standings .legend a:has-text("unmanaged")');
    expect(await textOf(page, '#count')).toBe(ofKeys(report.summary.standings.unmanaged));
    await page.click('.map a[href*="us-east-1"]');
    expect(await textOf(page, '#count')).toBe(
      ofKeys(report.keys.filter(({ region }) => region === 'us-east-1').length),
    );
    expect(page.url()).toContain('region=us-east-1');
  });

  it('are sorted by name and by age', async () => {
    const page = await opened(report, {}, '#view=keys');
    await page.selectOption('#filter-sort', 'name');
    expect(await textOf(page, '.keys tbody th')).toBe('00000000');
    await page.selectOption('#filter-sort', 'newest');
    expect(await textOf(page, '.keys tbody tr')).toContain('2026-11-23');
  });
});
