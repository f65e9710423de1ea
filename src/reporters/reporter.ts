import type { Report } from '../model/report.ts';
import type { FailOn } from '../model/rule.ts';

/** A repository, and where the paths of a report are from. */
export interface Tree {
  /** The working directory, from the root of the file system on. */
  readonly cwd: readonly string[];
  /** The top of the repository, likewise. */
  readonly top: readonly string[];
  /** Where its files are shown: an https URL to which `/PATH#L12` is added. */
  readonly url?: string;
}

/** What a report is written with. Each format takes what it has a use for: none but people's has one for width and color. */
export interface ReporterOptions {
  /** Terminal cells a line may take. Commands and ARNs to copy are never cut for it. */
  readonly width: number;
  readonly color: boolean;
  /** At most so many findings of one rule and severity, and lines of one list; null for all. */
  readonly limit: number | null;
  /** Findings that somebody answers for are listed too; they are always counted. */
  readonly showSuppressed?: boolean;
  /** What fails the gate; `high` where nobody says. */
  readonly failOn?: FailOn;
  /** Gaps do not fail the gate. */
  readonly allowPartial?: boolean;
  /** The repository, where formats for code hosts name its files; without it the working directory is its root. */
  readonly tree?: Tree;
}

/** A report in one format, in pieces of some 64 kB: a string cannot hold a million keys. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;
