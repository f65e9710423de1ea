import type { Finding } from '../../../model/report.ts';
import { placeText } from '../../words.ts';
import { type Element, h } from '../node.ts';
import type { Setting } from '../rows.ts';
import { acceptanceOf } from './acceptance.ts';
import { remedy } from './remedy.ts';
import { countingOf, labels, severityLabel } from './severity.ts';
import { whyOf } from './why.ts';

/** A finding where its key is shown in full already. */
export function findingBodyOfKey(finding: Finding, setting: Setting): Element {
  const why = whyOf(finding.rule, setting);
  return h(
    'article',
    { class: 'finding-of-key' },
    h(
      'h4',
      {},
      severityLabel(finding.severity),
      ' ',
      h('span', { class: 'rule' }, finding.rule),
      labels(countingOf(finding)),
      ' ',
      h('span', { class: 'place' }, placeText(finding.location)),
    ),
    h('p', {}, finding.message.trim()),
    acceptanceOf(finding),
    remedy(finding.remediation),
    why === null ? null : h('details', { class: 'long' }, h('summary', {}, 'Why it matters'), why),
  );
}
