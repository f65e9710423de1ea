/// <reference lib="dom" />
import { digits } from '../../words.ts';
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

/** On paper: a browser takes a minute for thousands in full, and gives up on tens of thousands. */
const IN_FULL = 200;
const PRINTED = 2_000;

/** The same for paper: the first with everything drawn, those that follow in short, and how many there are. */
export function findingsOnPaper(findings: readonly FindingItem[], data: Data): DocumentFragment {
  const sheet = document.createDocumentFragment();
  const list = findingList(findings.slice(0, PRINTED), data);
  for (const card of [...list.querySelectorAll('details.finding')].slice(0, IN_FULL)) {
    if (card instanceof HTMLDetailsElement) card.open = true;
    card.dispatchEvent(new Event('fill'));
  }
  if (findings.length > IN_FULL) append(sheet, h('p', {}, paperNote(findings.length)));
  sheet.appendChild(list);
  return sheet;
}

function paperNote(all: number): string {
  const start = `The ${digits(IN_FULL)} worst of ${digits(all)} in full`;
  if (all <= PRINTED) return `${start}, the others in short.`;
  return `${start}, ${digits(PRINTED - IN_FULL)} more in short; the page itself lists them all.`;
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
