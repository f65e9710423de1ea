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

/** What can let findings through that would count otherwise. */
const OF_WHAT_COUNTS = [
  'ownership',
  'owners',
  'suppressions',
  'accepted-gaps',
  'rules',
  'fail-on',
  'allow-partial',
  'baseline',
  'grace',
  'ignore-tags',
] as const satisfies readonly (keyof SettingsFile)[];

/**
 * Which settings of what counts the settings file no longer says as the one before it did; what could not be read said
 * nothing, as did one that was not there.
 */
export async function alteredIn(
  former: string | undefined,
  file: string | undefined,
  before: (file: string) => Promise<Uint8Array | undefined>,
): Promise<readonly string[]> {
  const bytes = former === undefined ? undefined : await before(former);
  const was = saidIn(bytes && Buffer.from(bytes).toString('utf8')) ?? {};
  const is = saidIn(file && (await settingsText(file))) ?? {};
  return OF_WHAT_COUNTS.filter((name) => !isDeepStrictEqual(was[name], is[name])).map((name) =>
    name === 'rules' ? rulesAltered(was.rules, is.rules) : name,
  );
}

/** The ids of the rules with another severity or switch than before: `rules (severity.key-disabled, off.tags-drift)`. */
function rulesAltered(was: SettingsFile['rules'] = {}, is: SettingsFile['rules'] = {}): string {
  const severities = new Set([was.severity, is.severity].flatMap((said) => Object.keys(said ?? {})));
  const lowered = [...severities]
    .filter((id) => was.severity?.[id] !== is.severity?.[id])
    .map((id) => `severity.${id}`);
  const switched = (['off', 'on'] as const).flatMap((name) => {
    const [before, now] = [new Set(was[name]), new Set(is[name])];
    return [...before, ...now].filter((id) => before.has(id) !== now.has(id)).map((id) => `${name}.${id}`);
  });
  const others = (['directories', 'parameters'] as const).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const what = [...lowered, ...switched, ...others].sort();
  return what.length === 0 ? 'rules' : `rules (${what.join(', ')})`;
}

/** The same of a settings file as it stands, and what `before` gives of it. */
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

function saidIn(text: string | undefined): SettingsFile | undefined {
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
