import { wellFormed } from '../rows.ts';

export const VIEWS = ['findings', 'keys'] as const;
export const SORTS = ['worst', 'name', 'newest'] as const;

/** What is chosen from one of the lists of names; '' is everything. */
export const CHOICES = ['rule', 'status', 'account', 'region', 'standing'] as const;
export type Choice = (typeof CHOICES)[number];

/** What the page shows: it stands in the address, so that it can be sent to somebody. */
export interface Shown {
  readonly view: (typeof VIEWS)[number];
  /** Any of these; none is all. */
  readonly severity: readonly string[];
  readonly choice: Readonly<Record<Choice, string>>;
  readonly text: string;
  readonly sort: (typeof SORTS)[number];
  /** From 1. */
  readonly page: number;
  /** The id of the key that is opened. */
  readonly key: string | null;
  /** The fingerprint of the finding that is pointed to. */
  readonly finding: string | null;
}

/** Of `status`, every value; the others have '' for that. */
export const ANY_STATUS = 'all';

const FIRST: Readonly<Record<Choice, string>> = { rule: '', status: 'open', account: '', region: '', standing: '' };

export const AT_FIRST: Shown = {
  view: 'findings',
  severity: [],
  choice: FIRST,
  text: '',
  sort: 'worst',
  page: 1,
  key: null,
  finding: null,
};

/** What an address says, its `#` included; what it does not say, or says wrongly, is as at first. */
export function fromHash(hash: string): Shown {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const one = <T extends string>(name: string, of: readonly T[], first: T): T =>
    of.find((each) => each === said.get(name)) ?? first;
  return {
    view: one('view', VIEWS, AT_FIRST.view),
    severity: (said.get('severity') ?? '').split(',').filter((severity) => severity !== ''),
    choice: eachChoice((choice) => said.get(choice) ?? FIRST[choice]),
    text: said.get('q') ?? '',
    sort: one('sort', SORTS, AT_FIRST.sort),
    page: pageNumber(said.get('page')),
    key: said.get('key') || null,
    finding: said.get('finding') || null,
  };
}

/** The address of what is shown. Never empty, for an empty one leads to the top of the page. */
export function toHash(shown: Shown): string {
  const said = new URLSearchParams({ view: shown.view });
  const put = (name: string, value: string, first: string): void => {
    if (value !== first) said.set(name, wellFormed(value));
  };
  put('severity', shown.severity.join(','), '');
  for (const choice of CHOICES) put(choice, shown.choice[choice], FIRST[choice]);
  put('q', shown.text, '');
  put('sort', shown.sort, AT_FIRST.sort);
  put('page', String(shown.page), '1');
  if (shown.key !== null) put('key', shown.key, '');
  if (shown.finding !== null) put('finding', shown.finding, '');
  return `#${said}`;
}

/** Whether an address is one of ours and not that of a part of the page. */
export const isOurs = (hash: string): boolean => hash.includes('=');

/** The same lists without filters. */
export const unfiltered = (shown: Shown): Shown => ({ ...AT_FIRST, view: shown.view, sort: shown.sort });

export const eachChoice = <T>(of: (choice: Choice) => T): Record<Choice, T> => ({
  rule: of('rule'),
  status: of('status'),
  account: of('account'),
  region: of('region'),
  standing: of('standing'),
});

function pageNumber(text: string | null): number {
  const page = Number(text ?? '1');
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
