import type { Report } from '../../../model/report.ts';
import { count, digits, placeText } from '../../words.ts';
import { type Child, h } from '../node.ts';

/** Notes shown; the JSON report has all. */
const SHOWN = 500;

/** Whether there is anything to note. */
export const hasNotes = ({ diagnostics, baseline }: Report): boolean =>
  diagnostics.length > 0 || baseline !== undefined;

/** What else is worth saying: the baseline, counted drops, clamped windows, superseded copies. */
export function notes(report: Report): Child {
  if (!hasNotes(report)) return null;
  return h(
    'section',
    { id: 'notes', 'aria-labelledby': 'notes-title' },
    h('h2', { id: 'notes-title', tabindex: -1 }, 'Notes'),
    baselineNote(report),
    list(
      report.diagnostics.map(({ level, source, message }) =>
        h('li', { class: level }, h('span', { class: 'status' }, level), ' ', h('b', {}, source), ' ', message),
      ),
    ),
  );
}

/** How much was known before, and what of that is gone. */
function baselineNote({ baseline }: Report): Child {
  if (baseline === undefined) return null;
  const { path, entries, stale } = baseline;
  const known = h('p', {}, h('b', {}, 'baseline'), ` ${path} holds ${count(entries, 'known finding')}.`);
  if (stale.length === 0) return known;
  return [
    known,
    h(
      'p',
      {},
      `${digits(stale.length)} of them no longer ${stale.length === 1 ? 'is' : 'are'} found and can be pruned:`,
    ),
    list(
      stale.map(({ rule, key, attribute, line }) =>
        h(
          'li',
          {},
          h('span', { class: 'rule' }, rule),
          ` ${key}${attribute === undefined ? '' : `, ${attribute}`} `,
          h('span', { class: 'place' }, placeText({ path, line })),
        ),
      ),
    ),
  ];
}

const list = (items: readonly Child[]): Child =>
  items.length === 0
    ? null
    : h(
        'ul',
        { class: 'diagnostics' },
        items.slice(0, SHOWN),
        items.length > SHOWN ? h('li', {}, `and ${digits(items.length - SHOWN)} more, in the JSON report`) : null,
      );
