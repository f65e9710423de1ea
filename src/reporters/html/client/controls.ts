/// <reference lib="dom" />
import { control, element } from './data.ts';
import { CHOICES, type Shown, SORTS, unfiltered, VIEWS } from './state.ts';

/** Reads what is shown and asks for something else to be. */
export interface Showing {
  readonly now: () => Shown;
  readonly show: (shown: Shown) => void;
}

/** After the last key stroke, that the list does not jump while somebody types. */
const TYPING_MS = 150;

/** Makes filters, tabs, pages and their buttons do what they say. */
export function startControls({ now, show }: Showing): void {
  const change = (changed: Partial<Shown>): void => show({ ...now(), page: 1, finding: null, ...changed });
  for (const choice of CHOICES) {
    const select = control(`filter-${choice}`);
    select.addEventListener('change', () => change({ choice: { ...now().choice, [choice]: select.value } }));
  }
  const sort = control('filter-sort');
  sort.addEventListener('change', () => change({ sort: SORTS.find((each) => each === sort.value) ?? 'worst' }));
  startTyping(change);
  element('filters').addEventListener('submit', (event) => event.preventDefault());
  element('clear').addEventListener('click', () => {
    control('filter-q').value = '';
    show(unfiltered(now()));
  });
  onClick('[data-severity]', (chip) => {
    const severity = chip.getAttribute('data-severity') ?? '';
    const { severity: chosen } = now();
    change({
      severity: chosen.includes(severity) ? chosen.filter((each) => each !== severity) : [...chosen, severity],
    });
  });
  onClick('[data-page]', (button) => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    change({ page: Number(button.getAttribute('data-page')) });
    element('results-title').focus({ preventScroll: true });
    element('findings').scrollIntoView({ block: 'start' });
  });
  startTabs(change);
  element('expand').addEventListener('click', () => {
    for (const card of document.querySelectorAll('details.finding'))
      if (card instanceof HTMLDetailsElement) card.open = true;
  });
  for (const id of ['filters', 'views']) element(id).hidden = false;
}

function startTyping(change: (changed: Partial<Shown>) => void): void {
  const text = control('filter-q');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ text: text.value }), TYPING_MS);
  });
}

/** Arrow keys go from tab to tab, as screen readers expect (ARIA Authoring Practices, "Tabs Pattern"). */
function startTabs(change: (changed: Partial<Shown>) => void): void {
  const choose = (view: Shown['view']): void => {
    change({ view });
    element(`view-${view}`).focus();
  };
  onClick('[data-view]', (tab) => choose(VIEWS.find((view) => view === tab.getAttribute('data-view')) ?? 'findings'));
  element('views').addEventListener('keydown', ({ key, target }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const other = VIEWS.find((view) => target instanceof Element && view !== target.getAttribute('data-view'));
    if (other !== undefined) choose(other);
  });
}

function onClick(selector: string, act: (found: Element) => void): void {
  document.addEventListener('click', ({ target }) => {
    const found = target instanceof Element ? target.closest(selector) : null;
    if (found !== null) act(found);
  });
}
