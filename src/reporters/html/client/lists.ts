/// <reference lib="dom" />
import { count, digits } from '../../words.ts';
import { h } from '../node.ts';
import { type Data, element } from './data.ts';
import { draw } from './dom.ts';
import { type Filtered, filteredFindings, filteredKeys, sortedKeys } from './filter.ts';
import { showFilters } from './filters.ts';
import { findingList } from './finding-list.ts';
import { keyList } from './key-list.ts';
import { PAGE, pagesOf, showPages } from './pages.ts';
import { type Shown, VIEWS } from './state.ts';

/** Draws the list that is shown, its filters with their counts, and says how much it is. Gives what passed the filters. */
export function showLists(shown: Shown, data: Data): void {
  const findings = filteredFindings(data.items.findings, shown);
  const keys = filteredKeys(data.items.keys, shown);
  showTabs(shown, findings, keys);
  if (shown.view === 'findings') {
    showFilters(shown, data.contents, findings.counts);
    showPart(shown, findings.items, data.items.findings.length, 'finding', (part) => findingList(part, data));
  } else {
    showFilters(shown, data.contents, keys.counts);
    showPart(shown, sortedKeys(keys.items, shown.sort), data.items.keys.length, 'key', keyList);
  }
}

function showPart<T>(
  { page: wanted }: Shown,
  items: readonly T[],
  all: number,
  noun: string,
  listOf: (part: readonly T[]) => HTMLElement,
): void {
  const pages = pagesOf(items.length);
  const page = Math.min(wanted, pages);
  const from = (page - 1) * PAGE;
  const list = element('list');
  if (items.length === 0)
    draw(
      list,
      h('p', { class: 'nothing' }, all === 0 ? `The report has no ${noun}s.` : `No ${noun} passes these filters.`),
    );
  else list.replaceChildren(listOf(items.slice(from, from + PAGE)));
  const which = pages === 1 ? '' : `, ${digits(from + 1)} to ${digits(Math.min(from + PAGE, items.length))} shown`;
  element('count').textContent = `${digits(items.length)} of ${count(all, noun)}${which}`;
  showPages(page, pages);
}

function showTabs({ view }: Shown, findings: Filtered<unknown>, keys: Filtered<unknown>): void {
  const numbers = { findings: findings.items.length, keys: keys.items.length };
  for (const each of VIEWS) {
    const tab = element(`view-${each}`);
    const isShown = each === view;
    tab.setAttribute('aria-selected', String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    draw(tab, [each === 'keys' ? 'Keys' : 'Findings', ' ', h('span', { class: 'number' }, digits(numbers[each]))]);
    if (isShown) element('list').setAttribute('aria-labelledby', tab.id);
  }
  element('list').setAttribute('role', 'tabpanel');
}
