import type { Finding, ReportKey } from '../../model/report.ts';

/**
 * What lists and filters need of a key. Whole keys stand in blocks of their own, read when one is opened, so that a page
 * of a hundred thousand opens at once. Numbers are places in the names of Contents.
 */
export type KeyRow = readonly [
  id: string,
  name: string,
  standing: number,
  account: number,
  region: number,
  keyState: string,
  keySpec: string,
  createdOn: string,
  by: string,
  /** Aliases, addresses, places and who made it, to search in. */
  search: string,
];

/** What lists and filters need of a finding. `key` is its key's row. */
export type FindingRow = readonly [
  key: number,
  rule: number,
  severity: number,
  /** As the gate takes it. */
  status: number,
  fingerprint: string,
  message: string,
  place: string,
  lapsed: 0 | 1,
];

/** Names that rows point to, and what views need beside a key and a finding. */
export interface Contents {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly standings: readonly string[];
  readonly severities: readonly string[];
  readonly statuses: readonly string[];
  readonly rules: readonly string[];
  readonly setting: Setting;
}

/** What of the report the views of single keys and findings need. */
export interface Setting {
  readonly requested: readonly string[];
  /** Places of the states that were read. */
  readonly states: readonly string[];
  /** All attributes, in order. */
  readonly attributes: readonly string[];
  /** Why each rule matters: its id, and the report's text. */
  readonly help: readonly (readonly [rule: string, help: string])[];
}

/** Keys and findings of one block. */
export const BLOCK = 50;

/** The id of the block in which the key or finding with this number stands. */
export const blockId = (kind: 'keys' | 'findings', at: number): string => `${kind}-${Math.floor(at / BLOCK)}`;

/** Text as it stands in a link: `%` escapes, lone surrogates replaced, which no URL can hold. */
export const inLink = (text: string): string => encodeURIComponent(wellFormed(text));

/** Text as it comes back from a link. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

export const keyLink = ({ id }: Pick<ReportKey, 'id'>): string => `#key=${inLink(id)}`;
export const findingLink = ({ fingerprint }: Pick<Finding, 'fingerprint'>): string => `#finding=${inLink(fingerprint)}`;
