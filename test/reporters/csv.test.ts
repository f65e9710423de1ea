import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { cell } from '../../src/reporters/csv/cell.ts';
import { csv } from '../../src/reporters/csv.ts';
import { plainText } from '../../src/reporters/plain-text.ts';
import { created, finding, reportKey, reportOf, ruleResult } from '../fixtures/report.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import fc from '../support/fast-check.ts';
import { csvRecords, isFormula } from '../support/formats/csv.ts';

const OPTIONS = { width: 100, color: false, limit: 10 };
const rowsOf = (report: Report): Record<string, string>[] => {
  const [header = [], ...rows] = csvRecords([...csv(report, OPTIONS)].join(''));
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
};

describe('a cell', () => {
  it.each([
    ['alias/orders', 'alias/orders'],
    ['', ''],
    ['a, b', '"a, b"'],
    ['aws_kms_key.k["eu"]', '"aws_kms_key.k[""eu""]"'],
    [' led', '" led"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', '"  \'=1"'],
    ['"=1', '"""\'=1"'],
    ['\uff1d1', "'\uff1d1"],
    ['\uff20A', "'\uff20A"],
    ["'=1", "''=1"],
    ['a;=cmd()', '"a;\'=cmd()"'],
    ['a=b', 'a=b'],
    ['\t=1', '\\u0009=1'],
    ['\r=1', '\\u000d=1'],
    ['two\r\nlines', 'two\\u000d\\u000alines'],
  ])('%j is %s', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  it('is never a formula, and is read back as its plain text but for the marks', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '=',
            '+',
            '-',
            '@',
            '"',
            "'",
            ',',
            ';',
            ' ',
            '\t',
            '\r',
            '\n',
            'a',
            '\uff1d',
            '鍵',
            '\u0000',
          ),
        }),
        (text) => {
          const read = csvRecords(`${cell(text)}\r\n`)[0]?.[0] ?? '';
          expect(isFormula(read)).toBe(false);
          expect(read.replaceAll("'", '')).toBe(plainText(text).replaceAll("'", ''));
        },
      ),
    );
  });
});

describe('the sheet', () => {
  it('has a row for each key and finding, and one for each key without', () => {
    const report = sampleReport();
    const rows = rowsOf(report);
    const found = new Set(report.findings.map(({ key }) => key));
    expect(rows).toHaveLength(report.findings.length + report.keys.filter(({ id }) => !found.has(id)).length);
    expect(
      rows
        .map(({ fingerprint }) => fingerprint)
        .filter((text) => text !== '')
        .toSorted(),
    ).toEqual(report.findings.map(({ fingerprint }) => fingerprint).toSorted());
    expect(rows.filter(({ rule }) => rule === '').map(({ arn }) => arn)).not.toContain([...found][0]);
  });

  it('keeps a finding whose key the report does not have', () => {
    const key = reportKey('1234abcd');
    expect(rowsOf(reportOf({ findings: [finding('a-rule', 'high', key)] }))).toMatchObject([
      { rule: 'a-rule', arn: key.arn, standing: '' },
    ]);
  });

  it('says of an attribute what each witness says', () => {
    const key = reportKey('1234abcd', {
      differences: [
        { attribute: 'customKeyStoreId', between: ['state/live'], state: null, live: 'cks-1', replaces: false },
      ],
    });
    const row = {
      attribute: 'customKeyStoreId',
      created_value: '',
      configuration_value: '',
      state_value: '(none)',
      live_value: 'cks-1',
    };
    const findings = [
      finding('key-store-mismatch', 'high', key, { attribute: 'customKeyStoreId' }),
      finding('other', 'low', key),
    ];
    expect(rowsOf(reportOf({ keys: [key], findings }))).toMatchObject([
      row,
      { attribute: '', state_value: '', live_value: '' },
    ]);
  });

  it('says of an attribute what each witness says, whichever pair of them differs', () => {
    const key = reportKey('1234abcd', {
      differences: [
        { attribute: 'description', between: ['configuration/state'], configuration: 'a', state: 'b', replaces: false },
        { attribute: 'description', between: ['state/live'], state: 'b', live: 'c', replaces: false },
      ],
    });
    const findings = [finding('description-drift', 'info', key, { attribute: 'description' })];
    expect(rowsOf(reportOf({ keys: [key], findings }))).toMatchObject([
      { configuration_value: 'a', state_value: 'b', live_value: 'c' },
    ]);
  });

  it('says who made the key, what the rule is called, and who answers for the finding', () => {
    const key = reportKey('1234abcd', {
      created: created({ principal: null, invokedBy: 'kms.amazonaws.com', via: 'aws-service' }),
    });
    const place = { path: 'keydrift.yaml', line: 4 };
    const acceptance = { by: 'settings', reason: 'ACME-1', owner: 'team-edge', expires: '2027-01-31', place } as const;
    const findings = [
      finding('a-rule', 'high', key, { status: 'suppressed', acceptance }),
      finding('b-rule', 'low', key, {
        lapsed: { ...acceptance, expires: '2026-01-31', because: 'it ended on 2026-01-31' },
        outsideChange: true,
      }),
    ];
    expect(
      rowsOf(reportOf({ keys: [key], findings, rules: [ruleResult('a-rule', 'high', { title: 'A rule' })] })),
    ).toMatchObject([
      {
        title: 'A rule',
        status: 'suppressed',
        accepted_by: 'settings',
        accepted_reason: 'ACME-1',
        accepted_owner: 'team-edge',
        accepted_until: '2027-01-31',
        created_by: 'kms.amazonaws.com',
        in_change: '',
      },
      { title: '', status: 'open', accepted_by: '', lapsed: 'it ended on 2026-01-31', in_change: 'no' },
    ]);
  });
});
