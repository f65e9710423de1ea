import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors.ts';
import { grouped } from '../model/grouped.ts';
import { SETTINGS_NAME, settingsText } from './find-settings.ts';
import { type SettingsFile, settingsSchema } from './settings-schema.ts';
import { parseYaml } from './yaml-document.ts';

/** What is said of judging: none of it changes what an apply does to which key. */
const OF_JUDGING = [
  'accepted-gaps',
  'allow-partial',
  'baseline',
  'events',
  'fail-on',
  'grace',
  'ignore-tags',
  'owners',
  'rules',
  'since',
  'suppressions',
  '$schema',
] as const satisfies readonly (keyof SettingsFile)[];

/** The same as `resettledRoots` of a settings file as it stands, and what `before` gives of it. */
export async function resettledIn(
  file: string | undefined,
  before: (file: string) => Promise<Uint8Array | undefined>,
): Promise<readonly string[] | 'all'> {
  if (file === undefined) return [];
  const was = await before(file);
  return resettledRoots(was && Buffer.from(was).toString('utf8'), await settingsText(file), dirname(file));
}

/**
 * Directories of the roots, absolute, of which two versions of a settings file do not say the same; `all` where what they
 * say of all of them differs, or a version cannot be read. undefined is a file that was not there, or no longer is.
 */
export function resettledRoots(
  before: string | undefined,
  now: string | undefined,
  dir: string,
): readonly string[] | 'all' {
  if (before === now) return [];
  const [was, is] = [before, now].map(saidIn);
  if (was === undefined || is === undefined || !isDeepStrictEqual(ofAllRoots(was), ofAllRoots(is))) return 'all';
  const [old, fresh] = [was, is].map(({ roots = [] }) => grouped(roots, ({ path }) => resolve(dir, path)));
  const dirs = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
  return [...dirs].filter((root) => !isDeepStrictEqual(old?.get(root), fresh?.get(root)));
}

/** What a text of settings says; undefined where it cannot be read, nothing where there is none. */
export function saidIn(text: string | undefined): SettingsFile | undefined {
  if (text === undefined) return {};
  try {
    return settingsSchema.safeParse(parseYaml(SETTINGS_NAME, text).data).data;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function ofAllRoots(said: SettingsFile): Partial<SettingsFile> {
  const { roots: _, ...rest } = said;
  const judging: ReadonlySet<string> = new Set(OF_JUDGING);
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !judging.has(name)));
}
