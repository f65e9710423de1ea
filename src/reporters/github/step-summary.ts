import { inPieces } from '../../model/pieces.ts';
import type { Report } from '../../model/report.ts';
import { documentOf } from '../markdown/document.ts';
import type { ReporterOptions } from '../reporter.ts';

/** A step's summary takes 1 MiB (GitHub Docs, "Workflow commands", step isolation and limits); what is longer is not shown at all. */
export const STEP_SUMMARY_BYTES = 1024 * 1024;

/** What a step's page shows, in Markdown, of at most so many bytes: less than the limit where others wrote before. */
export const stepSummary = (report: Report, options: ReporterOptions, bytes: number): Iterable<string> =>
  inPieces(documentOf(report, options, { bytes }));
