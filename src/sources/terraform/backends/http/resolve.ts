import { failedAt, foundAll, type Resolved } from '../source.ts';
import type { HttpCredentials } from './headers.ts';
import { httpLocator, httpSource } from './source.ts';
import { type HttpWhere, isPrivate } from './where.ts';

/** Gives each address the name that reports have for it: those that differ in their query alone are counted. */
export type LocatorFor = (url: URL) => string;

/** Names addresses in the order in which they come. */
export function httpLocators(): LocatorFor {
  const addresses = new Map<string, string[]>();
  return (url) => {
    const locator = httpLocator(url);
    const seen = addresses.get(locator) ?? [];
    if (!seen.includes(url.href)) seen.push(url.href);
    addresses.set(locator, seen);
    const at = seen.indexOf(url.href);
    return at === 0 ? locator : `${locator} #${at + 1}`;
  };
}

/** One address, unless a repository names a host that nobody else does. */
export function resolveHttp(
  { url }: HttpWhere,
  from: 'flag' | 'repository',
  credentials: HttpCredentials,
  locatorFor: LocatorFor,
): Resolved {
  const locator = locatorFor(url);
  if (from === 'repository' && !(credentials.isNamed(url) && isPrivate(url))) {
    return failedAt(
      locator,
      `only a file names the host ${url.host}, and nothing is asked of it on a file's word: give this address with --state, or a header for the host with --state-header`,
    );
  }
  return foundAll([httpSource(url, locator, credentials)]);
}
