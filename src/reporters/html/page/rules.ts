import { counts } from '../../../model/counting.ts';
import { grouped } from '../../../model/grouped.ts';
import { by, inTurn } from '../../../model/order.ts';
import type { Finding, Report, RuleResult } from '../../../model/report.ts';
import { severityRank } from '../../../model/rule.ts';
import { count, digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import { inLink } from '../rows.ts';
import { severityLabel } from '../view/severity.ts';

/** Every rule: what it found, how many keys it judged, and why it could not judge the others. */
export function rules({ rules: results, findings }: Report): Element {
  const found = grouped(findings.filter(counts), ({ rule }) => rule);
  const sorted = results.toSorted(
    inTurn<RuleResult>(
      (a, b) => severityRank(a.severity) - severityRank(b.severity),
      by(({ id }) => id),
    ),
  );
  return h(
    'section',
    { id: 'rules', 'aria-labelledby': 'rules-title' },
    h('h2', { id: 'rules-title', tabindex: -1 }, 'Rules'),
    sorted.length === 0 ? h('p', {}, 'No rule judged anything.') : table(sorted, found),
  );
}

const table = (results: readonly RuleResult[], found: ReadonlyMap<string, readonly Finding[]>): Element =>
  h(
    'div',
    { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': 'What each rule judged' },
    h(
      'table',
      { class: 'rules' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          HEADS.map((head) => h('th', { scope: 'col' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        results.map((rule) => row(rule, found.get(rule.id)?.length ?? 0)),
      ),
    ),
  );

const HEADS = ['severity', 'rule', 'open findings', 'keys judged', 'not judged'];

const row = (rule: RuleResult, open: number): Element =>
  h(
    'tr',
    { class: open === 0 ? undefined : 'found' },
    h('td', {}, severityLabel(rule.severity)),
    h('td', {}, h('span', { class: 'rule' }, rule.id), h('span', { class: 'message' }, rule.title)),
    h('td', {}, open === 0 ? '0' : h('a', { href: `#view=findings&rule=${inLink(rule.id)}` }, digits(open))),
    h('td', {}, digits(rule.evaluated)),
    h('td', {}, rule.notEvaluated === 0 ? '0' : reasons(rule)),
  );

const reasons = ({ notEvaluated, reasons: why }: RuleResult): Child => [
  digits(notEvaluated),
  h(
    'ul',
    { class: 'reasons' },
    why.map(({ reason, keys }) => h('li', {}, `${count(keys, 'key')}: ${reason}`)),
  ),
];
