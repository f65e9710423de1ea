import { describe, expect, it } from '@jest/globals';
import { NOT_ASKED } from '../../src/model/not-asked.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { pageFor } from '../../src/reporters/table/page.ts';
import { verdictLines } from '../../src/reporters/table/verdict.ts';
import { finding, reportKey, reportOf, ruleResult, scanOf } from '../fixtures/report.ts';

const PAGE = pageFor({ width: 10_000, color: false, limit: null });
const KEY = reportKey('1234abcd');
const HAPPENS = 'No key was found that the next apply destroys, replaces or forgets.';
const CHANGE = { since: 'main', base: 'abc', files: 1 };

/** What the table says of a check of plans that found these, of which none counts. */
function told(
  findings: readonly Finding[],
  over: {
    readonly change?: true;
    readonly acceptedGaps?: number;
    readonly unjudged?: string;
    readonly warns?: string;
  } = {},
) {
  const { change, acceptedGaps, unjudged, warns } = over;
  const reasons = unjudged === undefined ? [] : [{ reason: unjudged, keys: 1 }];
  const report: Report = reportOf({
    keys: [KEY],
    findings: [...findings],
    rules: [
      ruleResult('destroy-planned', 'critical', { about: 'change', reasons }),
      ruleResult('unmanaged-key', 'high', { about: 'estate' }),
    ],
    scan: { ...scanOf({ requested: ['plan', 'state'] }), ...(change ? { change: CHANGE } : {}) },
  });
  const summary = { ...report.summary, ...(acceptedGaps === undefined ? {} : { acceptedGaps }) };
  const diagnostics: Report['diagnostics'] =
    warns === undefined ? [] : [{ level: 'warning', source: warns, message: 'look at it' }];
  return [...verdictLines({ ...report, summary, diagnostics }, PAGE)].join('\n').trim();
}

const destroy = (over: Partial<Finding> = {}) => finding('destroy-planned', 'critical', KEY, over);
const SUPPRESSED = { status: 'suppressed' } as const;
const BASELINED = { status: 'baselined' } as const;
const OUTSIDE = { outsideChange: true } as const;

describe('that nothing happens to a key', () => {
  it.each<[string, readonly Finding[], Parameters<typeof told>[1], string]>([
    ['where nothing was found', [], {}, HAPPENS],
    ['with a warning of something else', [], { warns: 'state' }, HAPPENS],
    [
      'nor where the change is to be looked at',
      [],
      { change: true, warns: 'change' },
      'No open finding of this change.',
    ],
    ['not beside a suppressed destroy', [destroy(SUPPRESSED)], {}, 'No open finding.'],
    ['not beside a destroy known from before', [destroy(BASELINED)], {}, 'No open finding.'],
    ['where what is suppressed is no change', [finding('unmanaged-key', 'high', KEY, SUPPRESSED)], {}, HAPPENS],
    [
      'not where what happens is not known',
      [],
      { unjudged: 'it may not be declared: var.services is not known' },
      'No open finding, but what the next apply does is not known of every key: why not is listed below.',
    ],
    ['where nobody was asked who could know more', [], { unjudged: NOT_ASKED.kms }, HAPPENS],
    [
      'of a change where all is outside of it',
      [destroy(OUTSIDE)],
      { change: true },
      'No key was found that this change destroys, replaces or forgets.',
    ],
    [
      'not of a change that has a suppressed one',
      [destroy(OUTSIDE), destroy(SUPPRESSED)],
      { change: true },
      'No open finding of this change.',
    ],
    [
      'not where a gap is accepted',
      [],
      { acceptedGaps: 2 },
      'No open finding. What 2 accepted gaps would have said is unknown.',
    ],
    [
      'not of a change where a gap is accepted',
      [destroy(OUTSIDE)],
      { change: true, acceptedGaps: 1 },
      'No open finding of this change. What 1 accepted gap would have said is unknown.',
    ],
  ])('is said %s', (_name, findings, over, sentence) => {
    expect(told(findings, over)).toContain(sentence);
  });
});
