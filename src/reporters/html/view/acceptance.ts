import type { Finding } from '../../../model/report.ts';
import { acceptanceText, whyAccepted } from '../../acceptance-words.ts';
import { type Child, h } from '../node.ts';

/** That somebody answers for a finding, or did. */
export function acceptanceOf(finding: Finding): Child {
  const { status, lapsed } = finding;
  if (lapsed !== undefined) {
    const label = h('strong', {}, `No longer accepted, ${lapsed.because}: `);
    return h('p', { class: 'acceptance' }, label, acceptanceText(lapsed));
  }
  const why = whyAccepted(finding);
  if (status === 'open' || why === undefined) return null;
  return h('p', { class: 'acceptance' }, h('strong', {}, `${status}: `), why);
}
