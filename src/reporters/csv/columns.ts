import { WITNESSES, type Witness } from '../../model/key-record.ts';
import type { Finding, ReportKey } from '../../model/report.ts';
import { addressesOf } from '../detailed-finding.ts';
import { inOneLine } from '../one-line.ts';
import { remedyLine } from '../remedy-line.ts';

/** A key with one of its findings, or without any. */
export interface CsvRow {
  readonly key: ReportKey | undefined;
  readonly finding: Finding | undefined;
  /** The rule's title. */
  readonly title: string | undefined;
}

interface CsvColumn {
  readonly name: string;
  readonly value: (row: CsvRow) => string | null | undefined;
}

const ofFinding =
  (value: (finding: Finding) => string | undefined): CsvColumn['value'] =>
  ({ finding }) =>
    finding && value(finding);

const ofKey =
  (value: (key: ReportKey) => string | null | undefined): CsvColumn['value'] =>
  ({ key }) =>
    key && value(key);

/** Of one finding with an attribute: what a witness said of it, whichever others it differs from. */
const said = (witness: Witness): CsvColumn => ({
  name: `${witness}_value`,
  value: ({ key, finding }) => {
    const differences = key?.differences.filter(({ attribute }) => attribute === finding?.attribute) ?? [];
    return list(differences.map((difference) => valueText(difference[witness])).filter((text) => text !== ''));
  },
});

/** Nothing where the witness does not say, `(none)` where it says that there is none. */
function valueText(value: unknown): string {
  if (value === undefined) return '';
  if (value === null || value === '') return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const list = (values: readonly string[]): string => [...new Set(values)].join('; ');

/** The columns, in their order. Times are ISO 8601 in UTC. A list has `; ` between its entries. */
export const CSV_COLUMNS: readonly CsvColumn[] = [
  /** critical, high, medium, low or info; empty, with the columns to `message`, for a key without a finding. */
  { name: 'severity', value: ofFinding(({ severity }) => severity) },
  /** open, baselined or suppressed. */
  { name: 'status', value: ofFinding(({ status }) => status) },
  { name: 'rule', value: ofFinding(({ rule }) => rule) },
  { name: 'title', value: ({ title }) => title },
  { name: 'message', value: ofFinding(({ message }) => inOneLine(message)) },
  { name: 'account', value: ofKey(({ account }) => account) },
  { name: 'region', value: ofKey(({ region }) => region) },
  { name: 'key_id', value: ofKey(({ keyId }) => keyId) },
  /** A spreadsheet may show an account id as a number, and drop its leading zeros: the ARN keeps them. */
  { name: 'arn', value: ({ key, finding }) => finding?.arn ?? key?.arn },
  { name: 'aliases', value: ofKey(({ aliases }) => list(aliases)) },
  { name: 'standing', value: ofKey(({ standing }) => standing) },
  /** Why it stands so. */
  { name: 'reason', value: ofKey(({ reason }) => reason) },
  /** Terraform's, by configuration, state and plans. */
  { name: 'addresses', value: ofKey((key) => list(addressesOf(key))) },
  { name: 'states', value: ofKey(({ state }) => list(state.map(({ source }) => source))) },
  /** Who else has it. */
  { name: 'owners', value: ofKey(({ owners = [] }) => list(owners.map(({ name }) => name))) },
  { name: 'created_at', value: ofKey(({ createdAt }) => createdAt) },
  { name: 'created_by', value: ofKey(({ created }) => created?.principal ?? created?.invokedBy) },
  { name: 'created_via', value: ofKey(({ created }) => created?.via) },
  { name: 'key_state', value: ofKey(({ live }) => live?.keyState) },
  { name: 'deletion_date', value: ofKey(({ live }) => live?.deletionDate) },
  /** The attribute that a finding is about, and what each witness says of it. */
  { name: 'attribute', value: ofFinding(({ attribute }) => attribute) },
  ...WITNESSES.map(said),
  { name: 'path', value: ofFinding(({ location }) => location.path) },
  { name: 'line', value: ofFinding(({ location }) => `${location.line}`) },
  { name: 'remediation', value: ofFinding(remedyLine) },
  /** Why somebody answers for the finding, who, and the last day of it. */
  {
    name: 'accepted_reason',
    value: ofFinding(({ acceptance, justification }) => acceptance?.reason ?? justification),
  },
  { name: 'accepted_by', value: ofFinding(({ acceptance }) => acceptance?.by) },
  { name: 'accepted_owner', value: ofFinding(({ acceptance }) => acceptance?.owner) },
  { name: 'accepted_until', value: ofFinding(({ acceptance }) => acceptance?.expires) },
  /** Why somebody's answer for it no longer holds. */
  { name: 'lapsed', value: ofFinding(({ lapsed }) => lapsed?.because) },
  /** `no` where it is no part of the change that was asked about. */
  { name: 'in_change', value: ofFinding(({ outsideChange }) => (outsideChange === true ? 'no' : '')) },
  { name: 'fingerprint', value: ofFinding(({ fingerprint }) => fingerprint) },
];
