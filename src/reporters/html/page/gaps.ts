import type { Acceptance } from '../../../model/acceptance.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Report } from '../../../model/report.ts';
import { digits } from '../../table/words.ts';
import { type Child, type Element, h } from '../node.ts';
import { acceptanceText } from '../view/acceptance.ts';

type Entry = Report['coverage'][number];

/** Locators named of one gap; the JSON report has all. */
const NAMED = 20;

/** What was asked and not answered in full: what counts first, then what somebody answers for. */
export function gapList({ coverage }: Report): Child {
  const gaps = coverage.filter(({ status }) => status !== 'complete');
  const counting = gaps.filter(({ accepted }) => accepted === undefined);
  const answeredFor = gaps.filter(({ accepted }) => accepted !== undefined);
  return [
    h('h3', {}, 'Not covered'),
    counting.length === 0
      ? h('p', {}, 'Nothing: every source that was asked answered in full.')
      : [h('p', {}, 'What these would have said is unknown, not clean.'), list(counting)],
    answeredFor.length === 0 ? null : [h('h3', {}, 'Accepted gaps'), list(answeredFor)],
  ];
}

/** Of single keys or places those that lack it for the same reason are one. */
function list(entries: readonly Entry[]): Element {
  const alike = grouped(entries, ({ locator: _locator, readAt: _readAt, state: _state, ...same }) => JSON.stringify(same));
  return h('ul', { class: 'gaps' }, [...alike.values()].map(gap));
}

function gap(entries: readonly [Entry, ...Entry[]]): Element {
  const [{ source, operation, account, region, status, reason, permission, accepted, lapsed }] = entries;
  const where = [source, operation, account, region].filter((part) => part !== undefined);
  const locators = entries.flatMap(({ locator }) => locator ?? []);
  return h(
    'li',
    { class: accepted === undefined ? status : 'accepted' },
    h('p', {}, h('span', { class: 'status' }, accepted === undefined ? status : `${status}, accepted`), ' ', where.join('  ')),
    locators.length === 0 ? null : placesList(locators),
    h('p', { class: 'reason' }, reason ?? (status === 'failed' ? 'no answer' : 'answered in part')),
    permission === undefined ? null : h('p', { class: 'reason' }, 'needs ', h('code', {}, permission)),
    answered('Answered for: ', accepted),
    answered('No longer answered for: ', lapsed),
  );
}

const answered = (label: string, acceptance: Acceptance | undefined): Child =>
  acceptance === undefined ? null : h('p', { class: 'acceptance' }, h('strong', {}, label), acceptanceText(acceptance));

const placesList = (locators: readonly string[]): Element =>
  h(
    'ul',
    { class: 'locators' },
    locators.slice(0, NAMED).map((locator) => h('li', {}, locator)),
    locators.length > NAMED ? h('li', {}, `and ${digits(locators.length - NAMED)} more, in the JSON report`) : null,
  );
