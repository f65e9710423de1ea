import type { Finding, ReportKey } from '../../../model/report.ts';
import { factsOf } from '../../table/facts.ts';
import { type Child, type Element, h } from '../node.ts';
import type { Setting } from '../rows.ts';

/** Which key it is, who made it and where each witness has it: a label and its parts each. */
export function factList(key: ReportKey, lead: Finding | undefined, setting: Setting): Element {
  const rows = factsOf(key, lead, setting).filter(([, parts]) => parts.length > 0);
  return h(
    'dl',
    { class: 'facts' },
    row('key', [key.id]),
    rows.map(([label, parts]) => row(label, parts)),
  );
}

const row = (label: string, parts: readonly string[]): Child =>
  h(
    'div',
    {},
    h('dt', {}, label),
    h(
      'dd',
      {},
      parts.map((part) => [h('span', { class: 'part' }, part), ' ']),
    ),
  );
