import { describe, expect, it } from '@jest/globals';
import type { Report, ReportKey } from '../../src/model/report.ts';
import { table } from '../../src/reporters/table.ts';
import { finding, reportKey, reportOf, scanOf } from '../fixtures/report.ts';

const textOf = (keys: readonly ReportKey[], over: Partial<Report> = {}, limit: number | null = 10): string =>
  [...table(reportOf({ keys: [...keys], ...over }), { width: 100, color: false, limit })].join('');

const denied = (keyId: string) => reportKey(keyId, { standing: 'undetermined', reason: 'DescribeKey: denied' });

describe('a key that is neither clean nor found', () => {
  it.each<[ReportKey['standing'], string]>([
    ['undetermined', 'DescribeKey: denied'],
    ['settling', 'younger than the grace period'],
  ])('is named with Region and reason when it is %s', (standing, reason) => {
    expect(textOf([reportKey('1234abcd', { standing, reason })])).toContain(
      `\n  ${standing}  1234abcd  eu-west-1  ${reason}\n`,
    );
  });

  it('is named by its alias and its id', () => {
    expect(textOf([{ ...denied('1234abcd-0000'), aliases: ['alias/orders'] }])).toContain(
      '  undetermined  alias/orders  eu-west-1  1234abcd  DescribeKey: denied\n',
    );
  });

  it('is named for its import block when that is why', () => {
    expect(textOf([reportKey('1234abcd', { standing: 'import-planned', reason: 'no creation record' })])).toContain(
      '  import-planned  1234abcd  eu-west-1  an import block names it\n',
    );
  });

  it('is not named twice: not with a finding, and not in an inventory without states', () => {
    const key = denied('1234abcd');
    expect(textOf([key], { findings: [finding('claimed-twice', 'high', key)] })).not.toContain('LEFT OPEN');
    expect(textOf([key], { scan: scanOf({ requested: ['kms'] }) })).not.toContain('LEFT OPEN');
  });

  it('is one of so many unless all are wanted', () => {
    const keys = Array.from({ length: 12 }, (_, n) => denied(`0000000${n.toString(16)}`));
    expect(textOf(keys)).toContain('  … and 2 more keys (--all)\n');
    expect(textOf(keys, {}, null).match(/^ {2}undetermined /gm)).toHaveLength(12);
  });
});
