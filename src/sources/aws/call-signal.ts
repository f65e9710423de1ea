import { setMaxListeners } from 'node:events';

/**
 * A signal that follows the scan's and may be listened to by any number of calls at once. Node warns on stderr from
 * the eleventh listener on, and the SDK adds some for each call; the caller's own signal is left as it is.
 */
export function callSignal(signal: AbortSignal): AbortSignal {
  const following = AbortSignal.any([signal]);
  setMaxListeners(0, following);
  return following;
}
