import { MADE_BY } from '../../../model/facts/cloudtrail.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Report, ReportKey } from '../../../model/report.ts';
import { DAY, type Instant, toEpochMs, toInstant } from '../../../model/time.ts';
import { count, day, digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';

const WEEK = 7 * DAY;
/** Fewer records tell more as a list. */
const FEWEST = 8;
const FEWEST_WEEKS = 3;

const MAKERS = ['in code', 'by hand', 'otherwise'] as const;
type Maker = (typeof MAKERS)[number];

const MAKER = { code: 'in code', hand: 'by hand', unknown: 'otherwise' } as const satisfies Record<string, Maker>;

interface Week {
  readonly starts: Instant;
  readonly made: Readonly<Record<Maker, number>>;
}

/**
 * When the keys of the records were made, and whether in code or by hand. Nothing where all were made in code, or there
 * are too few to see anything in.
 */
export function timeline({ keys, scan }: Report): Child {
  if (scan.window === null) return null;
  const { start, end } = scan.window;
  const made = keys.filter(({ created }) => created !== null && created.eventTime >= start && created.eventTime <= end);
  const byHand = made.filter((key) => makerOf(key) === 'by hand').length;
  if (made.length < FEWEST || byHand === 0) return null;
  const weeks = weeksOf(made, start, end);
  if (weeks.filter((week) => heightOf(week) > 0).length < FEWEST_WEEKS) return null;
  return h(
    'figure',
    { class: 'timeline' },
    h(
      'figcaption',
      {},
      `${count(made.length, 'key')} made since ${day(start)}, ${digits(byHand)} of them by hand (console, CLI or SDK)`,
    ),
    chart(weeks),
    h('p', { class: 'axis', 'aria-hidden': 'true' }, h('span', {}, day(start)), h('span', {}, day(end))),
    h(
      'ul',
      { class: 'legend' },
      MAKERS.map((maker) => legendEntry(maker, made)),
    ),
    h('details', { class: 'long' }, h('summary', {}, 'Week by week'), table(weeks)),
  );
}

const makerOf = ({ created, replicated }: ReportKey): Maker =>
  MAKER[MADE_BY[(replicated ?? created)?.via ?? 'unknown']];

function weeksOf(made: readonly ReportKey[], start: Instant, end: Instant): Week[] {
  const first = toEpochMs(start);
  const byWeek = grouped(made, ({ created }) => Math.floor((toEpochMs(created?.eventTime ?? start) - first) / WEEK));
  const weeks = Math.floor((toEpochMs(end) - first) / WEEK) + 1;
  return Array.from({ length: weeks }, (_, n) => ({
    starts: toInstant(first + n * WEEK),
    made: tally(byWeek.get(n) ?? []),
  }));
}

function tally(keys: readonly ReportKey[]): Record<Maker, number> {
  const of = (maker: Maker): number => keys.filter((key) => makerOf(key) === maker).length;
  return { 'in code': of('in code'), 'by hand': of('by hand'), otherwise: of('otherwise') };
}

const legendEntry = (maker: Maker, made: readonly ReportKey[]): Child => {
  const number = made.filter((key) => makerOf(key) === maker).length;
  return number === 0 ? null : h('li', { class: className(maker) }, h('b', {}, digits(number)), ` ${maker}`);
};

const className = (maker: Maker): string => maker.replace(' ', '-');

const HEIGHT = 48;
const COLUMN = 10;
const BAR = 8;

const heightOf = ({ made }: Week): number => made['in code'] + made['by hand'] + made.otherwise;

function chart(weeks: readonly Week[]): Element {
  const most = Math.max(...weeks.map(heightOf));
  return h(
    'svg',
    {
      class: 'columns',
      'aria-hidden': 'true',
      viewBox: `0 0 ${weeks.length * COLUMN} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      width: '100%',
      height: HEIGHT,
    },
    weeks.map((week, n) => column(week, n, most)),
  );
}

/** What was made by hand stands at the bottom, where columns can be compared. */
function column({ made }: Week, n: number, most: number): Child {
  let y = HEIGHT;
  return (['by hand', 'in code', 'otherwise'] as const).map((maker) => {
    const height = (made[maker] / most) * HEIGHT;
    y -= height;
    const place = { x: n * COLUMN, y: y.toFixed(2), width: BAR, height: height.toFixed(2) };
    return height === 0 ? null : h('rect', { class: className(maker), ...place });
  });
}

const table = (weeks: readonly Week[]): Element =>
  h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'week from'),
        MAKERS.map((maker) => h('th', { scope: 'col' }, maker)),
      ),
    ),
    h(
      'tbody',
      {},
      weeks.map(({ starts, made }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, day(starts)),
          MAKERS.map((maker) => h('td', {}, digits(made[maker]))),
        ),
      ),
    ),
  );
