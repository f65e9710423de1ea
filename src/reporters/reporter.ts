import type { Report } from '../model/report.ts';

/** How a report may look; formats for programs have no use for it. */
export interface ReporterOptions {
  /** Terminal cells a line may take. Commands and ARNs to copy are never cut for it. */
  readonly width: number;
  readonly color: boolean;
  /** At most so many findings of one rule and severity, and lines of one list; null for all. */
  readonly limit: number | null;
  /** Findings that somebody answers for are listed too; they are always counted. */
  readonly showSuppressed?: boolean;
}

/** A report in one format, in pieces of some 64 kB: a string cannot hold a million keys. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;
