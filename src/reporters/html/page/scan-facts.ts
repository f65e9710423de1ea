import type { Report } from '../../../model/report.ts';
import { expectedRows } from '../../table/not-judged.ts';
import { count, day, minute } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';

const NAMED = 6;

/** Who looked, where, over which time and by which claim. */
export function scanFacts(report: Report): Element {
  const { scan, tool } = report;
  const change = scan.change;
  return h(
    'dl',
    { class: 'scan' },
    entry('looked', minute(scan.finishedAt)),
    scan.asOf.slice(0, 16) === scan.finishedAt.slice(0, 16) ? null : entry('judged as of', minute(scan.asOf)),
    scan.requested.includes('kms') ? askedOfAws(scan) : withoutAws(report),
    entry('asked', scan.requested.join(', ') || 'nothing'),
    expectedRows(report).map(([label, text]) => entry(label, text)),
    change === undefined
      ? null
      : entry('change', `since ${change.since} (${change.base.slice(0, 12)}), ${count(change.files, 'file')}`),
    entry('by', `${tool.name} ${tool.version}`),
  );
}

const askedOfAws = ({ scope, window, estate }: Report['scan']): readonly Child[] => [
  entry('accounts', named(scope.map(({ account }) => account))),
  entry('Regions', named(scope.map(({ region }) => region))),
  entry('records', window === null ? 'not asked for' : `${day(window.start)} … ${day(window.end)}`),
  entry('estate', estate),
];

/** Where nobody looked there are no accounts and Regions that were scanned, and nothing rests on the estate. */
function withoutAws({ keys }: Report): readonly Child[] {
  const accounts = keys.flatMap(({ account }) => account ?? []);
  const regions = keys.flatMap(({ region }) => region ?? []);
  return [
    entry('AWS', 'not asked'),
    accounts.length === 0 ? null : entry('keys of accounts', named(accounts)),
    regions.length === 0 ? null : entry('and Regions', named(regions)),
  ];
}

const entry = (label: string, text: string): Child => h('div', {}, h('dt', {}, label), h('dd', {}, text));

function named(values: readonly string[]): string {
  const distinct = [...new Set(values)].sort();
  if (distinct.length === 0) return 'none';
  return distinct.length > NAMED ? `${distinct.length}` : distinct.join(' ');
}
