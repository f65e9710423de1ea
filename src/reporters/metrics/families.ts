import type { Report } from '../../model/report.ts';
import { toEpochMs } from '../../model/time.ts';
import { coverageFamilies } from './coverage.ts';
import { type Family, one } from './family.ts';
import { findingFamilies } from './findings.ts';
import { keyFamilies } from './keys.ts';

/** Every metric, in the order of the text. */
export function* families(report: Report): Iterable<Family> {
  yield* scanFamilies(report);
  yield* findingFamilies(report);
  yield* keyFamilies(report);
  yield* coverageFamilies(report);
}

function* scanFamilies({ tool, scan }: Report): Iterable<Family> {
  const started = toEpochMs(scan.startedAt) / 1000;
  const finished = toEpochMs(scan.finishedAt) / 1000;
  yield {
    name: 'keydrift_build_info',
    help: 'Always 1; the version of keydrift that judged.',
    samples: [{ labels: { version: tool.version }, value: 1 }],
  };
  yield {
    name: 'keydrift_scan_complete',
    help: 'Whether every requested source was covered, or somebody answers for what was not: 1 or 0. At 0, and with keydrift_accepted_gaps, no finding is no proof.',
    samples: one(Number(scan.complete)),
  };
  yield {
    name: 'keydrift_scan_timestamp_seconds',
    unit: 'seconds',
    help: 'When the scan ended, complete or not, in seconds since 1970.',
    samples: one(finished),
  };
  yield {
    name: 'keydrift_scan_last_success_timestamp_seconds',
    unit: 'seconds',
    help: 'When the scan ended, if it was complete; no sample otherwise (max_over_time keeps the one before).',
    samples: scan.complete ? one(finished) : [],
  };
  yield {
    name: 'keydrift_scan_duration_seconds',
    unit: 'seconds',
    help: 'How long the scan took.',
    samples: one(finished - started),
  };
}
