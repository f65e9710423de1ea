import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assertSystemError } from '../../../../errors.ts';
import { type Env, variable } from '../../../aws/profile.ts';
import { HCP_HOST } from './where.ts';

/**
 * The token for one host and no other, as Terraform finds it: TF_TOKEN_<host>, then `credentials` of the CLI configuration,
 * then what `terraform login` left (Terraform documentation, "CLI Configuration: Credentials"). TFE_TOKEN, the variable
 * of the tfe provider and of go-tfe, counts for the host that goes with it.
 */
export async function tokenFor(host: string, env: Env): Promise<string | undefined> {
  return usable(fromVariables(host, env) ?? (await fromConfig(host, env)) ?? (await fromLogin(host, env)));
}

/** A token with line breaks or control characters in it is none, and fetch would quote it in its error. */
const usable = (token: string | undefined): string | undefined =>
  token !== undefined && /^[\x21-\x7e]+$/.test(token.trim()) ? token.trim() : undefined;

/** What to set, for a host without a token. */
export const tokenVariables = (host: string): string =>
  `set ${PREFIX}${host.replace(/:\d+$/, '').replaceAll('-', '__').replaceAll('.', '_')}${host === HCP_HOST ? ' or TFE_TOKEN' : ''}, or run "terraform login ${host}"`;

const PREFIX = 'TF_TOKEN_';

function fromVariables(host: string, env: Env): string | undefined {
  const names = Object.keys(env).filter((name) => name.startsWith(PREFIX) && decoded(name) === withoutPort(host));
  const own = names.sort().flatMap((name) => variable(env, name) ?? [])[0];
  return own ?? (host === tfeHost(env) ? variable(env, 'TFE_TOKEN') : undefined);
}

/** Dots are written `_`, dashes `__` or as they are; in names a port has no place. */
const decoded = (name: string): string =>
  name.slice(PREFIX.length).replaceAll('__', '-').replaceAll('_', '.').toLowerCase();

const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** Whose TFE_TOKEN is. */
function tfeHost(env: Env): string {
  const address = tfeAddress(env);
  return address?.host ?? variable(env, 'TFE_HOSTNAME')?.toLowerCase() ?? HCP_HOST;
}

/** TFE_ADDRESS, as go-tfe reads it. */
export function tfeAddress(env: Env): URL | undefined {
  const text = variable(env, 'TFE_ADDRESS');
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

const home = (env: Env): string | undefined => variable(env, 'HOME') ?? variable(env, 'USERPROFILE');

/** A file that is not there, or that is not for us, holds no token. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    assertSystemError(error);
    return '';
  }
}

const BLOCK = /^[\t ]*credentials[\t ]+"([^"\n]+)"[\t ]*\{([^{}]*)\}/gm;
const TOKEN = /(?:^|[\s{])token[\t ]*=[\t ]*"([^"\\\n]+)"/;

async function fromConfig(host: string, env: Env): Promise<string | undefined> {
  const folder = home(env);
  const path = variable(env, 'TF_CLI_CONFIG_FILE') ?? (folder === undefined ? undefined : join(folder, '.terraformrc'));
  if (path === undefined) return undefined;
  for (const [, name = '', body = ''] of (await textOf(path)).matchAll(BLOCK)) {
    const token = TOKEN.exec(body)?.[1];
    if (name.toLowerCase() === host && token !== undefined) return token;
  }
  return undefined;
}

const loginSchema = z.object({ credentials: z.record(z.string(), z.object({ token: z.string() }).partial()) });

async function fromLogin(host: string, env: Env): Promise<string | undefined> {
  const folder = home(env);
  if (folder === undefined) return undefined;
  const text = await textOf(join(folder, '.terraform.d', 'credentials.tfrc.json'));
  const { credentials } = loginSchema.catch({ credentials: {} }).parse(jsonIn(text));
  return Object.entries(credentials).find(([name]) => name.toLowerCase() === host)?.[1].token;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
