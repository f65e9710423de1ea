import { type Coverage, countsAsGap, type Source } from '../model/coverage.ts';
import type { InventoryHeader } from '../model/inventory.ts';

/** Sources that answer for one account and Region at a time. */
const REALM_BOUND: readonly Source[] = ['cloudtrail', 'kms'];

const ANY = '*';

/**
 * The coverage with a failed entry for each requested source that left none, and for each account and Region that a
 * requested source says nothing of: silence is a gap like any other.
 */
export const withSilences = <C extends Coverage>(
  header: RequestedScope,
  coverage: readonly C[],
): readonly (C | Coverage)[] => [
  ...coverage,
  ...header.requested.flatMap((source) => silencesOf(source, header.scope, coverage)),
];

/** Whether every requested source was covered in full. Nothing requested is nothing covered. */
export const isComplete = ({ requested }: Pick<RequestedScope, 'requested'>, coverage: readonly Coverage[]): boolean =>
  requested.length > 0 && !coverage.some((entry) => countsAsGap(entry, requested));

/** Which sources were asked, and which accounts and Regions a scan is of. */
export type RequestedScope = Pick<InventoryHeader, 'requested' | 'scope'>;

function silencesOf(source: Source, scope: RequestedScope['scope'], coverage: readonly Coverage[]): Coverage[] {
  const entries = coverage.filter((entry) => entry.source === source);
  if (entries.length === 0 && (scope.length === 0 || !REALM_BOUND.includes(source))) return [{ source, ...SILENT }];
  if (!REALM_BOUND.includes(source)) return [];
  const told = new Set(entries.map((entry) => `${entry.account ?? ANY}:${entry.region ?? ANY}`));
  return scope
    .filter(({ account, region }) => !namesOf(account, region).some((realm) => told.has(realm)))
    .map((realm) => ({ source, ...realm, ...SILENT }));
}

const SILENT = { status: 'failed', reason: 'asked for, and nothing came back' } as const;

const namesOf = (account: string, region: string): string[] =>
  [account, ANY].flatMap((one) => [`${one}:${region}`, `${one}:${ANY}`]);

/** Whether any requested source answered at all, if only in part. */
export const sawAnything = (requested: readonly string[], coverage: readonly Coverage[]): boolean =>
  coverage.some(({ source, status }) => status !== 'failed' && requested.includes(source));
