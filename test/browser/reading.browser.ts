import { expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { sampleReport } from '../fixtures/sample-report.ts';
import { DESKTOP, describeInBrowser, PHONE, reading, sideways, textOf } from './browser.ts';

const report = sampleReport();
const open = report.findings.filter(({ status, outsideChange }) => status === 'open' && outsideChange === undefined);
const high = open.filter(({ severity }) => severity === 'high').length;
const ALL_KEYS = `${report.keys.length} of ${report.keys.length} keys`;
const KEY = `#key=${encodeURIComponent(report.keys[3]?.id ?? '')}`;

/** WCAG 2.2 to level AA, and what axe holds for good beyond. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds fault with: rule, element and why, one text each. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations }: axe.AxeResults = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(STANDARDS)} })`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describeInBrowser('the page', () => {
  const { open: opened } = reading();

  it.each([
    ['light', { ...DESKTOP, colorScheme: 'light' as const }],
    ['dark', { ...DESKTOP, colorScheme: 'dark' as const }],
    ['on a phone', PHONE],
  ])('has no fault that axe finds: %s', async (_, options) => {
    const page = await opened(report, options);
    expect(await faults(page)).toEqual([]);
    await page.click('#expand');
    expect(await faults(page)).toEqual([]);
    await page.click('#view-keys');
    expect(await faults(page)).toEqual([]);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, KEY);
    await page.waitForSelector('#sheet[open]');
    // The sheet slides in, and has its colours when it has arrived.
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    expect(await faults(page)).toEqual([]);
  });

  it.each([
    ['the lists', ''],
    ['the keys', '#view=keys'],
    ['a key', KEY],
  ])('does not scroll sideways on a phone: %s', async (_, hash) => {
    const page = await opened(report, PHONE, hash);
    if (hash === '') await page.click('#expand');
    expect(await sideways(page)).toEqual([]);
  });

  it('follows the system between light and dark, until a theme is chosen', async () => {
    const page = await opened(report, { ...DESKTOP, colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.click('#theme');
    expect([await textOf(page, '#theme'), await ground()]).toEqual(['Theme: light', light]);
    await page.click('#theme');
    await page.emulateMedia({ colorScheme: 'light' });
    expect([await textOf(page, '#theme'), await ground()]).toEqual(['Theme: dark', dark]);
    await page.reload();
    expect(await textOf(page, '#theme')).toBe('Theme: dark');
  });

  it('can be used by keyboard alone', async () => {
    const page = await opened(report);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the findings');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('results-title');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`Findings ${open.length}`);
    await page.keyboard.press('ArrowRight');
    expect([await focused(), await textOf(page, '#count')]).toEqual([`Keys ${report.keys.length}`, ALL_KEYS]);
    await page.keyboard.press('ArrowLeft');
    await page.locator('details.finding summary').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('details.finding[open] .body');
    await page.locator('details.finding[open] .links a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#sheet[open]');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('sheet-title');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('This key in full');
  });

  it('shows where the focus is', async () => {
    const page = await opened(report);
    for (const selector of ['#theme', '#filter-q', '#view-findings', 'details.finding summary']) {
      await page.keyboard.press('Tab');
      await page.locator(selector).first().focus();
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineWidth);
      expect([selector, Number.parseFloat(outline) >= 2]).toEqual([selector, true]);
    }
  });

  it('tells screen readers how much a filter leaves', async () => {
    const page = await opened(report);
    await page.click('[data-severity=high]');
    expect(await page.getByRole('status').first().innerText()).toBe(`${high} of ${report.findings.length} findings`);
    expect(await page.getByRole('button', { name: `high ${high}`, pressed: true }).count()).toBe(1);
    for (const landmark of ['banner', 'main', 'navigation', 'search', 'contentinfo'] as const) {
      expect([landmark, await page.getByRole(landmark).count()]).toEqual([landmark, 1]);
    }
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('Findings');
  });

  it('moves nothing where no motion is wanted', async () => {
    const page = await opened(report, { ...DESKTOP, reducedMotion: 'reduce' }, KEY);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('prints the summary, all open findings in full and the coverage, whatever it shows', async () => {
    const { unclaimed } = report.summary.standings;
    const page = await opened(report, {}, '#view=keys&standing=unclaimed');
    // What is not there when this event ends is not on paper.
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        document.title = `${document.querySelectorAll('details.finding[open] .body').length} printed in full`;
      }),
    );
    expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF');
    const shownInFull = report.findings.filter(({ status }) => status === 'open');
    expect(await page.title()).toBe(`${shownInFull.length} printed in full`);
    await page.emulateMedia({ media: 'print' });
    await page.waitForSelector('details.finding');
    const shown = await textOf(page, 'body');
    for (const part of [`${open.length} open findings`, 'Cancel the deletion', 'short-lived-key', 'Not covered'])
      expect(shown).toContain(part);
    for (const hidden of ['#filters', '#views', '.copy', 'nav']) {
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
    }
    await page.emulateMedia({ media: 'screen' });
    await page.waitForSelector('.keys');
    expect(await textOf(page, '#count')).toBe(`${unclaimed} of ${report.keys.length} keys`);
    expect(await page.locator('.keys tbody tr').count()).toBe(unclaimed);
  });

  it('shows summary, findings and coverage without scripts', async () => {
    const page = await opened(report, { ...DESKTOP, javaScriptEnabled: false });
    const shown = await textOf(page, 'body');
    for (const part of [
      `${open.length} open findings`,
      'alias/payments/ledger',
      'Cancel the deletion',
      'Not covered',
      'Without scripts',
    ]) {
      expect(shown).toContain(part);
    }
    expect(await page.locator('#filters').isVisible()).toBe(false);
  });

  it('works where there is no storage and no clipboard', async () => {
    const page = await opened(report);
    const inner = await page.content();
    expect(inner).toContain('Content-Security-Policy');
    await page.evaluate(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.click('#theme');
    expect(await textOf(page, '#theme')).toBe('Theme: light');
    await page.click('details.finding summary');
    await page.click('details.finding[open] [data-copy]');
    await page.waitForFunction(() => document.querySelector('#said')?.textContent === 'Selected');
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('aws kms cancel-key-deletion');
  });
});
