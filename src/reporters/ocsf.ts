import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { findingDetails } from './detailed-finding.ts';
import { findingEvent, noticeEvent } from './ocsf/event.ts';
import { realmNotices } from './realm-notices.ts';
import type { Reporter } from './reporter.ts';

/**
 * Compliance Finding events (class 2003) of the Open Cybersecurity Schema Framework 1.8.0, one JSON object a line. Each
 * finding is one; so is each account and Region that was scanned, with `compliance.status_id` 1 where it was covered,
 * 99 where somebody answers for what was not, and 2 where nobody does. `finding_info.uid` stays the same from scan to scan.
 */
export const ocsf: Reporter = (report) => inPieces(lines(report));

function* lines(report: Report): Iterable<string> {
  const subjectOf = findingDetails(report);
  for (const notice of realmNotices(report)) yield `${JSON.stringify(noticeEvent(notice, report))}\n`;
  for (const finding of report.findings) yield `${JSON.stringify(findingEvent(subjectOf(finding), report))}\n`;
}
