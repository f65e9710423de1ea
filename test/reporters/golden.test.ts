import { describe, it } from '@jest/globals';
import { type Format, loadReporter } from '../../src/reporters/index.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { expectGolden } from '../support/golden.ts';

describe('the sample report', () => {
  it.each<[Format, string]>([
    ['sarif', 'sample.sarif'],
    ['codequality', 'sample.codequality.json'],
    ['junit', 'sample.junit.xml'],
    ['github', 'sample.github.txt'],
    ['markdown', 'sample.md'],
    ['csv', 'sample.csv'],
    ['metrics', 'sample.prom'],
    ['asff', 'sample.asff.ndjson'],
    ['ocsf', 'sample.ocsf.ndjson'],
  ])('as %s reads as in %s', async (format, file) => {
    const reporter = await loadReporter(format);
    expectGolden(`reporters/${file}`, [...reporter(sampleReport(), { width: 100, color: false, limit: 10 })].join(''));
  });
});
