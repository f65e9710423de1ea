import { failsAt, totalOf } from '../model/counting.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Report } from '../model/report.ts';
import { type FailOn, SEVERITIES, type Severity } from '../model/rule.ts';
import { sawAnything } from './completeness.ts';

/** What the exit code depends on beside the report. */
export interface GateOptions {
  readonly failOn: FailOn;
  /** Coverage gaps do not fail the gate. */
  readonly allowPartial: boolean;
  /** Terraform's order: 0 clean, 1 could not tell, 2 findings. */
  readonly detailedExitcode: boolean;
}

/** 130 and 143, of an interruption, are no answer of the gate. */
export type ExitCode = 0 | 1 | 2 | 3;

type Verdict = 'nothing-seen' | 'findings' | 'incomplete' | 'clean';

const PLAIN: Readonly<Record<Verdict, ExitCode>> = { clean: 0, findings: 1, 'nothing-seen': 2, incomplete: 3 };
const DETAILED: Readonly<Record<Verdict, ExitCode>> = { clean: 0, findings: 2, 'nothing-seen': 1, incomplete: 1 };

const failing = (failOn: FailOn): readonly Severity[] => SEVERITIES.filter((severity) => failsAt(severity, failOn));

/** A finding is proved by what was seen, so it outweighs what was not; nothing seen outweighs all. */
function verdict(report: Report, options: GateOptions): Verdict {
  const { scan, coverage, summary } = report;
  const looked = lookVerdict({ requested: scan.requested, coverage, isComplete: scan.complete }, options);
  if (looked === 'nothing-seen') return looked;
  return failing(options.failOn).some((severity) => summary.findings[severity] > 0) ? 'findings' : looked;
}

/** The exit code, a function of the report alone. 2 here: no requested source gave anything. */
export const exitCode = (report: Report, options: GateOptions): ExitCode => codeOf(verdict(report, options), options);

/** What is to be known of coverage alone, where nothing is judged. */
interface Looked {
  readonly requested: readonly string[];
  readonly coverage: readonly Coverage[];
  /** Nothing is missing that nobody answers for. */
  readonly isComplete: boolean;
}

/** The verdict on what was seen where nothing is judged. */
export function lookVerdict(
  { requested, coverage, isComplete }: Looked,
  { allowPartial }: Pick<GateOptions, 'allowPartial'>,
): Exclude<Verdict, 'findings'> {
  if (!sawAnything(requested, coverage)) return 'nothing-seen';
  return isComplete || allowPartial ? 'clean' : 'incomplete';
}

/** The exit code of such a verdict. */
export const codeOf = (answer: Verdict, { detailedExitcode }: Pick<GateOptions, 'detailedExitcode'>): ExitCode =>
  (detailedExitcode ? DETAILED : PLAIN)[answer];

/** One sentence: the exit code and what decided it. */
export function gateSentence(report: Report, options: GateOptions): string {
  const code = exitCode(report, options);
  const isAnswered = verdict(report, options) !== 'nothing-seen';
  return `exit ${code}: ${reason(report, options)}${isAnswered ? uncounted(report) : ''}`;
}

function reason(report: Report, options: GateOptions): string {
  const gap = report.scan.complete ? '' : '; the scan is incomplete';
  switch (verdict(report, options)) {
    case 'nothing-seen':
      return 'no requested source gave anything';
    case 'findings':
      return `${counted(report, failing(options.failOn))} open (--fail-on ${options.failOn})${gap}`;
    case 'incomplete':
      return `${nothingOpen(options.failOn)}, but the scan is incomplete (--allow-partial accepts that)`;
    case 'clean':
      return `${nothingOpen(options.failOn)}${gap === '' ? '' : `${gap}, which --allow-partial accepts`}`;
  }
}

const nothingOpen = (failOn: FailOn): string =>
  failOn === 'never' ? 'findings do not count (--fail-on never)' : `no open finding at or above ${failOn}`;

function counted({ summary }: Report, severities: readonly Severity[]): string {
  return severities
    .map((severity) => ({ severity, count: summary.findings[severity] }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');
}

/** What does not count, for the end of a sentence; empty where everything does. */
function uncounted({ summary }: Report): string {
  const { baselined = 0, suppressed = 0 } = summary;
  const outside = totalOf(summary.outsideChange);
  const parts = [
    ...(outside > 0 ? [`${outside} open outside the change`] : []),
    ...(baselined > 0 ? [`${baselined} baselined`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ];
  return parts.length === 0 ? '' : `; not counted: ${parts.join(', ')}`;
}
