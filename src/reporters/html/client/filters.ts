/// <reference lib="dom" />
import { digits } from '../../words.ts';
import { h } from '../node.ts';
import type { Contents } from '../rows.ts';
import { control, element } from './data.ts';
import { append, draw } from './dom.ts';
import { type Filtered, NOT_CREATED, nameOfNone } from './filter.ts';
import { ANY_STATUS, CHOICES, type Choice, type Shown, SORTS } from './state.ts';

const SORT_NAMES: Readonly<Record<Shown['sort'], string>> = {
  worst: 'worst finding',
  name: 'name',
  newest: 'newest first',
};

/** What can be chosen from, by filter. */
type Options = Readonly<Record<Choice, readonly string[]>>;

const optionsOf = ({ rules, statuses, accounts, regions, standings }: Contents): Options => ({
  rule: rules,
  status: statuses,
  account: accounts.map(nameOfNone),
  region: regions.map(nameOfNone),
  standing: standings,
});

/** Shows the filters as they are chosen, and what each value would leave. */
export function showFilters(shown: Shown, contents: Contents, counts: Filtered<unknown>['counts']): void {
  const options = optionsOf(contents);
  for (const choice of CHOICES) showChoice(choice, shown, options[choice], counts[choice]);
  showSort(shown);
  for (const chip of document.querySelectorAll('[data-severity]')) {
    const severity = chip.getAttribute('data-severity') ?? '';
    chip.setAttribute('aria-pressed', String(shown.severity.includes(severity)));
    const number = digits(counts.severity.get(severity) ?? 0);
    draw(chip, [severity, ' ', h('span', { class: 'number' }, number)]);
  }
  const text = control('filter-q');
  // What is being typed is ahead of the address.
  if (document.activeElement !== text) text.value = shown.text;
  element('filters').className = `view-${shown.view}`;
}

function showChoice(
  choice: Choice,
  { choice: chosen }: Shown,
  options: readonly string[],
  counts: ReadonlyMap<string, number>,
): void {
  const all = [...counts.values()].reduce((sum, number) => sum + number, 0);
  const value = chosen[choice];
  const named = options.filter((name) => name === value || (counts.get(name) ?? 0) > 0);
  const unheardOf = value === '' || value === ANY_STATUS || options.includes(value) ? [] : [value];
  const select = control(`filter-${choice}`);
  draw(select, [
    h('option', { value: choice === 'status' ? ANY_STATUS : '' }, `all (${digits(all)})`),
    [...named, ...unheardOf].map((name) =>
      h('option', { value: name }, `${name === NOT_CREATED ? 'not created' : name} (${digits(counts.get(name) ?? 0)})`),
    ),
  ]);
  select.value = value;
}

function showSort({ sort }: Shown): void {
  const select = control('filter-sort');
  if (select.childElementCount === 0) {
    for (const each of SORTS) append(select, h('option', { value: each }, SORT_NAMES[each]));
  }
  select.value = sort;
}
