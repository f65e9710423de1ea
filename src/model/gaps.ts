import type { Acceptance, Lapsed } from './acceptance.ts';
import { type Coverage, countsAsGap } from './coverage.ts';
import { grouped } from './grouped.ts';
import type { ReportCoverage } from './report.ts';

/** Coverage entries that lack the same thing and that the same person answers for, if any: a gap, told and counted once. */
export interface Gap {
  readonly entry: Coverage;
  readonly locators: readonly string[];
  /** Why, in one line each. */
  readonly reasons: readonly string[];
  readonly accepted: Acceptance | undefined;
  readonly lapsed: Lapsed | undefined;
  /** It is no part of the change that the gate is about. */
  readonly outsideChange?: true;
}

interface Looked {
  readonly scan: { readonly requested: readonly string[] };
  readonly coverage: readonly ReportCoverage[];
}

/** What was asked and not answered in full: first what nobody answers for. */
export function gapsOf({ scan, coverage }: Looked): readonly Gap[] {
  const incomplete = coverage.filter((entry) => countsAsGap(entry, scan.requested));
  const alike = grouped(incomplete, ({ accepted, lapsed, outsideChange }) =>
    JSON.stringify([accepted ?? null, lapsed ?? null, outsideChange ?? null]),
  );
  const gaps = [...alike.values()].flatMap((entries) => {
    const { accepted, lapsed, outsideChange } = entries[0];
    const outside = outsideChange === undefined ? {} : { outsideChange };
    return lackingAlike(entries).map((gap) => ({ ...gap, accepted, lapsed, ...outside }));
  });
  return [...gaps.filter(isUnanswered), ...gaps.filter((gap) => !isUnanswered(gap))];
}

type Answered = Pick<ReportCoverage, 'accepted' | 'outsideChange'>;

/** Whether nobody answers for it, and it is of the change if there is one: the scan is incomplete for it. */
export const isUnanswered = ({ accepted, outsideChange }: Answered): boolean =>
  accepted === undefined && outsideChange === undefined;

/** Whether it does not count for being no part of the change alone. */
export const isOutsideGap = ({ accepted, outsideChange }: Answered): boolean =>
  accepted === undefined && outsideChange === true;

/**
 * In the order of the report. Of single keys or places those that lack it for the same reason are one; what was asked of
 * a whole account and Region is one, whatever the reasons.
 */
function lackingAlike(coverage: readonly Coverage[]): Pick<Gap, 'entry' | 'locators' | 'reasons'>[] {
  const alike = grouped(coverage, (entry) => {
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
