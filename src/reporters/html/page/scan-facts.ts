import type { Report } from '../../../model/report.ts';
import { count, day, minute } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';

const NAMED = 6;

/** Who looked, where, over which time and by which claim. */
export function scanFacts({ scan, tool }: Report): Element {
  const change = scan.change;
  return h(
    'dl',
    { class: 'scan' },
    entry('looked', minute(scan.finishedAt)),
    scan.asOf.slice(0, 16) === scan.finishedAt.slice(0, 16) ? null : entry('judged as of', minute(scan.asOf)),
    entry('accounts', named(scan.scope.map(({ account }) => account))),
    entry('Regions', named(scan.scope.map(({ region }) => region))),
    entry('records', scan.window === null ? 'not asked for' : `${day(scan.window.start)} … ${day(scan.window.end)}`),
    entry('estate', scan.estate),
    entry('asked', scan.requested.join(', ') || 'nothing'),
    change === undefined
      ? null
      : entry('change', `since ${change.since} (${change.base.slice(0, 12)}), ${count(change.files, 'file')}`),
    entry('by', `${tool.name} ${tool.version}`),
  );
}

const entry = (label: string, text: string): Child => h('div', {}, h('dt', {}, label), h('dd', {}, text));

function named(values: readonly string[]): string {
  const distinct = [...new Set(values)].sort();
  if (distinct.length === 0) return 'none';
  return distinct.length > NAMED ? `${distinct.length}` : distinct.join(' ');
}
