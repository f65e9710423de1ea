import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../../../errors.ts';
import { errorName } from '../../../aws/error-text.ts';
import { wholeBody } from '../body.ts';
import { isPrivate } from './where.ts';

/** One GET, as often as it takes. */
export interface GetAsk {
  readonly url: URL;
  /** Sent to this URL's own origin, and to no other that a redirect leads to. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an answer may come from another origin, which is asked without `headers`; `once`: from where the first leads. */
  readonly elsewhere: 'follow' | 'once' | 'refuse';
  readonly sleep?: Sleep;
}

/** Throws the signal's reason when it is aborted; in milliseconds. */
type Sleep = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** An answer of any status; `bytes` is empty unless the status is 200. */
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly etag: string | null;
  readonly bytes: Uint8Array;
}

/** Why there was no answer, in words that hold neither addresses nor headers. */
export interface NoAnswer {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** Silence that long is a broken path; in milliseconds. */
const SILENCE_MS = 30_000;
const TRIES = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const REDIRECTS = 5;

/** Statuses that may pass by themselves (RFC 6585, section 4; RFC 9110, section 15.6). */
const PASSING = new Set([429, 500, 502, 503, 504]);
const REDIRECT = new Set([301, 302, 303, 307, 308]);

const pause: Sleep = async (ms, signal) => {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};

/** Gets what a URL names, follows redirects by hand, tries again what may pass. Throws the signal's reason alone. */
export async function get(ask: GetAsk, signal: AbortSignal): Promise<HttpAnswer | NoAnswer> {
  let { url, headers, elsewhere } = ask;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const answer = await patiently(url, headers, ask.sleep ?? pause, signal);
    if (answer.kind !== 'redirect') return answer;
    const { status, location } = answer;
    if (location === null || !URL.canParse(location, url.href)) return noAnswer(`HTTP ${status} that leads nowhere`);
    const next = new URL(location, url);
    next.username = '';
    next.password = '';
    if (!isPrivate(next) || (next.protocol === 'http:' && url.protocol === 'https:'))
      return noAnswer(`HTTP ${status} to an address without https, which is not followed`);
    if (next.origin !== url.origin) {
      if (elsewhere === 'refuse') return noAnswer(`HTTP ${status} to another host, which is not followed`);
      if (elsewhere === 'once') elsewhere = 'refuse';
      headers = {};
    }
    url = next;
  }
  return noAnswer(`more than ${REDIRECTS} redirects`);
}

const noAnswer = (reason: string): NoAnswer => ({ kind: 'unreadable', reason });

interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly location: string | null;
}

/** What one request came to. */
type Tried = HttpAnswer | Redirect | (NoAnswer & { readonly mayPass: boolean });

async function patiently(
  url: URL,
  headers: GetAsk['headers'],
  sleep: Sleep,
  signal: AbortSignal,
): Promise<HttpAnswer | Redirect | NoAnswer> {
  for (let tried = 1; ; tried += 1) {
    const { outcome, retryMs } = await once(url, headers, signal);
    const passes = outcome.kind === 'unreadable' ? outcome.mayPass : PASSING.has(outcome.status);
    if (!passes) return outcome.kind === 'unreadable' ? noAnswer(outcome.reason) : outcome;
    if (tried === TRIES) return outcome.kind === 'unreadable' ? afterTries(outcome) : outcome;
    await sleep(Math.min(retryMs ?? FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS), signal);
    signal.throwIfAborted();
  }
}

const afterTries = ({ reason }: NoAnswer): NoAnswer => noAnswer(`${reason} (after ${TRIES} tries)`);

interface Once {
  readonly outcome: Tried;
  /** When the server wants to be asked again. */
  readonly retryMs?: number;
}

async function once(url: URL, headers: GetAsk['headers'], signal: AbortSignal): Promise<Once> {
  signal.throwIfAborted();
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json, */*', 'user-agent': 'keydrift', ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, silent.signal]),
    });
    timer.refresh();
    return await answerOf(response, () => timer.refresh());
  } catch (error) {
    signal.throwIfAborted();
    if (silent.signal.aborted) return { outcome: { ...noAnswer(SILENT), mayPass: true } };
    const code = codeOf(error);
    return { outcome: { ...noAnswer(brokenBy(code)), mayPass: code === undefined || !NEVER_PASSING.test(code) } };
  } finally {
    clearTimeout(timer);
  }
}

const SILENT = `no answer within ${SILENCE_MS / 1000} s`;

async function answerOf(response: Response, onChunk: () => void): Promise<Once> {
  const { status, headers, body } = response;
  if (status !== 200) await body?.cancel();
  if (REDIRECT.has(status)) return { outcome: { kind: 'redirect', status, location: headers.get('location') } };
  const bytes = status === 200 && body !== null ? await wholeBody(body, onChunk) : new Uint8Array();
  if ('kind' in bytes) return { outcome: { ...noAnswer(bytes.reason), mayPass: false } };
  const retryMs = retryAfter(headers.get('retry-after'));
  return {
    outcome: { kind: 'answer', status, etag: headers.get('etag'), bytes },
    ...(retryMs === undefined ? {} : { retryMs }),
  };
}

/** Seconds; a date is passed over (RFC 9110, section 10.2.3): whose clock it is by is not known. */
const retryAfter = (text: string | null): number | undefined =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;

/**
 * What two ends that do not speak the same TLS, and a certificate that is not trusted, come to: the next try is told the same
 * (Node.js documentation, "TLS: X509 certificate error codes" and "OpenSSL error codes"; EPROTO is what libuv makes of them).
 */
const NEVER_PASSING =
  /^(?:EPROTO|ERR_(?:SSL|TLS)_\w+|CERT_\w+|CRL_\w+|UNABLE_TO_\w+|ERROR_IN_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** fetch rejects with a TypeError whose cause tells; only its code is repeated, for messages may hold what was sent. */
function codeOf(error: unknown): string | undefined {
  const isCaused = typeof error === 'object' && error !== null && 'cause' in error && error.cause !== undefined;
  const cause = isCaused ? error.cause : error;
  const name = errorCode(cause) ?? errorName(cause);
  return /^[A-Z][A-Z0-9_]+$/.test(name) ? name : undefined;
}

function brokenBy(code: string | undefined): string {
  if (code === undefined) return 'the answer broke off';
  return NEVER_PASSING.test(code)
    ? `no answer: ${code}: the TLS connection is refused; check the address, the certificate and NODE_EXTRA_CA_CERTS`
    : `no answer: ${code}`;
}
