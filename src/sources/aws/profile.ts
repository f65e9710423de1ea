import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode, fileError, UserError } from '../../errors.ts';

/** Environment variables, as `process.env` has them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as unset, as in the AWS CLI. */
export const variable = (env: Env, name: string): string | undefined => env[name] || undefined;

const pathOf = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

const sharedFile = (env: Env, name: string, usual: string): string =>
  pathOf(variable(env, name) ?? join(homedir(), '.aws', usual));

/** A file that is not there names no profile. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw fileError(`cannot read ${path}, where AWS profiles are looked for`, error);
  }
}

const CONFIG_HEADER = /^\[(?:profile\s(["']?)(?<name>[\w@+.%:/-]+)\1|(?<plain>default))\]$/;
const CREDENTIALS_HEADER = /^\[(?<name>[^\]]+)\]$/;

/** Profiles as the SDK finds them: a name that it cannot read (one with a blank in it) is one it does not know. */
function hasProfile(text: string, header: RegExp, profile: string): boolean {
  return text.split(/\r?\n/).some((line) => {
    const groups = header.exec((line.split(/(?:^|\s)[;#]/)[0] ?? '').trim())?.groups;
    return groups !== undefined && (groups['name'] ?? groups['plain']) === profile;
  });
}

/**
 * Throws a UserError for a profile that neither shared file knows. Without this the SDK's chain would go on to the
 * machine's own role, and another account would be scanned than the one named. `[profile x]` stands in the config
 * file, `[x]` in the credentials file (AWS SDKs and Tools reference guide, "Shared config and credentials files").
 */
export async function assertProfile(profile: string, env: Env): Promise<void> {
  const config = sharedFile(env, 'AWS_CONFIG_FILE', 'config');
  const credentials = sharedFile(env, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials');
  if (hasProfile(await textOf(config), CONFIG_HEADER, profile)) return;
  if (hasProfile(await textOf(credentials), CREDENTIALS_HEADER, profile)) return;
  throw new UserError(
    `profile ${JSON.stringify(profile)} is neither in ${config} nor in ${credentials}: check --profile and AWS_PROFILE, or run "aws configure list-profiles"`,
  );
}
