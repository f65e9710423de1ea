import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { errorText, oneLine } from './error-text.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as unset, as in the AWS CLI. */
export const variable = (env: Env, name: string): string | undefined => env[name] || undefined;

/** Both shared files, in the places that the SDK reads (AWS SDKs and Tools reference guide, "Shared config file locations"). */
const sharedFiles = (env: Env): readonly string[] => [
  variable(env, 'AWS_CONFIG_FILE') ?? join(homedir(), '.aws', 'config'),
  variable(env, 'AWS_SHARED_CREDENTIALS_FILE') ?? join(homedir(), '.aws', 'credentials'),
];

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new UserError(
      `cannot read ${path} (${oneLine(errorText(error))}): check its permissions or unset its variable`,
    );
  }
}

/** Names in section headers: `[name]`, `[profile name]`, `[profile "a name"]`. */
function profilesIn(text: string): ReadonlySet<string> {
  const headers = text.matchAll(
    /^[ \t]*\[[ \t]*(?:profile[ \t]+)?(?<quote>["']?)(?<name>[^\]"'\r\n]+?)\k<quote>[ \t]*\]/gm,
  );
  return new Set([...headers].map((header) => header.groups?.['name'] ?? ''));
}

/**
 * Throws a UserError for a profile that neither shared file knows. Without this the SDK's chain would go on to the
 * machine's own role, and another account would be scanned than the one named.
 */
export async function assertProfile(profile: string, env: Env): Promise<void> {
  const files = sharedFiles(env);
  const names = await Promise.all(files.map(async (path) => profilesIn(await textOf(path))));
  if (names.some((known) => known.has(profile))) return;
  throw new UserError(
    `profile ${JSON.stringify(profile)} is neither in ${files.join(' nor in ')}: check --profile and AWS_PROFILE, or run "aws configure list-profiles"`,
  );
}
