import type { Finding, Report } from '../../../model/report.ts';
import { SEVERITIES } from '../../../model/rule.ts';
import { digits } from '../../words.ts';
import { isOpen, worstFirst } from '../../worst-first.ts';
import { type Child, type Element, h } from '../node.ts';
import type { Setting } from '../rows.ts';
import { findingBody, findingCard, findingLine } from '../view/finding.ts';

/** Findings drawn in the file itself, for whoever opens it without scripts. */
const DRAWN = 50;

/** Findings and keys with their filters, which wait for the script; until then the worst findings. */
export const results = (report: Report, setting: Setting): Element =>
  h(
    'section',
    { id: 'findings', 'aria-labelledby': 'results-title' },
    h('h2', { id: 'results-title', tabindex: -1 }, 'Findings and keys'),
    tabs(),
    filters(),
    h('p', { id: 'count', role: 'status', 'aria-live': 'polite' }),
    h('div', { id: 'list' }, worst(report, setting)),
    h('nav', { id: 'pages', 'aria-label': 'Pages of the list', hidden: true }),
  );

const tabs = (): Element =>
  h('div', { id: 'views', role: 'tablist', 'aria-label': 'What to list', hidden: true }, tab('findings'), tab('keys'));

const tab = (view: string): Element =>
  h('button', {
    type: 'button',
    role: 'tab',
    id: `view-${view}`,
    'data-view': view,
    'aria-controls': 'list',
    'aria-selected': 'false',
  });

const filters = (): Element =>
  h(
    'form',
    { id: 'filters', role: 'search', 'aria-label': 'Filter the list', hidden: true },
    field(
      'q',
      'Search',
      h('input', {
        id: 'filter-q',
        type: 'search',
        autocomplete: 'off',
        spellcheck: 'false',
        placeholder: 'alias, ARN, address, file, principal, text',
      }),
    ),
    h(
      'div',
      { class: 'chips of-findings', role: 'group', 'aria-label': 'Severity' },
      SEVERITIES.map((severity) =>
        h('button', { type: 'button', class: `chip ${severity}`, 'data-severity': severity, 'aria-pressed': 'false' }),
      ),
    ),
    field('rule', 'Rule', select('rule'), 'of-findings'),
    field('status', 'Status', select('status'), 'of-findings'),
    field('account', 'Account', select('account')),
    field('region', 'Region', select('region')),
    field('standing', 'Standing', select('standing')),
    field('sort', 'Sort by', select('sort'), 'of-keys'),
    h('button', { type: 'button', id: 'clear' }, 'Clear filters'),
    h('button', { type: 'button', id: 'expand', class: 'of-findings' }, 'Open all on this page'),
  );

const select = (name: string): Element => h('select', { id: `filter-${name}`, autocomplete: 'off' });

const field = (name: string, label: string, control: Element, className = ''): Element =>
  h('div', { class: `field for-${name} ${className}`.trim() }, h('label', { for: `filter-${name}` }, label), control);

function worst(report: Report, setting: Setting): Child {
  const open = worstFirst(report.findings).filter(isOpen);
  const drawn = open.slice(0, DRAWN);
  const wanted = new Set(drawn.map(({ key }) => key));
  const keys = new Map(report.keys.filter(({ id }) => wanted.has(id)).map((key) => [key.id, key]));
  const card = (finding: Finding): Child => {
    const key = keys.get(finding.key);
    if (key === undefined) throw new Error(`a finding of ${finding.rule} names a key that the report does not hold`);
    return findingCard(findingLine(finding, key), undefined, true, findingBody(finding, key, setting));
  };
  return [
    open.length === 0 ? h('p', { class: 'nothing' }, 'No open finding.') : null,
    h(
      'ol',
      { class: 'cards' },
      drawn.map((finding) => h('li', {}, card(finding))),
    ),
    open.length <= DRAWN
      ? null
      : h(
          'p',
          {},
          `The ${digits(DRAWN)} worst of ${digits(open.length)}; with scripts the page lists and filters them all.`,
        ),
  ];
}
