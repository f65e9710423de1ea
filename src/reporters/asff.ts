import { keyArnIn, type Realm, realmKey } from '../model/key-arn.ts';
import { inPieces } from '../model/pieces.ts';
import type { Report } from '../model/report.ts';
import { type AsffFinding, findingRecord, noticeRecord } from './asff/record.ts';
import { byRealm, findingDetails } from './detailed-finding.ts';
import { realmNotices } from './realm-notices.ts';
import type { Reporter } from './reporter.ts';

/** BatchImportFindings takes no more in one call (AWS Security Hub API reference, BatchImportFindings). */
const BATCH = 100;

/**
 * Findings for AWS Security Hub: each line is a JSON array of at most 100 findings of one account and Region, for
 * BatchImportFindings is called in the account and Region that its findings name:
 *
 *     keydrift scan … -o asff=findings.ndjson && split -l 1 findings.ndjson batch-
 *     for b in batch-*; do aws securityhub batch-import-findings --findings "file://$b" --region "$(jq -r '.[0].Region' "$b")"; done
 *
 * Ids are stable, so a later import updates a record: a suppressed finding is ARCHIVED, and ACTIVE again when its
 * suppression ends. A baselined one stays ACTIVE and FAILED, for nobody has decided on it: the baseline says only that it was
 * there before; one outside the change is so, too, for the key fails whoever changed it. `keydrift/Status` says which. One record for each scanned account and Region says whether it was covered: ACTIVE while it was not, and
 * NOT_AVAILABLE where somebody answers for that. A finding on a key that is not created is in no account: it is not here. A finding that is no longer found is
 * not here either: Security Hub drops records that nobody updates after 90 days.
 */
export const asff: Reporter = (report) => inPieces(lines(report));

function* lines(report: Report): Iterable<string> {
  for (const records of recordsByRealm(report)) {
    for (const batch of inBatches(records)) yield `${JSON.stringify(batch)}\n`;
  }
}

/** The records of one account and Region after those of another; realms of the scan first. */
function* recordsByRealm(report: Report): Iterable<Iterable<AsffFinding>> {
  const subjectOf = findingDetails(report);
  const findings = byRealm(report.findings);
  findings.delete(undefined);
  const recordsOf = function* (realm: string): Iterable<AsffFinding> {
    for (const finding of findings.get(realm) ?? []) yield* findingRecord(subjectOf(finding), report);
    findings.delete(realm);
  };
  for (const notice of realmNotices(report)) {
    if (!isRealm(notice.realm)) continue;
    yield followed(noticeRecord(notice, report), recordsOf(realmKey(notice.realm)));
  }
  for (const realm of findings.keys()) if (realm !== undefined) yield recordsOf(realm);
}

/** Of a report that was read from a file, that may be any text. */
const isRealm = (realm: Realm): boolean => keyArnIn(realm, 'any') !== undefined;

function* followed<T>(first: T, others: Iterable<T>): Iterable<T> {
  yield first;
  yield* others;
}

function* inBatches<T>(items: Iterable<T>): Iterable<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
