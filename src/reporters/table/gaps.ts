import type { Coverage } from '../../model/coverage.ts';
import { grouped } from '../../model/grouped.ts';
import type { Report } from '../../model/report.ts';

/** Coverage entries that lack the same thing, told once. */
export interface Gap {
  readonly entry: Coverage;
  readonly locators: readonly string[];
  /** Why, in one line each. */
  readonly reasons: readonly string[];
}

/**
 * What was asked and not answered in full, in the order of the report. Of single keys or places those that lack it for
 * the same reason are one; what was asked of a whole account and Region is one, whatever the reasons.
 */
export function gapsOf({ coverage }: Pick<Report, 'coverage'>): Gap[] {
  const incomplete = coverage.filter(({ status }) => status !== 'complete');
  const alike = grouped(incomplete, (entry) => {
    const { source, operation, account, region, permission, locator } = entry;
    return JSON.stringify([
      source,
      operation,
      account,
      region,
      permission,
      ...(locator === undefined ? [] : [reasonOf(entry)]),
    ]);
  });
  return [...alike.values()].map((entries) => ({
    entry: entries[0],
    locators: entries.map(({ locator }) => locator).filter((locator) => locator !== undefined),
    reasons: [...new Set(entries.map(reasonOf))],
  }));
}

const reasonOf = ({ reason, status }: Coverage): string =>
  reason ?? (status === 'failed' ? 'no answer' : 'answered in part');
