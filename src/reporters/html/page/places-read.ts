import type { Report } from '../../../model/report.ts';
import { count, digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';

type Entry = Report['coverage'][number];

/** Places named; the JSON report has all. */
const NAMED = 200;

/** States, configurations and plans, which belong to no Region: which were read, and how. */
export function placesRead({ coverage }: Report): Child {
  const places = coverage.filter(
    ({ source, region, locator }) => FILES.includes(source) && region === undefined && locator !== undefined,
  );
  if (places.length === 0) return null;
  return h(
    'details',
    { class: 'places', open: places.length <= 8 },
    h('summary', {}, `${count(places.length, 'place')} asked for: states, configuration and plans`),
    h(
      'div',
      { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': 'States, configuration and plans' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['source', 'place', 'status', 'serial'].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h('tbody', {}, places.slice(0, NAMED).map(row)),
      ),
    ),
    places.length > NAMED ? h('p', {}, `and ${digits(places.length - NAMED)} more, in the JSON report`) : null,
  );
}

const FILES: readonly Entry['source'][] = ['state', 'configuration', 'plan'];

const row = ({ source, locator, status, state }: Entry): Element =>
  h(
    'tr',
    {},
    h('td', {}, source),
    h('td', { class: 'code' }, locator),
    h('td', {}, status),
    h('td', {}, state?.serial),
  );
