import type { Report } from '../../model/report.ts';
import { type Family, one } from './family.ts';
import { placeLabels, Tally } from './tally.ts';

export function* keyFamilies(report: Report): Iterable<Family> {
  const { summary } = report;
  yield {
    name: 'keydrift_keys',
    help: 'Keys by standing.',
    samples: Object.entries(summary.standings).map(([standing, value]) => ({ labels: { standing }, value })),
  };
  yield {
    name: 'keydrift_realm_keys',
    help: 'Keys by account, Region and standing; no sample where there are none.',
    samples: byRealm(report).samples(),
  };
  yield {
    name: 'keydrift_in_code_ratio',
    unit: 'ratio',
    help: 'Managed keys of those managed, unmanaged or unclaimed; no sample where the scan is incomplete.',
    samples: summary.iacCoverage === null ? [] : one(summary.iacCoverage),
  };
  yield {
    name: 'keydrift_keys_not_judged',
    help: 'Keys that at least one rule could not judge.',
    samples: one(summary.notJudged),
  };
  yield {
    name: 'keydrift_keys_weakly_owned',
    help: 'Unmanaged and unclaimed keys that somebody claims by a tag or an alias.',
    samples: one(summary.weaklyOwned ?? 0),
  };
}

function byRealm(report: Report): Tally {
  const tally = new Tally();
  const labelsOf = placeLabels(report);
  for (const { account, region, standing } of report.keys) tally.add({ ...labelsOf({ account, region }), standing });
  return tally;
}
