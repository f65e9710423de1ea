import { type Gap, gapsOf, isOutsideGap, isUnanswered } from '../../../model/gaps.ts';
import type { Report } from '../../../model/report.ts';
import { acceptanceText } from '../../acceptance-words.ts';
import { questionText } from '../../gap-words.ts';
import { digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';

/** Places and reasons named of one gap; the JSON report has all. */
const NAMED = 20;

const NOTHING = 'Nothing: every source that was asked answered in full.';
const NOTHING_ELSE =
  'Nothing but the accepted gaps below: what those would have said is unknown, and somebody answers for that.';
const NOTHING_HERE = 'Nothing that the change touches.';
const OUTSIDE = 'The change touches none of these roots: what these would have said does not count.';

/** What was asked and not answered in full: what counts first, then what somebody answers for. */
export function gapList(report: Report): Child {
  const gaps = gapsOf(report);
  const counting = gaps.filter(isUnanswered);
  const outside = gaps.filter(isOutsideGap);
  const answeredFor = gaps.filter(({ accepted }) => accepted !== undefined);
  const nothing = answeredFor.length > 0 ? NOTHING_ELSE : outside.length > 0 ? NOTHING_HERE : NOTHING;
  return [
    h('h3', {}, 'Not covered'),
    counting.length === 0
      ? h('p', {}, nothing)
      : [h('p', {}, 'What these would have said is unknown, not clean.'), list(counting)],
    outside.length === 0 ? null : [h('h3', {}, 'Not covered, outside the change'), h('p', {}, OUTSIDE), list(outside)],
    answeredFor.length === 0 ? null : [h('h3', {}, 'Accepted gaps'), list(answeredFor)],
  ];
}

const list = (gaps: readonly Gap[]): Element => h('ul', { class: 'gaps' }, gaps.map(gapItem));

function gapItem({ entry, locators, reasons, accepted, lapsed }: Gap): Element {
  const { status, permission } = entry;
  const state = accepted === undefined ? status : 'accepted';
  return h(
    'li',
    { class: state },
    h('p', { class: 'asked' }, h('span', { class: 'status' }, state), ' ', questionText(entry)),
    several(locators, 'locators'),
    several(reasons, 'reason'),
    permission === undefined ? null : h('p', { class: 'reason' }, 'needs ', h('code', {}, permission)),
    accepted === undefined ? null : answered('Answered for: ', acceptanceText(accepted)),
    lapsed === undefined ? null : answered(`No longer answered for, ${lapsed.because}: `, acceptanceText(lapsed)),
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
