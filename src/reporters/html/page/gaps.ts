import type { Report } from '../../../model/report.ts';
import { type GapGroup, gapGroups, isUnanswered } from '../../gap-groups.ts';
import { digits } from '../../table/words.ts';
import { type Child, type Element, h } from '../node.ts';
import { acceptanceText, lapsedText } from '../view/acceptance.ts';

/** Places and reasons named of one gap; the JSON report has all. */
const NAMED = 20;

/** What was asked and not answered in full: what counts first, then what somebody answers for. */
export function gapList(report: Report): Child {
  const gaps = gapGroups(report);
  const counting = gaps.filter(isUnanswered);
  const answeredFor = gaps.filter((gap) => !isUnanswered(gap));
  return [
    h('h3', {}, 'Not covered'),
    counting.length === 0
      ? h('p', {}, 'Nothing: every source that was asked answered in full.')
      : [h('p', {}, 'What these would have said is unknown, not clean.'), list(counting)],
    answeredFor.length === 0 ? null : [h('h3', {}, 'Accepted gaps'), list(answeredFor)],
  ];
}

const list = (gaps: readonly GapGroup[]): Element => h('ul', { class: 'gaps' }, gaps.map(gapItem));

function gapItem({ entry, locators, reasons, accepted, lapsed }: GapGroup): Element {
  const { source, operation, account, region, status, permission } = entry;
  const where = [source, operation, account, region].filter((part) => part !== undefined);
  const state = accepted === undefined ? status : 'accepted';
  return h(
    'li',
    { class: state },
    h('p', { class: 'asked' }, h('span', { class: 'status' }, state), ' ', where.join(' · ')),
    several(locators, 'locators'),
    several(reasons, 'reason'),
    permission === undefined ? null : h('p', { class: 'reason' }, 'needs ', h('code', {}, permission)),
    accepted === undefined ? null : answered('Answered for: ', acceptanceText(accepted)),
    lapsed === undefined ? null : answered('No longer answered for: ', lapsedText(lapsed)),
  );
}

const answered = (label: string, text: string): Element =>
  h('p', { class: 'acceptance' }, h('strong', {}, label), text);

function several(texts: readonly string[], className: string): Child {
  if (texts.length === 0) return null;
  const more = texts.length - NAMED;
  return h(
    'ul',
    { class: className },
    texts.slice(0, NAMED).map((text) => h('li', {}, text)),
    more > 0 ? h('li', {}, `and ${digits(more)} more, in the JSON report`) : null,
  );
}
