import type { Contents, FindingRow, KeyRow } from '../rows.ts';
import { wellFormed } from '../rows.ts';

/** A key as lists show it. */
export interface KeyItem {
  /** Its place in the report. */
  readonly at: number;
  readonly id: string;
  readonly name: string;
  readonly standing: string;
  readonly account: string;
  readonly region: string;
  readonly keyState: string;
  readonly keySpec: string;
  readonly createdOn: string;
  readonly by: string;
  /** All that can be searched for, in lower case. */
  readonly search: string;
  /** Findings on it, open ones, worst first. */
  readonly findings: FindingItem[];
}

/** A finding as lists show it. */
export interface FindingItem {
  readonly at: number;
  readonly key: KeyItem;
  readonly rule: string;
  readonly severity: string;
  /** 0 is the worst. */
  readonly rank: number;
  /** As the gate takes it. */
  readonly status: string;
  readonly fingerprint: string;
  readonly message: string;
  readonly place: string;
  /** Somebody answered for it, and no longer does. */
  readonly isLapsed: boolean;
  readonly search: string;
}

export interface Items {
  readonly keys: readonly KeyItem[];
  readonly findings: readonly FindingItem[];
  /** All findings of a key, by its place. */
  readonly ofKey: ReadonlyMap<number, readonly FindingItem[]>;
}

/** Rows and their names to what lists show. */
export function itemsOf(keyRows: readonly KeyRow[], findingRows: readonly FindingRow[], names: Contents): Items {
  const keys = keyRows.map((row, at) => keyItem(row, at, names));
  const ofKey = new Map<number, FindingItem[]>();
  const findings = findingRows.map((row, at) => findingItem(row, at, keys, names));
  for (const finding of findings) {
    const { key } = finding;
    const others = ofKey.get(key.at);
    if (others === undefined) ofKey.set(key.at, [finding]);
    else others.push(finding);
    if (isOpen(finding)) key.findings.push(finding);
  }
  return { keys, findings, ofKey };
}

function keyItem(row: KeyRow, at: number, names: Contents): KeyItem {
  const [id, name, standing, account, region, keyState, keySpec, createdOn, by, search] = row;
  const item = {
    at,
    id,
    name,
    standing: names.standings[standing] ?? '',
    account: names.accounts[account] ?? '',
    region: names.regions[region] ?? '',
    keyState,
    keySpec,
    createdOn,
    by,
  };
  const texts = [id, name, item.standing, keyState, keySpec, createdOn, by, search];
  return { ...item, search: texts.join('\n').toLowerCase(), findings: [] };
}

function findingItem(row: FindingRow, at: number, keys: readonly KeyItem[], names: Contents): FindingItem {
  const [keyAt, ruleAt, rank, statusAt, fingerprint, message, place, lapsed] = row;
  const key = keys[keyAt];
  if (key === undefined) throw new Error(`no key ${keyAt}`);
  const rule = names.rules[ruleAt] ?? '';
  const [severity, status] = [names.severities[rank] ?? '', names.statuses[statusAt] ?? ''];
  return {
    ...{ at, key, rule, severity, rank, status, fingerprint, message, place },
    isLapsed: lapsed === 1,
    search: [rule, message, place].join('\n').toLowerCase(),
  };
}

/** Nobody answers for it: the gate counts it, or it is no part of the change. */
export const isOpen = ({ status }: Pick<FindingItem, 'status'>): boolean =>
  status === 'open' || status === 'outside-change';

/** The key that an address names. */
export const keyById = ({ keys }: Items, id: string): KeyItem | undefined =>
  keys.find((key) => key.id === id) ?? keys.find((key) => wellFormed(key.id) === id);
