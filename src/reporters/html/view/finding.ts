import type { Finding, ReportKey } from '../../../model/report.ts';
import { nameOf, placeText } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import { findingLink, keyLink, type Setting } from '../rows.ts';
import { acceptanceOf } from './acceptance.ts';
import { factList } from './facts.ts';
import { remedy } from './remedy.ts';
import { countingOf, labels, severityLabel } from './severity.ts';
import { whyOf } from './why.ts';
import { differingTable } from './witness-table.ts';

/** What the line of a finding shows. */
export interface FindingLine {
  readonly severity: string;
  readonly rule: string;
  readonly name: string;
  readonly where: string;
  readonly message: string;
  readonly place: string;
  readonly labels: Child;
}

/** A finding to be opened; `body` is drawn when it is. */
export const findingCard = (line: FindingLine, id: string | undefined, open: boolean, body: Child): Element =>
  h(
    'details',
    { class: 'finding', id, open },
    h(
      'summary',
      {},
      severityLabel(line.severity),
      h('h3', {}, h('span', { class: 'name' }, line.name), ' ', h('span', { class: 'rule' }, line.rule), line.labels),
      h('span', { class: 'message' }, line.message),
      h('span', { class: 'where' }, h('span', {}, line.where), ' ', h('span', { class: 'place' }, line.place)),
    ),
    body,
  );

export const findingLine = (finding: Finding, key: ReportKey): FindingLine => ({
  severity: finding.severity,
  rule: finding.rule,
  name: nameOf(key),
  where: realmText(key.account, key.region),
  message: finding.message.trim(),
  place: placeText(finding.location),
  labels: labels(countingOf(finding)),
});

/** Account and Region; a key that is not made yet has none. */
export const realmText = (account: string | null, region: string | null): string =>
  account === null && region === null ? 'not created' : [region, account].filter((part) => part !== null).join(' · ');

/** All that is said of a finding: what differs, where and who, why it matters, what to do. */
export function findingBody(finding: Finding, key: ReportKey, setting: Setting): Element {
  const why = whyOf(finding.rule, setting);
  return h(
    'div',
    { class: 'body' },
    acceptanceOf(finding),
    differingTable(key, setting),
    why === null ? null : part('Why it matters', why),
    part('What to do', remedy(finding.remediation)),
    part('Where and who', factList(key, finding, setting)),
    finding.evidence.length === 0 ? null : part('What the witnesses said', evidence(finding)),
    h(
      'p',
      { class: 'links' },
      h('a', { href: keyLink(key) }, 'This key in full'),
      ' ',
      h('a', { href: findingLink(finding) }, 'Link to this finding'),
    ),
  );
}

const part = (title: string, content: Child): Element =>
  h('section', { class: 'part-of' }, h('h4', {}, title), content);

const evidence = ({ evidence }: Finding): Element =>
  h(
    'ul',
    { class: 'evidence' },
    evidence.map(({ witness, text }) => h('li', {}, h('b', {}, witness), ' ', text)),
  );
