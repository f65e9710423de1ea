import { countedAs } from '../../model/finding-status.ts';
import type { Realm } from '../../model/key-arn.ts';
import type { Report } from '../../model/report.ts';
import type { Severity } from '../../model/rule.ts';
import { lapsedText, whyAccepted } from '../acceptance-words.ts';
import { addressesOf, type DetailedFinding, pageOf, realmOf } from '../detailed-finding.ts';
import { inOneLine } from '../one-line.ts';
import { noticeText, type RealmNotice } from '../realm-notices.ts';
import { remedyLine } from '../remedy-line.ts';
import { text, texts, wholeWords } from './limits.ts';
import { accountResource, keyResource } from './resource.ts';

const SCHEMA_VERSION = '2018-10-08';

const LABELS: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

const TYPE = 'Software and Configuration Checks/AWS Security Best Practices';

/** One finding as Security Hub takes it. */
export type AsffFinding = Readonly<Record<string, unknown>>;

/** A finding's record; none where the key is in no account. */
export function* findingRecord(detailed: DetailedFinding, report: Report): Iterable<AsffFinding> {
  const realm = realmOf(detailed.finding);
  if (realm === undefined) return;
  const { finding, rule } = detailed;
  const url = pageOf(rule);
  yield {
    ...head(realm, report, { id: finding.fingerprint, generator: finding.rule, severity: finding.severity }),
    Title: text('title', rule?.title ?? finding.rule),
    Description: text('description', inOneLine(finding.message)),
    Remediation: {
      Recommendation: {
        Text: wholeWords('remediation', remedyLine(finding)),
        ...(url === undefined ? {} : { Url: text('productField', url) }),
      },
    },
    ProductFields: productFields(detailed),
    Resources: [keyResource(detailed, realm)],
    Compliance: { Status: 'FAILED' },
    RecordState: finding.status === 'suppressed' ? 'ARCHIVED' : 'ACTIVE',
  };
}

const TITLES: Readonly<Record<RealmNotice['covered'], string>> = {
  complete: 'keydrift covered all that it was asked to',
  accepted: 'keydrift covered all but accepted gaps: no finding is no proof of those',
  incomplete: 'keydrift could not see everything: no finding is no proof here',
};

/** What somebody accepts not to see is not proved to be well (Security Hub user guide, Compliance). */
const COMPLIANCE: Readonly<Record<RealmNotice['covered'], string>> = {
  complete: 'PASSED',
  accepted: 'NOT_AVAILABLE',
  incomplete: 'WARNING',
};

/** Whether an account and Region was covered: no finding there means nothing unless it was. */
export function noticeRecord(notice: RealmNotice, report: Report): AsffFinding {
  const { realm, covered, open, accepted } = notice;
  const isIncomplete = covered === 'incomplete';
  const id = `coverage/${realm.partition}/${realm.account}/${realm.region}`;
  return {
    ...head(realm, report, { id, generator: 'coverage', severity: isIncomplete ? 'medium' : 'info' }),
    Title: TITLES[covered],
    Description: text('description', noticeText(notice)),
    ProductFields: texts('productField', { 'keydrift/Gaps': `${open}`, 'keydrift/AcceptedGaps': `${accepted}` }),
    Resources: [accountResource(realm)],
    Compliance: { Status: COMPLIANCE[covered] },
    RecordState: isIncomplete ? 'ACTIVE' : 'ARCHIVED',
  };
}

interface Named {
  readonly id: string;
  readonly generator: string;
  readonly severity: Severity;
}

/**
 * What every record begins with. Times are the scan's: an older report that is imported late changes nothing newer.
 * Severity and types stand in FindingProviderFields, where updates of them count (Security Hub user guide,
 * "BatchImportFindings for finding providers"). Workflow is left to people: this call cannot change it later, and a
 * record once SUPPRESSED would stay so when the suppression ends.
 */
function head({ partition, account, region }: Realm, { scan }: Report, { id, generator, severity }: Named) {
  return {
    SchemaVersion: SCHEMA_VERSION,
    Id: text('id', `keydrift/${id}`),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'keydrift',
    GeneratorId: text('id', `keydrift/${generator}`),
    AwsAccountId: account,
    Region: region,
    CreatedAt: scan.asOf,
    UpdatedAt: scan.asOf,
    FindingProviderFields: { Severity: { Label: LABELS[severity], Original: severity }, Types: [TYPE] },
  };
}

function productFields({ finding, key }: DetailedFinding): Record<string, string> {
  const { acceptance, lapsed, location, evidence } = finding;
  return texts('productField', {
    'keydrift/Status': countedAs(finding),
    'keydrift/Accepted': whyAccepted(finding),
    'keydrift/AcceptedUntil': acceptance?.expires,
    'keydrift/Lapsed': lapsed === undefined ? undefined : lapsedText(lapsed),
    'keydrift/OutsideChange': finding.outsideChange === true ? 'true' : undefined,
    'keydrift/Attribute': finding.attribute,
    'keydrift/Standing': key?.standing,
    'keydrift/Aliases': key?.aliases.join(', '),
    'keydrift/Addresses': key === undefined ? undefined : addressesOf(key).join(', '),
    'keydrift/CreatedBy': key?.created?.principal ?? key?.created?.invokedBy,
    'keydrift/CreatedVia': key?.created?.via,
    'keydrift/Location': `${location.path}:${location.line}`,
    'keydrift/Evidence': evidence.map(({ witness, text: said }) => `${witness}: ${said}`).join('; '),
  });
}
