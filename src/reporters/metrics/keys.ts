import { STANDINGS } from '../../model/key-record.ts';
import type { Report } from '../../model/report.ts';
import { type Family, one } from './family.ts';
import { placeLabels, Tally } from './tally.ts';

export function* keyFamilies(report: Report): Iterable<Family> {
  const { summary } = report;
  yield {
    name: 'keydrift_keys',
    help: 'Keys by account, Region and standing; all standings of what was scanned, else no sample where there are none.',
    samples: byRealm(report).samples(),
  };
  yield {
    name: 'keydrift_iac_coverage_ratio',
    unit: 'ratio',
    help: 'Managed keys of those managed, unmanaged or unclaimed; no sample where anything was not covered, accepted or not.',
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
  for (const realm of report.scan.scope) {
    for (const standing of STANDINGS) tally.add({ ...labelsOf(realm), standing }, 0);
  }
  for (const { account, region, standing } of report.keys) tally.add({ ...labelsOf({ account, region }), standing });
  return tally;
}
