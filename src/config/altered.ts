import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../model/grouped.ts';
import { DEFAULT_GRACE_MS } from '../model/inventory.ts';
import { DEFAULT_FAIL_ON } from '../model/rule.ts';
import { parseDuration } from '../model/time.ts';
import { BASELINE_NAME } from './baseline-name.ts';
import { settingsText } from './find-settings.ts';
import { saidIn } from './resettled.ts';
import { whereFrom } from './settings-paths.ts';
import type { SettingsFile } from './settings-schema.ts';

/** What one version of the settings says, and the directory that its paths start from. */
interface Version {
  readonly said: SettingsFile;
  readonly dir: string;
}

/** What holds by a version, as text of no form that matters: paths absolute, and what it does not say as its default. */
const HELD: Readonly<Record<string, (version: Version) => unknown>> = {
  state: ({ said, dir }) => wheres(said.state, dir),
  plans: ({ said, dir }) => paths(said.plans, dir),
  estate: ({ said }) => said.estate ?? 'partial',
  ownership: ({ said }) => meant(said.ownership),
  owners: ({ said }) => meant(said.owners),
  suppressions: ({ said }) => meant(said.suppressions),
  'accepted-gaps': ({ said }) => meant(said['accepted-gaps']),
  'fail-on': ({ said }) => said['fail-on'] ?? DEFAULT_FAIL_ON,
  'allow-partial': ({ said }) => said['allow-partial'] ?? false,
  baseline: ({ said, dir }) => resolve(dir, said.baseline ?? BASELINE_NAME),
  grace: ({ said }) => (said.grace === undefined ? DEFAULT_GRACE_MS : parseDuration(said.grace)),
  'ignore-tags': ({ said }) => meant(said['ignore-tags']),
};

/**
 * Which settings that can let findings through, or say what is looked at and with which values, hold otherwise than by the
 * settings file before. What could not be read said nothing, as did one that was not there; what says the default says
 * nothing.
 */
export async function alteredIn(
  former: string | undefined,
  file: string | undefined,
  before: (file: string) => Promise<Uint8Array | undefined>,
): Promise<readonly string[]> {
  const bytes = former === undefined ? undefined : await before(former);
  const was = saidIn(bytes && Buffer.from(bytes).toString('utf8')) ?? {};
  const is = saidIn(file && (await settingsText(file))) ?? {};
  const dir = dirname(file ?? former ?? '/');
  return alteredBetween({ said: was, dir: dirname(former ?? file ?? '/') }, { said: is, dir });
}

/** The same of two versions as they are read. */
export function alteredBetween(was: Version, is: Version): readonly string[] {
  const differ = Object.entries(HELD).flatMap(([name, held]) => (isDeepStrictEqual(held(was), held(is)) ? [] : [name]));
  return [
    ...rootsAltered(was, is),
    ...dirsAltered(was, is),
    ...regionsLeft(was.said, is.said),
    ...differ,
    ...rulesAltered(was.said, is.said),
  ];
}

/** Where nothing says where roots are, they are looked for here. */
const configDirs = ({ said, dir }: Version): readonly string[] =>
  said['config-dirs'] === undefined && said.roots === undefined ? [dir] : paths(said['config-dirs'], dir);

/** A list of roots alone is how settings begin: a root that it does not lead to is told by what it has. */
const dirsAltered = (was: Version, is: Version): readonly string[] =>
  [was, is].every(({ said }) => said['config-dirs'] === undefined) || isDeepStrictEqual(configDirs(was), configDirs(is))
    ? []
    : ['config-dirs'];

const OF_A_ROOT = ['workspace', 'state', 'var-files', 'accounts', 'regions', 'plan'] as const;

/**
 * The roots of which something else is said than before, with what: `roots (infra: state, var-files)`. That one is looked at,
 * or no longer, is told by what is found there, and by its gap.
 */
function rootsAltered(was: Version, is: Version): readonly string[] {
  const [old, fresh] = [was, is].map(rootsOf);
  const dirs = [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])];
  const altered = dirs.flatMap((dir) => {
    const [before, now] = [old?.get(dir) ?? [], fresh?.get(dir) ?? []];
    const what = OF_A_ROOT.filter((name) => !isDeepStrictEqual(saidOf(before, name), saidOf(now, name)));
    const { path } = now[0] ?? before[0] ?? { path: dir };
    return what.length === 0 ? [] : [`${path}: ${what.join(', ')}`];
  });
  if (altered.length === 0) return [];
  const more = altered.length > NAMED ? [`${altered.length - NAMED} more`] : [];
  return [`roots (${[...altered.slice(0, NAMED), ...more].join('; ')})`];
}

const NAMED = 3;

const rootsOf = ({ said, dir }: Version) =>
  grouped(
    (said.roots ?? []).map((root) => ({
      ...root,
      dir: resolve(dir, root.path),
      state: root.state && wheres(root.state, dir),
      'var-files': root['var-files'] && paths(root['var-files'], dir),
      plan: root.plan && resolve(dir, root.plan),
    })),
    (root) => root.dir,
  );

type Root = ReturnType<typeof rootsOf> extends ReadonlyMap<string, readonly (infer One)[]> ? One : never;

/** By workspace, for a directory may be the root of several. */
const saidOf = (roots: readonly Root[], name: (typeof OF_A_ROOT)[number]) =>
  new Map(roots.flatMap((root) => (root[name] === undefined ? [] : [[root.workspace, root[name]]])));

/** Regions that are scanned no longer; the first that settings name are no fewer than before. */
const regionsLeft = ({ regions: was = [] }: SettingsFile, { regions: is = [] }: SettingsFile): readonly string[] =>
  was.some((region) => !is.includes(region)) ? ['regions'] : [];

/** With the ids of the rules with another severity or switch: `rules (severity.key-disabled, off.tags-drift)`. */
function rulesAltered({ rules: was = {} }: SettingsFile, { rules: is = {} }: SettingsFile): readonly string[] {
  if (isDeepStrictEqual(meant(was), meant(is))) return [];
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
  return [what.length === 0 ? 'rules' : `rules (${what.join(', ')})`];
}

const paths = (given: readonly string[] | undefined, dir: string): readonly string[] =>
  (given ?? []).map((path) => resolve(dir, path));

const wheres = (given: SettingsFile['state'], dir: string): readonly string[] =>
  [given ?? []].flat().map((where) => whereFrom(where, dir));

/** Without what is empty, for that says nothing; undefined where nothing is left. */
function meant(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  const left = Object.entries(value).filter(([, inner]) => meant(inner) !== undefined);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
