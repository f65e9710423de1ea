import { beforeAll, describe, expect, it } from '@jest/globals';
import { SOURCES } from '../../src/model/coverage.ts';
import { FINDING_STATUSES } from '../../src/model/finding-status.ts';
import { STANDINGS } from '../../src/model/key-record.ts';
import { type Finding, type Report, type ReportKey, reportSchema } from '../../src/model/report.ts';
import { SEVERITIES } from '../../src/model/rule.ts';
import { STEP_SUMMARY_BYTES, stepSummary } from '../../src/reporters/github/step-summary.ts';
import { FORMATS, type Format, loadReporter } from '../../src/reporters/index.ts';
import type { Reporter, ReporterOptions } from '../../src/reporters/reporter.ts';
import { ACCOUNT, arn } from '../fixtures/report.ts';
import { filled } from '../support/filled.ts';
import { CHECKS, COMMANDING, harmless } from '../support/formats/checks.ts';
import { HOSTILE_TEXTS } from '../support/hostile.ts';

const REALM = { partition: 'aws', account: ACCOUNT, region: 'eu-west-1' };

/**
 * A report that has `text` in every string of its schema, once for each standing, severity and status. Every second key
 * has an ARN of its own: some formats leave out what is in no account.
 */
function hostileReport(text: string): Report {
  const report = reportSchema.parse(filled(reportSchema, text));
  const [key] = report.keys;
  const [finding] = report.findings;
  const [coverage] = report.coverage;
  if (key === undefined || finding === undefined || coverage === undefined) throw new Error('the schema gave no lists');
  const keys = STANDINGS.map((standing, n): ReportKey => {
    const own =
      n % 2 === 0
        ? { id: arn(`k${n}`), arn: arn(`k${n}`), account: ACCOUNT, region: 'eu-west-1' }
        : { id: `${text}${n}` };
    return { ...key, ...own, standing };
  });
  const findings = SEVERITIES.flatMap((severity, s) =>
    FINDING_STATUSES.map((status, t): Finding => {
      const about = keys[(s * FINDING_STATUSES.length + t) % keys.length] ?? key;
      const { outsideChange: _, ...inChange } = finding;
      return {
        ...(t === 0 && s % 2 === 0 ? inChange : finding),
        severity,
        status,
        key: about.id,
        arn: about.arn,
        fingerprint: `${text}${s}${t}`,
      };
    }),
  );
  const { accepted: _, lapsed: __, ...gap } = coverage;
  return {
    ...report,
    scan: {
      ...report.scan,
      complete: false,
      requested: [...SOURCES, ...report.scan.requested],
      scope: [REALM, ...report.scan.scope],
    },
    keys,
    findings,
    coverage: [
      ...report.coverage,
      ...SOURCES.flatMap((source) => [
        { ...gap, source, status: 'failed' as const },
        { ...gap, ...REALM, source, status: 'partial' as const },
      ]),
    ],
  };
}

/** Texts of different shapes are drawn differently. */
const PLAIN = ['text', 'Text.\n  a command --flag\n\nAnd more.', 'long text '.repeat(500)];

const TREE = { cwd: ['live'], top: [], url: 'https://git.example.com/acme/infra/-/blob/0123abc' };

/** Texts stand elsewhere where there is nothing to tell, or not everything is told, or more than usual. */
const variantsOf = (report: Report): readonly (readonly [Report, Partial<ReporterOptions>])[] => [
  [report, {}],
  [report, { limit: 2 }],
  [report, { showSuppressed: true, tree: TREE }],
  [{ ...report, findings: [] }, {}],
  [{ ...report, keys: [], findings: [], scan: { ...report.scan, complete: true } }, {}],
];

const toldOf = (reporter: Reporter, text: string): string[] =>
  variantsOf(hostileReport(text)).map(([report, over]) =>
    [...reporter(report, { width: 100, color: false, limit: null, ...over })].join(''),
  );

const reporterOf = (format: Format | 'step summary'): Promise<Reporter> =>
  format === 'step summary'
    ? Promise.resolve((report, options) => stepSummary(report, options, STEP_SUMMARY_BYTES))
    : loadReporter(format);

describe.each([...FORMATS, 'step summary' as const])('%s', (format) => {
  const [check, isCommanding] =
    format === 'step summary' ? [CHECKS.markdown, false] : [CHECKS[format], COMMANDING.includes(format)];
  let reporter: Reporter;
  let plain: readonly (readonly string[])[];
  beforeAll(async () => {
    reporter = await reporterOf(format);
    const told = PLAIN.map((text) => toldOf(reporter, text));
    plain = (told[0] ?? []).map((_, at) => told.map((texts) => texts[at] ?? ''));
  });

  it.each(Object.entries(HOSTILE_TEXTS))('stays what it is with %s in every string', (_, text) => {
    for (const [at, told] of toldOf(reporter, text).entries()) {
      harmless(told, isCommanding);
      check?.(told, plain[at] ?? []);
    }
  });
});

describe('the report that is planted', () => {
  it('has the text in every free string of the schema', () => {
    expect(JSON.stringify(hostileReport('PLANTED')).match(/PLANTED/g)?.length).toBeGreaterThan(1000);
  });
});

describe('the checks', () => {
  const html = HOSTILE_TEXTS['HTML'] ?? '';
  it.each<[string, string, string]>([
    ['json', '{"a":"b"}', '{"a":"b"c"}'],
    ['junit', '<testcase name="a"/>', `<testcase name="${html}"/>`],
    ['junit', '<testcase name="a"/>', '<testcase name="&nbsp;"/>'],
    ['junit', '<testcase name="a"/>', '<testcase name="\ufffe"/>'],
    ['github', '::error file=a,line=1::b', '::error file=a,line=1::b\n::stop-commands::x'],
    ['github', '::error title=a::b', '::error title=a:b::c'],
    ['markdown', '| a | `b` |', `| a | ${html} |`],
    ['markdown', '| a | `[b](https://evil.example)` |', '| a | [b](https://evil.example) |'],
    ['markdown', '<!-- ours -->', '<!-- ours --><!-- forged -->'],
    ['html', '<p title="<b> onload=x">a</p><script>x</script>', `<p>a</p><script>x${html}</script>`],
    ['html', '<a href="https://a">a</a>', '<a href="javascript:x">a</a>'],
    ['html', '<p>a</p>', '<p class="x" onload=alert(1)>a</p>'],
    ['csv', 'a,b\r\n1,2\r\n', 'a,b\r\n1,=2\r\n'],
    ['csv', 'a,b\r\n1,2\r\n', 'a,b\r\n1,2,3\r\n'],
  ])('of %s pass %j and refuse %j', (format, good, bad) => {
    expect(() => CHECKS[format]?.(good, [good])).not.toThrow();
    expect(() => CHECKS[format]?.(bad, [good])).toThrow();
  });

  it.each(['\u001b[2J', 'a\u202eb', 'a\ud800', 'a\u0000', 'a\u2028b', ' ::error::x', 'a ##[add-mask]b', '##VSO[x]'])(
    'of all formats refuse %j',
    (text) => {
      expect(() => harmless(text, false)).toThrow();
    },
  );

  it('are there for every format', () => {
    expect(FORMATS.filter((format) => CHECKS[format] === undefined)).toEqual([]);
  });
});
