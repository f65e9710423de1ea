import type { Change } from '../../model/change.ts';
import { type Coverage, countsAsGap, isNotInstalled } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import type { ReportCoverage } from '../../model/report.ts';
import { touchedRoots } from './touched.ts';

/**
 * Marks gaps that are no part of a change: a module from elsewhere that is not installed, in a root that the change does not
 * touch. That is certain only where all of the root's own files were read. Any other gap is everybody's: the change may
 * have made it.
 */
export function gapsMarkedOutside(
  coverage: readonly Coverage[],
  change: Change,
  facts: readonly Fact[],
): readonly ReportCoverage[] {
  if (!coverage.some(isOfMissingModule)) return coverage;
  const roots = facts.flatMap((fact) => (fact.kind === 'root' ? [fact] : []));
  const touched = touchedRoots(roots, change);
  const read = new Set(coverage.flatMap((entry) => (isWholeRoot(entry) ? (entry.locator ?? []) : [])));
  const untouched = new Set(roots.flatMap(({ root }) => (touched.has(root) || !read.has(root) ? [] : [root])));
  return coverage.map((entry) =>
    isOfMissingModule(entry) && untouched.has(entry.locator?.split('#', 1)[0] ?? '')
      ? { ...entry, outsideChange: true as const }
      : entry,
  );
}

const isOfMissingModule = (entry: Coverage): boolean =>
  countsAsGap(entry, ['configuration']) && entry.operation === 'module' && isNotInstalled(entry.reason ?? '');

const isWholeRoot = ({ source, operation, status }: Coverage): boolean =>
  source === 'configuration' && operation === undefined && status === 'complete';
