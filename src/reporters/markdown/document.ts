import type { Finding, Report } from '../../model/report.ts';
import { findingDetails } from '../detailed-finding.ts';
import type { ReporterOptions } from '../reporter.ts';
import { count } from '../words.ts';
import { isOpen, worstFirst } from '../worst-first.ts';
import { foldedFinding } from './finding.ts';
import { footBlock, headBlocks } from './head.ts';
import { type Part, within } from './within.ts';

/** What a document may take, and a line that stands before everything else. */
export interface Extent {
  readonly bytes: number;
  readonly marker?: string;
}

type DocumentOptions = Pick<ReporterOptions, 'tree' | 'showSuppressed'>;

/**
 * The report as Markdown of GitHub and GitLab, cut at whole findings. Open findings stand in full, the worst first;
 * those that somebody answers for are counted, and listed after all others where that is asked for.
 */
export function documentOf(report: Report, options: DocumentOptions, { bytes, marker }: Extent): Iterable<string> {
  const findings = worstFirst(report.findings).filter((finding) => options.showSuppressed || isOpen(finding));
  const blocks = [...(marker === undefined ? [] : [marker]), ...headBlocks(report)];
  return within(bytes, {
    blocks: blocks.map((block) => `${block}\n\n`),
    parts: partsOf(report, findings, options),
    findings: findings.length,
    leftOut: (left) => `**${count(left, 'more finding')}** not shown here; \`-o html\` and \`-o json\` have all.\n\n`,
    foot: `${footBlock(report)}\n`,
  });
}

function* partsOf(report: Report, findings: readonly Finding[], options: DocumentOptions): Iterable<Part> {
  const detailsOf = findingDetails(report);
  for (const finding of findings) yield { text: foldedFinding(detailsOf(finding), options), findings: 1 };
}
