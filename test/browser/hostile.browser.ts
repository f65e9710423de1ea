import { expect, it } from '@jest/globals';
import type { Finding, Report, ReportKey, RuleResult } from '../../src/model/report.ts';
import { created, finding, live, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';
import { HOSTILE_TEXTS } from '../support/hostile.ts';
import { DESKTOP, describeInBrowser, PHONE, reading, sideways } from './browser.ts';

/** What HTML itself could obey. */
const MARKUP: readonly (readonly [string, string])[] = [
  ...Object.entries(HOSTILE_TEXTS).filter(([, text]) => text.includes('<')),
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

const ALL = [...new Set([...MARKUP.map(([, text]) => text), ...Object.values(HOSTILE_TEXTS)])];

/** A key and its findings with this text wherever somebody else writes. */
function attackedKey(text: string, n: number): { readonly key: ReportKey; readonly findings: readonly Finding[] } {
  const key = reportKey(`key-${n}`, {
    id: `id ${n} ${text}`,
    aliases: [`alias ${text}`, text],
    reason: text,
    unknown: { state: text, aliases: text, [text]: text },
    created: created({ principal: text, userAgent: text, description: text }),
    live: live({ description: text, policy: text, tags: { [text]: text }, keyState: text }),
    differences: [
      { attribute: 'description', between: ['created/live'], created: text, live: `${text}.`, replaces: false },
    ],
    owners: [{ name: text, by: 'tag', strength: 'weak', status: 'active' }],
  });
  const location = { path: text, line: 1 };
  const open = finding('some-rule', 'critical', key, {
    ...{ message: text, remediation: `${text}\n  ${text}`, location, fingerprint: `${n} ${text}` },
    evidence: [{ witness: 'live', text }],
  });
  const suppressed = finding(text, 'high', key, {
    ...{ status: 'suppressed', location, fingerprint: `${text} ${n}` },
    acceptance: { by: 'comment', reason: text, owner: text, place: location },
  });
  return { key, findings: [open, suppressed] };
}

function attacked(...texts: readonly string[]): Report {
  const parts = texts.map(attackedKey);
  const ruleOf = (text: string): RuleResult =>
    ruleResult('some-rule', 'critical', {
      ...{ title: text, help: `${text}\nSee https://${text}` },
      ...{ notEvaluated: 1, reasons: [{ reason: text, keys: 1 }] },
    });
  return reportOf({
    keys: parts.map(({ key }) => key),
    findings: parts.flatMap(({ findings }) => findings),
    scan: scanOf({ complete: false }),
    coverage: texts.map((text) => ({
      source: 'state',
      locator: text,
      status: 'failed',
      reason: text,
      permission: text,
    })),
    rules: texts.map(ruleOf),
    diagnostics: texts.map((text) => ({ level: 'warning', source: text, message: text })),
  });
}

describeInBrowser('hostile text', () => {
  const { open } = reading();

  it.each(MARKUP)('is shown and does nothing: %s', async (_, text) => {
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

  it('widens no phone', async () => {
    const page = await open(attacked(...ALL), PHONE);
    await page.click('#expand');
    expect(await sideways(page)).toEqual([]);
    await page.click('details.finding[open] .links a');
    await page.waitForSelector('#sheet[open]');
    expect(await sideways(page)).toEqual([]);
  });

  it('is shown without scripts too', async () => {
    const page = await open(attacked(...ALL), { ...DESKTOP, javaScriptEnabled: false });
    expect(await page.locator('img, iframe, base, link').count()).toBe(0);
    expect(await page.locator('details.finding').count()).toBe(ALL.length);
  });
});
