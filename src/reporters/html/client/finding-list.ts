/// <reference lib="dom" />
import { h } from '../node.ts';
import { type FindingLine, findingBody, findingCard, realmText } from '../view/finding.ts';
import { labels } from '../view/severity.ts';
import type { Data } from './data.ts';
import { append, drawn } from './dom.ts';
import type { FindingItem } from './items.ts';

/** The findings as cards whose insides are drawn when they are opened. */
export function findingList(findings: readonly FindingItem[], data: Data): HTMLElement {
  const list = drawn(h('ol', { class: 'cards' }));
  for (const finding of findings) list.appendChild(item(finding, data));
  return list;
}

/** The same with everything drawn, for paper. */
export function findingsInFull(findings: readonly FindingItem[], data: Data): HTMLElement {
  const list = findingList(findings, data);
  for (const card of list.querySelectorAll('details.finding')) if (card instanceof HTMLDetailsElement) card.open = true;
  return list;
}

function item(finding: FindingItem, data: Data): HTMLElement {
  const card = drawn(findingCard(lineOf(finding), cardId(finding), false, null));
  let isDrawn = false;
  const draw = (): void => {
    if (isDrawn) return;
    isDrawn = true;
    append(card, findingBody(data.findingAt(finding.at), data.keyAt(finding.key.at), data.contents.setting));
  };
  // `toggle` comes after the card is open; what reads it at once (print, a deep link) asks for it by this event.
  card.addEventListener('toggle', draw);
  card.addEventListener('fill', draw);
  const entry = drawn(h('li'));
  entry.appendChild(card);
  return entry;
}

export const cardId = ({ at }: FindingItem): string => `finding-${at}`;

const lineOf = ({ severity, rule, key, message, place, status, isLapsed }: FindingItem): FindingLine => ({
  ...{ severity, rule, message, place },
  name: key.name,
  where: realmText(key.account || null, key.region || null),
  labels: labels({ status, isLapsed }),
});
