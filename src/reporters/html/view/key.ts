import type { Finding, ReportKey } from '../../../model/report.ts';
import { nameOf } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import type { Setting } from '../rows.ts';
import { factList } from './facts.ts';
import { findingBodyOfKey } from './finding-of-key.ts';
import { SAYS, standingLabel } from './standing.ts';
import { witnessTable } from './witness-table.ts';

/** Everything of one key: how it stands and why, its findings, the four witnesses side by side, whose it is. */
export function keyView(key: ReportKey, findings: readonly Finding[], setting: Setting): Child {
  return [
    h('p', { class: 'stands' }, standingLabel(key.standing), ' ', SAYS[key.standing], reasonOf(key)),
    factList(key, findings[0], setting),
    unasked(key),
    h('h3', {}, findings.length === 0 ? 'No findings' : 'Findings'),
    findings.map((finding) => findingBodyOfKey(finding, setting)),
    h('h3', {}, 'Witnesses'),
    witnessTable(key, setting),
  ];
}

export const keyTitle = (key: ReportKey): string => nameOf(key);

const reasonOf = ({ reason }: ReportKey): Child => (reason === undefined ? null : ` ${reason}.`);

/** Facets that could not be asked, but for witnesses, which the table tells. */
function unasked({ unknown }: ReportKey): Element | null {
  const facets = Object.entries(unknown).filter(([name]) => !WITNESSES.includes(name));
  if (facets.length === 0) return null;
  return h(
    'ul',
    { class: 'notes' },
    facets.map(([name, reason]) => h('li', {}, `? ${name}: ${reason}`)),
  );
}

const WITNESSES: readonly string[] = ['created', 'configuration', 'state', 'live'];
