import type { FindingItem, KeyItem } from './items.ts';
import { ANY_STATUS, type Choice, eachChoice, type Shown } from './state.ts';

/** What passes all filters, and how much each value of one filter would leave with the others as they are. */
export interface Filtered<T> {
  readonly items: readonly T[];
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

type Facet = Choice | 'severity';

/** What an item has for each filter that it knows; what it does not know lets it pass. */
type Values = Partial<Record<Facet, string>>;

export const filteredFindings = (findings: readonly FindingItem[], shown: Shown): Filtered<FindingItem> =>
  filtered(
    findings,
    ({ key, rule, severity, status }) => ({ ...placeOf(key), rule, severity, status }),
    ({ search, key }) => [search, key.search],
    shown,
  );

export const filteredKeys = (keys: readonly KeyItem[], shown: Shown): Filtered<KeyItem> =>
  filtered(keys, placeOf, ({ search }) => [search], shown);

const placeOf = ({ account, region, standing }: KeyItem) => ({ account, region, standing });

function filtered<T>(
  all: readonly T[],
  valuesOf: (item: T) => Values,
  textsOf: (item: T) => readonly string[],
  shown: Shown,
): Filtered<T> {
  const counts = { ...eachChoice(() => new Map<string, number>()), severity: new Map<string, number>() };
  const words = shown.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const items = all.filter((item) => {
    if (!hasAll(textsOf(item), words)) return false;
    const values = valuesOf(item);
    const failed = FACETS.filter((facet) => !passes(facet, values, shown));
    count(counts, values, failed);
    return failed.length === 0;
  });
  return { items, counts };
}

const FACETS = ['severity', 'rule', 'status', 'account', 'region', 'standing'] as const satisfies readonly Facet[];

/** Every word stands in one of the texts. */
const hasAll = (texts: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => texts.some((text) => text.includes(word)));

function passes(facet: Facet, values: Values, { severity, choice }: Shown): boolean {
  const value = values[facet];
  if (value === undefined) return true;
  if (facet === 'severity') return severity.length === 0 || severity.includes(value);
  const wanted = choice[facet];
  return wanted === '' || (facet === 'status' && wanted === ANY_STATUS) || nameOfNone(value) === wanted;
}

/** Keys that are not made yet are of no account and no Region: they can be chosen under this name. */
export const NOT_CREATED = 'none';

export const nameOfNone = (value: string): string => (value === '' ? NOT_CREATED : value);

/** An item counts for a value where no other filter leaves it out. */
function count(counts: Record<Facet, Map<string, number>>, values: Values, failed: readonly Facet[]): void {
  for (const facet of FACETS) {
    const value = values[facet];
    if (value === undefined || failed.some((other) => other !== facet)) continue;
    const name = facet === 'severity' ? value : nameOfNone(value);
    counts[facet].set(name, (counts[facet].get(name) ?? 0) + 1);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const NO_FINDING = 99;
const worstOf = ({ findings }: KeyItem): number => findings[0]?.rank ?? NO_FINDING;

const ORDERS: Readonly<Record<Shown['sort'], (a: KeyItem, b: KeyItem) => number>> = {
  worst: (a, b) => worstOf(a) - worstOf(b) || b.findings.length - a.findings.length || a.at - b.at,
  name: (a, b) => compare(a.name, b.name) || a.at - b.at,
  newest: (a, b) => compare(b.createdOn, a.createdOn) || a.at - b.at,
};

export const sortedKeys = (keys: readonly KeyItem[], sort: Shown['sort']): readonly KeyItem[] =>
  keys.toSorted(ORDERS[sort]);
