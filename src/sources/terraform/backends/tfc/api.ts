import type { z } from 'zod';
import type { Env } from '../../../aws/profile.ts';
import { oneLine } from '../../../one-line.ts';
import { get, type HttpAnswer, type NoAnswer } from '../http/get.ts';
import { isPrivate } from '../http/where.ts';
import { tfeAddress, tokenFor, tokenVariables } from './token.ts';

/** An answer of the API that was understood, or why there is none; `status` where there was an answer at all. */
export type ApiAnswer<T> = { readonly kind: 'told'; readonly value: T } | (NoAnswer & { readonly status?: number });

/** HCP Terraform or Terraform Enterprise on one host. */
export interface TfcApi {
  /** A GET below `/api/v2`; never answered from another host. */
  readonly ask: <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal) => Promise<ApiAnswer<T>>;
  /**
   * What an address holds that the API gave. It is on the API's own host, which then leads to a signed one elsewhere, or,
   * before Terraform Enterprise v202311-1, was that signed one itself (HashiCorp support, "401 Unauthorized Error
   * Downloading State from API"). That one step to another host is taken, without token and by https; no other is. Signed
   * addresses are never repeated.
   */
  readonly download: (address: string, signal: AbortSignal) => Promise<HttpAnswer | NoAnswer>;
}

/** Opens a host, or says which token is missing: without one nothing is sent there. */
export async function openTfc(host: string, env: Env): Promise<TfcApi | NoAnswer> {
  const token = await tokenFor(host, env);
  if (token === undefined) return { kind: 'unreadable', reason: `no token for ${host}: ${tokenVariables(host)}` };
  const base = baseOf(host, env);
  const authorization = `Bearer ${token}`;
  return {
    ask: async (path, schema, signal) => {
      const headers = { authorization, accept: 'application/vnd.api+json' };
      const answer = await get({ url: new URL(`${base}/api/v2${path}`), headers, elsewhere: 'refuse' }, signal);
      return answer.kind === 'answer' ? understood(answer, schema, host) : answer;
    },
    download: async (address, signal) => {
      if (!URL.canParse(address, base)) return { kind: 'unreadable', reason: NO_ADDRESS };
      const url = new URL(address, base);
      url.username = '';
      url.password = '';
      if (!isPrivate(url)) return { kind: 'unreadable', reason: NO_ADDRESS };
      const isOwn = url.origin === base;
      return get({ url, headers: isOwn ? { authorization } : {}, elsewhere: isOwn ? 'once' : 'refuse' }, signal);
    },
  };
}

const NO_ADDRESS = 'the state version names no https address to get it from';

/** http only on this very machine: for a test server, or what TFE_ADDRESS says. */
function baseOf(host: string, env: Env): string {
  const address = tfeAddress(env);
  if (address?.host === host && isPrivate(address)) return address.origin;
  const plain = new URL(`http://${host}`);
  return isPrivate(plain) ? plain.origin : `https://${host}`;
}

function understood<T>({ status, bytes }: HttpAnswer, schema: z.ZodType<T>, host: string): ApiAnswer<T> {
  if (status !== 200) return { kind: 'unreadable', status, reason: reasonOf(status, host) };
  const parsed = schema.safeParse(jsonIn(bytes));
  if (parsed.success) return { kind: 'told', value: parsed.data };
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return {
    kind: 'unreadable',
    reason: oneLine(`${host} answers with something else than its API does${field === '' ? '' : ` (${field})`}`),
  };
}

function reasonOf(status: number, host: string): string {
  if (status === 401) return `HTTP 401: ${host} does not accept the token: ${tokenVariables(host)}`;
  if (status === 403) return 'HTTP 403: the token may not read that';
  return status === 404 ? 'HTTP 404: not there, or not for this token to see' : `HTTP ${status} from ${host}`;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
