import { grouped } from '../../../model/grouped.ts';
import type { Report } from '../../../model/report.ts';
import { count, digits } from '../../words.ts';
import { type Child, type Element, h } from '../node.ts';
import { inLink } from '../rows.ts';

type Entry = Report['coverage'][number];

/** Worst first: a field is as covered as the least covered source in it. */
const COVERED = ['failed', 'partial', 'accepted', 'complete', 'not asked'] as const;
type Covered = (typeof COVERED)[number];

const MARKS: Readonly<Record<Covered, string>> = {
  failed: '✕',
  partial: '◐',
  accepted: '◇',
  complete: '●',
  'not asked': '·',
};

interface Field {
  readonly covered: Covered;
  /** What each source answered, in words. */
  readonly says: string;
  readonly keys: number;
}

/** Accounts × Regions: where everything that was asked was answered, where in part, where not. */
export function coverageMap(report: Report): Child {
  const entries = report.coverage.filter(({ account, region }) => account !== undefined && region !== undefined);
  const realms = [...entries.map(realmOf), ...report.scan.scope.map(({ account, region }) => ({ account, region }))];
  const accounts = sorted(realms.map(({ account }) => account));
  const regions = sorted(realms.map(({ region }) => region));
  if (accounts.length === 0) return null;
  const asked = grouped(entries, (entry) => fieldKey(realmOf(entry)));
  const keys = grouped(report.keys, ({ account, region }) =>
    fieldKey({ account: account ?? '', region: region ?? '' }),
  );
  const fieldAt = (account: string, region: string): Field =>
    fieldOf(asked.get(fieldKey({ account, region })) ?? [], keys.get(fieldKey({ account, region }))?.length ?? 0);
  return [
    h(
      'p',
      { id: 'map-title', class: 'says' },
      'What was asked in each account and Region, whether it was answered, and how many keys there are.',
    ),
    h(
      'div',
      { class: 'scroll', role: 'group', tabindex: 0, 'aria-labelledby': 'map-title' },
      h(
        'table',
        { class: 'map', 'aria-labelledby': 'map-title' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'account'), regions.map(columnHead))),
        h(
          'tbody',
          {},
          accounts.map((account) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, account),
              regions.map((region) => cell(account, region, fieldAt(account, region))),
            ),
          ),
        ),
      ),
    ),
    legend(),
  ];
}

const columnHead = (region: string): Element => h('th', { scope: 'col' }, h('span', {}, region));

function cell(account: string, region: string, { covered, says, keys }: Field): Element {
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[covered]);
  if (covered === 'not asked' && keys === 0) {
    return h('td', { class: 'not-asked' }, mark, h('span', { class: 'unseen' }, 'not asked'));
  }
  return h(
    'td',
    { class: covered.replace(' ', '-'), title: says },
    h(
      'a',
      { href: `#view=keys&account=${inLink(account)}&region=${inLink(region)}` },
      mark,
      ' ',
      digits(keys),
      h('span', { class: 'unseen' }, ` ${keys === 1 ? 'key' : 'keys'}, ${says}`),
    ),
  );
}

const legend = (): Element =>
  h(
    'ul',
    { class: 'legend marks' },
    COVERED.map((covered) =>
      h(
        'li',
        { class: covered.replace(' ', '-') },
        h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[covered]),
        ` ${covered}`,
      ),
    ),
  );

const realmOf = ({ account = '', region = '' }: Entry): Realm => ({ account, region });

interface Realm {
  readonly account: string;
  readonly region: string;
}

const fieldKey = ({ account, region }: Realm): string => `${account} ${region}`;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].filter((name) => name !== '').sort();

const coveredBy = ({ status, accepted }: Entry): Covered =>
  status === 'complete' ? 'complete' : accepted === undefined ? status : 'accepted';

function fieldOf(entries: readonly Entry[], keys: number): Field {
  const found = entries.map(coveredBy);
  const covered = COVERED.find((each) => found.includes(each)) ?? 'not asked';
  const bySource = grouped(entries, ({ source }) => source);
  const says = [...bySource].map(([source, alike]) => `${source} ${saysOf(alike)}`);
  return { covered, says: says.length === 0 ? 'not asked' : says.join(', '), keys };
}

function saysOf(entries: readonly Entry[]): string {
  const counts = grouped(entries, coveredBy);
  const worst = COVERED.find((covered) => counts.has(covered)) ?? 'complete';
  const number = counts.get(worst)?.length ?? 0;
  return entries.length === number ? worst : `${worst} (${count(number, 'call')} of ${digits(entries.length)})`;
}
