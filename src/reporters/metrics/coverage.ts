import type { Report, ReportCoverage } from '../../model/report.ts';
import { type Family, one } from './family.ts';
import { placeLabels, Tally } from './tally.ts';

export function* coverageFamilies(report: Report): Iterable<Family> {
  const { coverage, summary } = report;
  yield {
    name: 'keydrift_coverage',
    help: 'What was asked, by source, account, Region and how far it was answered: complete, partial or failed.',
    samples: counted(report, coverage).samples(),
  };
  yield {
    name: 'keydrift_accepted_gaps',
    help: 'Gaps in coverage that somebody answers for, those alike once.',
    samples: one(summary.acceptedGaps ?? 0),
  };
  yield {
    name: 'keydrift_coverage_accepted',
    help: 'Of keydrift_coverage what somebody answers for, by source, account, Region and status.',
    samples: counted(
      report,
      coverage.filter(({ accepted }) => accepted !== undefined),
    ).samples(),
  };
}

function counted(report: Report, coverage: readonly ReportCoverage[]): Tally {
  const tally = new Tally();
  const labelsOf = placeLabels(report);
  for (const { source, account, region, status } of coverage)
    tally.add({ source, ...labelsOf({ account, region }), status });
  return tally;
}
