import { describe, expect, it } from '@jest/globals';
import { FORMATS, isFormat, loadReporter } from '../../src/reporters/index.ts';
import { reportOf } from '../fixtures/report.ts';

describe('formats', () => {
  it.each(FORMATS)('%s writes whole lines', async (format) => {
    const reporter = await loadReporter(format);
    expect([...reporter(reportOf(), { width: 100, color: false, limit: 10 })].join('')).toMatch(/[^\n]\n$/);
  });

  it.each([
    ['table', true],
    ['json', true],
    ['sarif', true],
    ['sarif2', false],
    ['toString', false],
    ['', false],
  ])('%j is a format: %s', (name, expected) => {
    expect(isFormat(name)).toBe(expected);
  });
});
