import { type CountedAs, countedAs } from '../../model/finding-status.ts';
import type { Realm } from '../../model/key-arn.ts';
import type { Finding, Report } from '../../model/report.ts';
import type { Severity } from '../../model/rule.ts';
import { toEpochMs } from '../../model/time.ts';
import { lapsedText, whyAccepted } from '../acceptance-words.ts';
import { type DetailedFinding, pageOf, realmOf } from '../detailed-finding.ts';
import { inOneLine } from '../one-line.ts';
import { plainText } from '../plain-text.ts';
import { noticeText, type RealmNotice } from '../realm-notices.ts';
import { remedyLine } from '../remedy-line.ts';
import { accountResource, keyResource } from './resource.ts';

const VERSION = '1.8.0';
const CLASS = 2003;
/** Create: a report does not know what was found before. */
const ACTIVITY = 1;

interface Enumerated {
  readonly id: number;
  readonly caption: string;
}

const SEVERITY: Readonly<Record<Severity, Enumerated>> = {
  info: { id: 1, caption: 'Informational' },
  low: { id: 2, caption: 'Low' },
  medium: { id: 3, caption: 'Medium' },
  high: { id: 4, caption: 'High' },
  critical: { id: 5, caption: 'Critical' },
};

/** Other, with a caption of its own, for what is no part of the change, and for what is known and that nobody has decided on. */
const STATUS: Readonly<Record<CountedAs, Enumerated>> = {
  open: { id: 1, caption: 'New' },
  'outside-change': { id: 99, caption: 'Outside change' },
  baselined: { id: 99, caption: 'Baselined' },
  suppressed: { id: 3, caption: 'Suppressed' },
};
const RESOLVED: Enumerated = { id: 4, caption: 'Resolved' };

const PASS: Enumerated = { id: 1, caption: 'Pass' };
const WARNING: Enumerated = { id: 2, caption: 'Warning' };
const FAIL: Enumerated = { id: 3, caption: 'Fail' };

/** Other, with a caption of its own: what somebody accepts not to see is not proved to be well. */
const NOT_SEEN: Enumerated = { id: 99, caption: 'Accepted' };

const COVERED: Readonly<
  Record<RealmNotice['covered'], { readonly status: Enumerated; readonly compliance: Enumerated }>
> = {
  complete: { status: RESOLVED, compliance: PASS },
  accepted: { status: STATUS.suppressed, compliance: NOT_SEEN },
  incomplete: { status: STATUS.open, compliance: WARNING },
};

/** One line of the format. */
export type OcsfEvent = Readonly<Record<string, unknown>>;

/** A finding as a compliance finding. */
export function findingEvent(detailed: DetailedFinding, report: Report): OcsfEvent {
  const { finding, rule } = detailed;
  const realm = realmOf(finding);
  const title = plainText(rule?.title ?? finding.rule);
  const page = pageOf(rule);
  return {
    ...head(report, realm, { severity: SEVERITY[finding.severity], status: STATUS[countedAs(finding)] }),
    message: plainText(inOneLine(finding.message)),
    finding_info: {
      uid: plainText(finding.fingerprint),
      title,
      desc: plainText(inOneLine(finding.message)),
      types: ['KMS key accounting'],
      analytic: { type_id: 1, type: 'Rule', uid: plainText(finding.rule), name: title },
    },
    compliance: {
      control: plainText(finding.rule),
      ...(rule === undefined ? {} : { desc: plainText(inOneLine(rule.help)) }),
      ...statusOf(FAIL),
      status_details: finding.evidence.map(({ witness, text }) => plainText(`${witness}: ${text}`)),
    },
    remediation: {
      desc: plainText(remedyLine(finding)),
      ...(page === undefined ? {} : { references: [page] }),
    },
    resources: [keyResource(detailed, realm)],
    ...commentOf(finding),
    unmapped: unmappedOf(detailed),
  };
}

/** Whether an account and Region was covered, as a compliance finding about the account. */
export function noticeEvent(notice: RealmNotice, report: Report): OcsfEvent {
  const { realm, covered, open, accepted } = notice;
  const { status, compliance } = COVERED[covered];
  const message = plainText(noticeText(notice));
  return {
    ...head(report, realm, {
      severity: covered === 'incomplete' ? SEVERITY.medium : SEVERITY.info,
      status,
    }),
    message,
    finding_info: {
      uid: plainText(`coverage/${realm.partition}/${realm.account}/${realm.region}`),
      title: 'Coverage of this account and Region',
      desc: message,
      types: ['KMS key accounting'],
    },
    compliance: {
      control: 'coverage',
      ...statusOf(compliance),
    },
    resources: [accountResource(realm)],
    unmapped: { gaps: open, accepted_gaps: accepted },
  };
}

interface Head {
  readonly severity: Enumerated;
  readonly status: Enumerated;
}

function head({ scan, tool }: Report, realm: Realm | undefined, { severity, status }: Head) {
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    activity_id: ACTIVITY,
    activity_name: 'Create',
    type_uid: CLASS * 100 + ACTIVITY,
    type_name: 'Compliance Finding: Create',
    time: toEpochMs(scan.asOf),
    timezone_offset: 0,
    severity_id: severity.id,
    severity: severity.caption,
    ...statusOf(status),
    metadata: {
      version: VERSION,
      product: { name: plainText(tool.name), vendor_name: 'keydrift', version: plainText(tool.version) },
      profiles: ['cloud'],
      original_time: scan.finishedAt,
    },
    cloud: {
      provider: 'AWS',
      ...(realm === undefined ? {} : cloudOf(realm)),
    },
  };
}

const cloudOf = ({ partition, account, region }: Realm) => ({
  account: { uid: plainText(account), type_id: 10, type: 'AWS Account' },
  cloud_partition: plainText(partition),
  region: plainText(region),
});

const statusOf = ({ id, caption }: Enumerated) => ({ status_id: id, status: caption });

const commentOf = (finding: Finding): { comment?: string } => {
  const comment = whyAccepted(finding);
  return comment === undefined ? {} : { comment: plainText(comment) };
};

const unmappedOf = ({ finding, key }: DetailedFinding) => ({
  ...(key === undefined ? {} : { standing: key.standing }),
  ...(finding.attribute === undefined ? {} : { attribute: finding.attribute }),
  ...(finding.lapsed === undefined ? {} : { lapsed: plainText(lapsedText(finding.lapsed)) }),
  ...(finding.outsideChange === undefined ? {} : { outside_change: true }),
  location: { path: plainText(finding.location.path), line: finding.location.line },
});
