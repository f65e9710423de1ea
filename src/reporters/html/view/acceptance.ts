import type { Acceptance, Lapsed } from '../../../model/acceptance.ts';
import type { Finding } from '../../../model/report.ts';
import { placeText } from '../../table/words.ts';
import { type Child, h } from '../node.ts';

/** Who answers for it, why, until when, and where that is written. */
export function acceptanceText({ by, reason, owner, expires, place }: Acceptance): string {
  const until = expires === undefined ? 'without an end' : `until ${expires}`;
  const who = owner === undefined ? '' : `, ${owner}`;
  return `${reason} (${by}${who}, ${until}, ${placeText(place)})`;
}

/** Who did, and why that no longer counts. */
export const lapsedText = (lapsed: Lapsed): string => `${lapsed.because}. It was: ${acceptanceText(lapsed)}`;

/** That somebody answers for a finding, or did. */
export function acceptanceOf({ status, acceptance, lapsed, justification }: Finding): Child {
  if (lapsed !== undefined) {
    return h('p', { class: 'acceptance' }, h('strong', {}, 'No longer accepted: '), lapsedText(lapsed));
  }
  const why = acceptance === undefined ? justification : acceptanceText(acceptance);
  if (status === 'open' || why === undefined) return null;
  return h('p', { class: 'acceptance' }, h('strong', {}, `${status}: `), why);
}
