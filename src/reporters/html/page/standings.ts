import type { Standing } from '../../../model/key-record.ts';
import type { Report } from '../../../model/report.ts';
import { STANDING_ORDER } from '../../standing-order.ts';
import { count, digits } from '../../words.ts';
import { type Element, h } from '../node.ts';
import { SAYS, type Tone, toneOf } from '../view/standing.ts';

const TONES: readonly Tone[] = ['good', 'bad', 'open', 'quiet'];

/** How the keys stand: one bar whose parts are what is well, at fault, open and not ours, and every count in words. */
export function standingsFigure({ summary, scan }: Report): Element {
  const standings = STANDING_ORDER.filter((standing) => summary.standings[standing] > 0);
  const unasked = scan.requested.includes('kms') ? '' : '; KMS was not asked how they stand';
  return h(
    'figure',
    { class: 'standings' },
    h('figcaption', {}, summary.keys === 0 ? 'No keys' : `${count(summary.keys, 'key')}${unasked}`),
    summary.keys === 0 ? null : bar(standings, summary),
    h(
      'ul',
      { class: 'legend' },
      standings.map((standing) => entry(standing, summary.standings[standing])),
    ),
  );
}

const entry = (standing: Standing, number: number): Element =>
  h(
    'li',
    { class: toneOf(standing), title: SAYS[standing] },
    h('a', { href: `#view=keys&standing=${standing}` }, h('b', {}, digits(number)), ' ', standing),
  );

const GAP = 0.4;

function bar(standings: readonly Standing[], { standings: counts, keys }: Report['summary']): Element {
  const sorted = TONES.flatMap((tone) => standings.filter((standing) => toneOf(standing) === tone));
  let x = 0;
  const parts = sorted.map((standing) => {
    const width = ((counts[standing] ?? 0) / keys) * 100;
    const part = h('rect', {
      class: toneOf(standing),
      x: `${x.toFixed(2)}%`,
      y: 0,
      width: `${Math.max(GAP, width - GAP).toFixed(2)}%`,
      height: '100%',
    });
    x += width;
    return part;
  });
  return h('svg', { class: 'bar', 'aria-hidden': 'true', width: '100%', height: 10 }, parts);
}
