import { expect, it } from '@jest/globals';
import { sampleReport } from '../fixtures/sample-report.ts';
import { describeInBrowser, reading, textOf } from './browser.ts';

const report = sampleReport();

describeInBrowser('findings', () => {
  const { open } = reading();

  it('are listed worst first, those that are open', async () => {
    const page = await open(report);
    expect(await textOf(page, '#count')).toBe('14 of 16 findings');
    expect(await page.locator('details.finding').count()).toBe(14);
    expect(await textOf(page, 'details.finding summary')).toContain(
      'critical alias/payments/ledger key-pending-deletion',
    );
  });

  it.each([
    ['a severity', '[data-severity=high]', '4 of 16 findings', 'severity=high'],
    ['what was clicked in the summary', '.severities .medium a', '2 of 16 findings', 'severity=medium'],
    ['a rule that the rules name', '.rules a', '1 of 16 findings', 'rule=origin-mismatch'],
  ])('are filtered by %s, and the address says so', async (_, selector, count, hash) => {
    const page = await open(report);
    await page.click(selector);
    expect(await textOf(page, '#count')).toBe(count);
    expect(page.url()).toContain(hash);
  });

  it.each([
    ['rule', 'unmanaged-key', '1 of 16 findings'],
    ['status', 'suppressed', '1 of 16 findings'],
    ['status', 'baselined', '1 of 16 findings'],
    ['status', 'all', '16 of 16 findings'],
    ['account', '111122223333', '14 of 16 findings'],
    ['region', 'us-east-1', '4 of 16 findings'],
    ['standing', 'unclaimed', '2 of 16 findings'],
  ])('are filtered by %s: %s', async (name, value, count) => {
    const page = await open(report);
    await page.selectOption(`#filter-${name}`, value);
    expect(await textOf(page, '#count')).toBe(count);
    await page.click('#clear');
    expect(await textOf(page, '#count')).toBe('14 of 16 findings');
  });

  it('are searched by all words of a text, in any field', async () => {
    const page = await open(report);
    await page.fill('#filter-q', 'MALLORY us-east-1');
    await page.waitForFunction(() => document.querySelectorAll('details.finding').length === 1);
    expect(await textOf(page, 'details.finding summary')).toContain('unmanaged-key');
    expect(page.url()).toContain('q=MALLORY+us-east-1');
    await page.fill('#filter-q', 'nothing has this');
    await page.waitForSelector('.nothing');
    expect(await textOf(page, '#count')).toBe('0 of 16 findings');
  });

  it('count what each choice would leave with the others as they are', async () => {
    const page = await open(report);
    await page.click('[data-severity=critical]');
    expect(await textOf(page, '[data-severity=high]')).toBe('high 4');
    const rules = (await page.locator('#filter-rule option').allInnerTexts()).map((text) => text.trim());
    expect(rules).toEqual(['all (3)', 'key-pending-deletion (1)', 'missing-key (1)', 'replacement-planned (1)']);
  });

  it('open to what differs, who and where, why, and what to do', async () => {
    const page = await open(report);
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
    const page = await open(report, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('details.finding summary');
    await page.click('details.finding[open] [data-copy]');
    await page.waitForFunction(() => document.querySelector('#said')?.textContent === 'Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'aws kms cancel-key-deletion --region eu-west-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab\n' +
        'aws kms enable-key --region eu-west-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab',
    );
  });

  it('say who answers for them', async () => {
    const page = await open(report, {}, '#view=findings&status=suppressed');
    await page.click('details.finding summary');
    expect(await textOf(page, '.acceptance')).toBe('suppressed: ACME-1234, until 2027-01-31');
  });
});

describeInBrowser('keys', () => {
  const { open } = reading();

  it('are listed, those with the worst findings first', async () => {
    const page = await open(report);
    await page.click('#view-keys');
    expect(await textOf(page, '#count')).toBe('25 of 25 keys');
    expect(await textOf(page, '.keys tbody tr')).toContain('alias/vault/root managed critical +2 us-east-1');
    expect(page.url()).toContain('view=keys');
  });

  it('are filtered by what the coverage map and the standings lead to', async () => {
    const page = await open(report);
    await page.click('.standings .legend a:has-text("unmanaged")');
    expect(await textOf(page, '#count')).toBe('2 of 25 keys');
    await page.click('.map a >> nth=1');
    expect(await textOf(page, '#count')).toBe('3 of 25 keys');
    expect(page.url()).toContain('region=us-east-1');
  });

  it('are sorted by name and by age', async () => {
    const page = await open(report, {}, '#view=keys');
    await page.selectOption('#filter-sort', 'name');
    expect(await textOf(page, '.keys tbody th')).toBe('00000000');
    await page.selectOption('#filter-sort', 'newest');
    expect(await textOf(page, '.keys tbody tr')).toContain('2026-11-23');
  });
});
