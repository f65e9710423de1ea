import { expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { created, finding, live, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { HOSTILE_TEXTS } from '../support/hostile.ts';
import { DESKTOP, describeInBrowser, PHONE, reading, scrollsSideways } from './browser.ts';

const ATTACKS: readonly (readonly [string, string])[] = [
  ...Object.entries(HOSTILE_TEXTS),
  ['a script', '<script>alert(1)</script>'],
  ['the end of the data', '</script><script>alert(1)</script><!--<script>'],
  ['a comment', '<!-- <script> --!>'],
  ['a template', '</template><template><img src=x onerror=alert(1)>'],
  ['an address that runs', 'javascript:alert(1)'],
  ['a picture from elsewhere', '<img src="https://attacker.example/a.png">'],
  ['a style', '</style><style>body{display:none}</style>'],
  [
    'a base',
    '<base href="https://attacker.example/"><meta http-equiv=refresh content="0;url=https://attacker.example/">',
  ],
];

/** A report that has this text wherever somebody else writes. */
function attacked(text: string): Report {
  const key = reportKey('key-1', {
    id: `id ${text}`,
    aliases: [`alias ${text}`, text],
    reason: text,
    unknown: { state: text, aliases: text, [text]: text },
    created: created({ principal: text, userAgent: text, description: text }),
    configuration: [],
    live: live({ description: text, policy: text, tags: { [text]: text }, keyState: text }),
    differences: [
      { attribute: 'description', between: ['created/live'], created: text, live: `${text}.`, replaces: false },
    ],
    owners: [{ name: text, by: 'tag', strength: 'weak', status: 'active' }],
  });
  const place = { path: text, line: 1 };
  const findings = [
    finding('some-rule', 'critical', key, {
      message: text,
      remediation: `${text}\n  ${text}`,
      location: place,
      evidence: [{ witness: 'live', text }],
      fingerprint: text,
    }),
    finding(text, 'high', key, {
      status: 'suppressed',
      acceptance: { by: 'comment', reason: text, owner: text, place },
      fingerprint: `${text}2`,
    }),
  ];
  return reportOf({
    keys: [key],
    findings,
    scan: scanOf({ complete: false }),
    coverage: [{ source: 'state', locator: text, status: 'failed', reason: text, permission: text }],
    rules: [
      ruleResult('some-rule', 'critical', {
        title: text,
        help: `${text}\nSee https://${text}`,
        notEvaluated: 1,
        reasons: [{ reason: text, keys: 1 }],
      }),
    ],
    diagnostics: [{ level: 'warning', source: text, message: text }],
  });
}

describeInBrowser('hostile text', () => {
  const { open } = reading();

  it.each(ATTACKS)('is shown and does nothing: %s', async (_, text) => {
    const report = attacked(text);
    const page = await open(report);
    await page.click('details.finding summary');
    await page.click('details.finding[open] .links a');
    await page.waitForSelector('#sheet[open] .finding-of-key >> nth=1');
    expect(await page.locator('#sheet .finding-of-key').count()).toBe(2);
    await page.keyboard.press('Escape');
    await page.selectOption('#filter-status', 'suppressed');
    await page.click('details.finding summary');
    await page.click('#view-keys');
    expect(
      await page
        .locator('img, iframe, object, embed, base, link, body script:not([type="application/json"]):not(:last-child)')
        .count(),
    ).toBe(0);
    expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
    expect(
      await page
        .locator('*')
        .evaluateAll(
          (all) => all.filter((each) => each.getAttributeNames().some((name) => name.startsWith('on'))).length,
        ),
    ).toBe(0);
  });

  it.each(ATTACKS)('widens no phone: %s', async (_, text) => {
    const page = await open(attacked(text), PHONE);
    await page.click('#expand');
    expect(await scrollsSideways(page)).toBe(false);
  });

  it.each(ATTACKS)('is shown without scripts too: %s', async (_, text) => {
    const page = await open(attacked(text), { ...DESKTOP, javaScriptEnabled: false });
    expect(await page.locator('img, iframe, base, link').count()).toBe(0);
    expect(await page.locator('details.finding').count()).toBe(1);
  });
});
