import { EVERYWHERE, type Reach } from '../../../model/reach.ts';
import type { Declaration } from './declaration.ts';
import type { Module } from './module.ts';
import { awsProviders, type ProviderConfig } from './providers.ts';

/** The accounts and Regions that a root's providers and keys lead to, as they are found; null once it is not known. */
export interface Reached {
  accounts: Set<string> | null;
  regions: Set<string> | null;
}

/** Nothing found yet. */
export const nothingReached = (): Reached => ({ accounts: new Set(), regions: new Set() });

/** Adds where a provider leads. */
export function widen(reached: Reached, { accounts, region }: ProviderConfig): void {
  if (accounts === null) reached.accounts = null;
  for (const account of accounts ?? []) reached.accounts?.add(account);
  if (region === null) reached.regions = null;
  else reached.regions?.add(region);
}

/** Adds the Region that a key names by itself. */
export function addRegion(reached: Reached, { region }: Pick<Declaration, 'region'>, isOpen: boolean): void {
  if (isOpen) reached.regions = null;
  else if (region !== null) reached.regions?.add(region);
}

/** Where a root's keys can be; `isWhole`: all of it was read. */
export function reachOf({ accounts, regions }: Reached, top: Module, isWhole: boolean): Reach {
  // What was not read may have providers of its own, and without a block the default provider follows the environment.
  if (!isWhole || !awsProviders(top).has('aws')) return EVERYWHERE;
  return { accounts: accounts && [...accounts].sort(), regions: regions && [...regions].sort() };
}
