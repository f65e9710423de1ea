import { type Content, type Outcome, type StateSource, unreadableFor } from '../source.ts';
import { type GetAsk, get, type HttpAnswer } from './get.ts';
import type { HttpCredentials } from './headers.ts';

/** The address without what may be secret: user, password and query. */
export const httpLocator = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** A state behind one URL, as Terraform's http backend and GitLab keep it. */
export function httpSource(url: URL, locator: string, credentials: HttpCredentials): StateSource {
  const headers = credentials.headersFor(url);
  const ask = (more: GetAsk['headers'], signal: AbortSignal) =>
    get({ url, headers: { ...headers, ...more }, elsewhere: 'follow' }, signal);
  const hint = credentials.isUnbound ? UNBOUND : HINT;
  return {
    locator,
    named: true,
    read: async (signal) => {
      const answer = await ask({}, signal);
      return answer.kind === 'answer' ? outcomeOf(answer, hint) : answer;
    },
    isStill: async ({ mark }, signal) => {
      if (mark === undefined) return false;
      const answer = await ask({ 'if-none-match': mark }, signal);
      return answer.kind === 'answer' && answer.status === 304;
    },
  };
}

const HINT = 'set TF_HTTP_USERNAME and TF_HTTP_PASSWORD, or KEYDRIFT_STATE_HEADERS';
const UNBOUND =
  'TF_HTTP_USERNAME and TF_HTTP_PASSWORD are for one host, and states are on several: set TF_HTTP_ADDRESS, or use KEYDRIFT_STATE_HEADERS';

/** What statuses mean where states are kept (hashicorp/terraform, internal/backend/remote-state/http/client.go, Get). */
function outcomeOf({ status, etag, bytes }: HttpAnswer, hint: string): Outcome {
  switch (status) {
    case 200:
      return { kind: 'content', bytes, ...(etag === null ? {} : { mark: etag }) } satisfies Content;
    case 204:
      return { kind: 'none', reason: 'HTTP 204: no state there yet' };
    case 401:
      return unreadableFor(`HTTP 401: credentials are missing or not accepted: ${hint}`);
    case 403:
      return unreadableFor('HTTP 403: these credentials may not read the state');
    case 404:
      return unreadableFor('HTTP 404: no state there, or none that these credentials may see');
    default:
      return unreadableFor(`HTTP ${status} instead of a state`);
  }
}
