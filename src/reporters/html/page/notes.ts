import type { Report } from '../../../model/report.ts';
import { digits } from '../../table/words.ts';
import { type Child, h } from '../node.ts';

/** Notes shown; the JSON report has all. */
const SHOWN = 500;

/** What else is worth saying: counted drops, clamped windows, superseded copies. */
export function notes({ diagnostics }: Report): Child {
  if (diagnostics.length === 0) return null;
  return h(
    'section',
    { id: 'notes', 'aria-labelledby': 'notes-title' },
    h('h2', { id: 'notes-title', tabindex: -1 }, 'Notes'),
    h(
      'ul',
      { class: 'diagnostics' },
      diagnostics
        .slice(0, SHOWN)
        .map(({ level, source, message }) =>
          h('li', { class: level }, h('span', { class: 'status' }, level), ' ', h('b', {}, source), ' ', message),
        ),
    ),
    diagnostics.length > SHOWN
      ? h('p', {}, `and ${digits(diagnostics.length - SHOWN)} more, in the JSON report`)
      : null,
  );
}
