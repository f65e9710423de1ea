/// <reference lib="dom" />

import { type Child, h, type Element as View } from '../node.ts';
import { keyLink } from '../rows.ts';
import { severityLabel } from '../view/severity.ts';
import { isStanding, standingLabel } from '../view/standing.ts';
import { drawn } from './dom.ts';
import type { KeyItem } from './items.ts';

/** The keys as a table, a row each. */
export const keyList = (keys: readonly KeyItem[]): HTMLElement =>
  drawn(
    h(
      'div',
      { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': 'Keys' },
      h(
        'table',
        { class: 'keys' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            COLUMNS.map(([name]) => h('th', { scope: 'col', class: className(name) }, name)),
          ),
        ),
        h('tbody', {}, keys.map(row)),
      ),
    ),
  );

const COLUMNS: readonly (readonly [name: string, cell: (key: KeyItem) => Child])[] = [
  ['key', (key) => h('a', { href: keyLink(key) }, key.name)],
  ['standing', ({ standing }) => (isStanding(standing) ? standingLabel(standing) : standing)],
  ['findings', findings],
  ['Region', ({ region }) => region],
  ['account', ({ account }) => account],
  ['state', ({ keyState }) => keyState],
  ['spec', ({ keySpec }) => keySpec],
  ['created', ({ createdOn }) => createdOn],
  ['by', ({ by }) => by],
];

const className = (name: string): string => `c-${name.toLowerCase()}`;

const row = (key: KeyItem): View =>
  h(
    'tr',
    {},
    COLUMNS.map(([name, cell], at) =>
      at === 0
        ? h('th', { scope: 'row', class: className(name) }, cell(key))
        : h('td', { class: className(name) }, cell(key)),
    ),
  );

function findings({ findings: open }: KeyItem): Child {
  const [worst] = open;
  if (worst === undefined) return null;
  return [severityLabel(worst.severity), open.length > 1 ? ` +${open.length - 1}` : null];
}
