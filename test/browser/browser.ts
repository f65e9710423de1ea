import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';
import { html } from '../../src/reporters/html.ts';

// A browser takes seconds to start, and more on a busy machine; one that hangs still ends.
jest.setTimeout(2 * 60_000);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const executable = (process.env['PATH'] ?? '')
  .split(':')
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

/** `describe` where a browser is installed; where none is, its tests are skipped and counted as such. */
export const describeInBrowser: typeof describe | typeof describe.skip =
  executable === undefined ? describe.skip : describe;

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
};

/** Opens reports as files in a real browser. */
export interface Reading {
  /** Waits until the page's script has run, unless the context has none. */
  readonly open: (report: Report, options?: BrowserContextOptions, hash?: string) => Promise<Page>;
}

/**
 * A browser for each `describe` that calls this. After each test it is checked that no page wrote to the console, threw,
 * opened a dialog or asked for anything but itself.
 */
export function reading(): Reading {
  let browser: Browser;
  let folder = '';
  let trouble: string[] = [];
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keydrift-browser-'));
    browser = await chromium.launch({ ...(executable === undefined ? {} : { executablePath: executable }) });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const found = trouble;
    trouble = [];
    expect(found).toEqual([]);
  });
  const open: Reading['open'] = async (report, options = DESKTOP, hash = '') => {
    files += 1;
    const file = join(folder, `report-${files}.html`);
    await writeFile(file, html(report, { width: 100, color: false, limit: null }));
    const url = `${pathToFileURL(file)}${hash}`;
    const page = await (await browser.newContext(options)).newPage();
    watch(page, url, (what) => trouble.push(what));
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await page.waitForSelector('html[data-ready]');
    return page;
  };
  return { open };
}

function watch(page: Page, url: string, tell: (what: string) => void): void {
  page.on('console', (message) => tell(`console: ${message.text()}`));
  page.on('pageerror', (error) => tell(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    tell(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url.split('#')[0]) tell(`request: ${request.url()}`);
  });
}

/** The text of an element as it is shown, without line breaks. */
export const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, ' ').trim();

/** What makes the page wider than the window, so that it scrolls sideways; nothing where it does not. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (each) =>
        each.getBoundingClientRect().right > clientWidth && each.parentElement?.closest('.scroll, pre') === null,
    );
    return [
      `${scrollWidth} of ${clientWidth}`,
      ...wide.map((each) => `${each.tagName} .${each.className} #${each.id}`),
    ];
  });
