import type { Coverage, Source } from '../model/coverage.ts';
import type { InventoryHeader } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';

/** Sources that answer for one account and Region at a time. */
const REALM_BOUND: readonly Source[] = ['cloudtrail', 'kms'];

const ANY = '*';

/**
 * Whether every requested source was covered in full: each has coverage, none of it has a gap, and what is asked
 * for each account and Region was asked for all of them. Nothing requested is nothing covered.
 */
export function isComplete(
  header: Pick<InventoryHeader, 'requested' | 'scope'>,
  coverage: readonly Coverage[],
): boolean {
  return header.requested.length > 0 && header.requested.every((source) => isCovered(source, header.scope, coverage));
}

function isCovered(source: Source, scope: InventoryHeader['scope'], coverage: readonly Coverage[]): boolean {
  const entries = coverage.filter((entry) => entry.source === source);
  if (entries.length === 0 || entries.some((entry) => entry.status !== 'complete')) return false;
  if (!REALM_BOUND.includes(source)) return true;
  const told = new Set(entries.map((entry) => `${entry.account ?? ANY}:${entry.region ?? ANY}`));
  return scope.every(({ account, region }) =>
    [`${account}:${region}`, `${account}:${ANY}`, `${ANY}:${region}`, `${ANY}:${ANY}`].some((realm) => told.has(realm)),
  );
}

/** Whether any requested source answered at all, if only in part. */
export const sawAnything = ({ scan, coverage }: Pick<Report, 'scan' | 'coverage'>): boolean =>
  coverage.some((entry) => entry.status !== 'failed' && scan.requested.includes(entry.source));
