import { UserError } from '../../../../errors.ts';
import { type Env, variable } from '../../../aws/profile.ts';

/** A request header and the one host that it may be sent to. */
export interface StateHeader {
  /** `name` or `name:port`, as addresses have it. */
  readonly host: string;
  readonly name: string;
  readonly value: string;
}

/** Where headers stand that are no flags: one a line, each as `--state-header` takes it. */
export const HEADERS_VARIABLE = 'KEYDRIFT_STATE_HEADERS';

const FORM = /^([^=\s/@?#\\]+)=([!#$%&'*+.^`|~\w-]+):[\t ]*([\t\x20-\x7e]*)$/;
/** What the request itself decides (Fetch standard, "Forbidden request-header"). */
const RESERVED = /^(?:host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|keep-alive)$/i;

/**
 * Reads `HOST=Name: value`. A UserError for anything else, which repeats nothing of it: the value is a secret, and where
 * it begins is not known.
 */
export function parseStateHeader(text: string, where = '--state-header'): StateHeader {
  const [, host = '', name = '', value = ''] = FORM.exec(text) ?? [];
  const url = host !== '' && URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined;
  if (url === undefined)
    throw new UserError(`${where}: write HOST=Name: value, such as gitlab.example.com=PRIVATE-TOKEN: …`);
  if (RESERVED.test(name)) throw new UserError(`${where}: ${name} is not for anybody to set`);
  return { host: url.host, name, value: value.trim() };
}

/** The headers that the environment gives; a UserError for a line that is none. */
export function stateHeadersIn(env: Env): readonly StateHeader[] {
  const lines = (variable(env, HEADERS_VARIABLE) ?? '').split(/\r?\n/);
  return lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [parseStateHeader(line.trim(), `${HEADERS_VARIABLE}, line ${at + 1}`)],
  );
}

/** What is sent to which host. */
export interface HttpCredentials {
  /** Whether a flag or a variable names this host: what a repository says is asked of no other. */
  readonly isNamed: (url: URL) => boolean;
  readonly headersFor: (url: URL) => Readonly<Record<string, string>>;
  /** TF_HTTP_PASSWORD is set, and for whom is not known. */
  readonly isUnbound: boolean;
}

/**
 * Headers of flags and environment, and Terraform's own TF_HTTP_USERNAME and TF_HTTP_PASSWORD (Terraform documentation,
 * "Backend Type: http"): those belong to TF_HTTP_ADDRESS, or, without it, to the one host that flags name. A header
 * given for Authorization takes their place.
 */
export function httpCredentials(env: Env, given: readonly StateHeader[], flagged: readonly URL[]): HttpCredentials {
  const hosts = new Set(flagged.map(({ host }) => host));
  const address = addressIn(env);
  const login = loginIn(env);
  const only = hosts.size === 1 ? [...hosts][0] : undefined;
  const loginHost = address?.host ?? only;
  const named = new Set([...hosts, ...given.map(({ host }) => host), ...(address === undefined ? [] : [address.host])]);
  return {
    isNamed: ({ host }) => named.has(host),
    headersFor: ({ host }) => ({
      ...(login !== undefined && host === loginHost ? { authorization: login } : {}),
      ...Object.fromEntries(
        given.flatMap((header) => (header.host === host ? [[header.name.toLowerCase(), header.value]] : [])),
      ),
    }),
    isUnbound: login !== undefined && loginHost === undefined,
  };
}

/** Terraform reads it too; one that is no address names nobody. */
function addressIn(env: Env): URL | undefined {
  const text = variable(env, 'TF_HTTP_ADDRESS');
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

function loginIn(env: Env): string | undefined {
  const user = variable(env, 'TF_HTTP_USERNAME');
  if (user === undefined) return undefined;
  return `Basic ${Buffer.from(`${user}:${variable(env, 'TF_HTTP_PASSWORD') ?? ''}`).toString('base64')}`;
}
