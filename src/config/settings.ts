import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileError, UserError } from '../errors.ts';
import type { Estate } from '../model/inventory.ts';
import type { NamedRoot, PulumiFile } from '../model/named.ts';
import type { OwnerEntry, Ownership } from '../model/ownership.ts';
import { firstIssue } from './first-issue.ts';
import { type SettingsFile, settingsSchema } from './settings-schema.ts';
import { parseYaml, type YamlFile } from './yaml-document.ts';

/** What a settings file says. Every path in it is absolute; what it does not say is empty or undefined. */
export interface Settings {
  readonly roots: readonly NamedRoot[];
  /** As `--state` takes it. */
  readonly states: readonly string[];
  readonly regions: readonly string[];
  readonly estate: Estate | undefined;
  readonly ownership: Ownership;
  readonly pulumi: readonly PulumiFile[];
}

/** Reads a settings file; `shown` is how errors call it. Throws UserError with path, line and column. */
export async function readSettings(file: string, shown: string): Promise<Settings> {
  return parseSettings(shown, await textOf(file, shown), dirname(file));
}

/** Settings from the text of their file; relative paths in it start from `dir`. Throws UserError with the place. */
export function parseSettings(shown: string, source: string, dir: string): Settings {
  const file = parseYaml(shown, source);
  const parsed = settingsSchema.safeParse(file.data);
  if (!parsed.success) throw firstIssue(file, parsed.error.issues, settingsSchema);
  const settings = settingsOf(parsed.data, dir);
  refuseTwins(settings.roots, file);
  return settings;
}

async function textOf(file: string, shown: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(`cannot read the settings ${shown}`, error);
  }
}

function settingsOf(file: SettingsFile, dir: string): Settings {
  const from = (path: string): string => resolve(dir, path);
  const { owners = [] } = file;
  return {
    roots: (file.roots ?? []).map((root) => ({
      dir: from(root.path),
      workspace: root.workspace,
      states: root.state === undefined ? undefined : wheresOf(root.state, dir),
      varFiles: root['var-files']?.map(from),
      accounts: root.accounts,
      regions: root.regions,
      plan: root.plan === undefined ? undefined : from(root.plan),
    })),
    states: file.state === undefined ? [] : wheresOf(file.state, dir),
    regions: file.regions ?? [],
    estate: file.estate,
    ownership: {
      deployers: file.deployers ?? [],
      owners: owners.filter(isOwner),
      ignoreTags: file['ignore-tags'] ?? [],
    },
    pulumi: owners.flatMap((owner) =>
      'pulumi' in owner ? [{ name: owner.name, file: from(owner.pulumi), from: 'repository' as const }] : [],
    ),
  };
}

function isOwner(owner: NonNullable<SettingsFile['owners']>[number]): owner is OwnerEntry {
  return !('pulumi' in owner);
}

const wheresOf = (given: string | readonly string[], dir: string): readonly string[] =>
  (typeof given === 'string' ? [given] : given).map((where) => whereFrom(where, dir));

const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

/** A place among files becomes absolute, with its wildcards; an address stays as it is. */
function whereFrom(where: string, dir: string): string {
  const place = where.replace(/^tfstate\+/, '');
  const path = place.replace(/^file:\/\//i, '');
  if (path === place && ADDRESS.test(place)) return where;
  return isAbsolute(path) ? path : resolve(dir, path);
}

/** A directory listed twice is the root of several workspaces, or a mistake. */
function refuseTwins(roots: readonly NamedRoot[], file: YamlFile): void {
  const seen = new Set<string>();
  const dirs = roots.map(({ dir }) => dir);
  roots.forEach(({ dir, workspace }, index) => {
    const isShared = dirs.indexOf(dir) !== dirs.lastIndexOf(dir);
    const key = `${dir}\0${workspace}`;
    const at = file.placeOf(['roots', index, 'path']);
    if (isShared && workspace === undefined) {
      throw new UserError(`${at}: roots.${index}: this directory is listed more than once: give each its workspace`);
    }
    if (seen.has(key)) throw new UserError(`${at}: roots.${index}: this root is listed twice`);
    seen.add(key);
  });
}

/** What holds where there is no settings file. */
export const NO_SETTINGS: Settings = settingsOf({}, '/');
