import { dirname, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Acceptance, AcceptedGap, Suppression } from '../model/acceptance.ts';
import type { Estate } from '../model/inventory.ts';
import type { NamedRoot, PulumiFile } from '../model/named.ts';
import type { Owned, OwnerEntry, Ownership } from '../model/ownership.ts';
import type { FailOn, RuleSwitches } from '../model/rule.ts';
import { parseDuration } from '../model/time.ts';
import { ownSettingsText, SETTINGS_NAME, settingsText } from './find-settings.ts';
import { firstIssue } from './first-issue.ts';
import { assertWithin, type SettingsOrigin, settingsBounds } from './settings-bounds.ts';
import { namedPaths, whereFrom } from './settings-paths.ts';
import { placesOf, type SettingPlaces } from './settings-places.ts';
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
  readonly configDirs: readonly string[];
  readonly plans: readonly string[];
  readonly events: 'lookup' | 'off' | undefined;
  /** Milliseconds, like `grace`. */
  readonly since: number | undefined;
  readonly grace: number | undefined;
  readonly failOn: FailOn | undefined;
  readonly allowPartial: boolean | undefined;
  readonly gaps: readonly AcceptedGap[];
  readonly suppressions: readonly Suppression[];
  readonly ruleDirectories: readonly string[];
  readonly rules: RuleSwitches;
  /** undefined: the one beside the settings, where there is one. */
  readonly baseline: string | undefined;
  /** Where each thing that it says stands. */
  readonly places: SettingPlaces;
  /** The real path of the directory that nothing it names may lead out of; undefined: it is free. */
  readonly within: string | undefined;
}

/** Where a value of the file stands: for reports, and with its column for errors. */
interface Places {
  readonly place: (path: readonly (string | number)[]) => Acceptance['place'];
  readonly at: (path: readonly (string | number)[]) => string;
  readonly all: SettingPlaces;
}

/**
 * Reads a settings file, and follows the paths that it names as far as to know that they stay within its bounds. Throws
 * UserError with path, line and column.
 */
export async function readSettings(origin: SettingsOrigin): Promise<Settings> {
  const { file, shown } = origin;
  const bounds = await settingsBounds(origin);
  const dir = dirname(file);
  const text = bounds === undefined ? await ownSettingsText(file, shown) : await settingsText(file, shown);
  const { document, data, settings } = readText(shown, text, dir);
  if (bounds !== undefined) await assertWithin(bounds, namedPaths(data, dir, document));
  return bounds === undefined ? settings : bounded(settings, bounds);
}

/** Settings from the text of their file; relative paths in it start from `dir`. Throws UserError with the place. */
export const parseSettings = (shown: string, source: string, dir: string): Settings =>
  readText(shown, source, dir).settings;

const bounded = (settings: Settings, bounds: string): Settings => ({
  ...settings,
  roots: settings.roots.map((root) => ({ ...root, within: [bounds] })),
  within: bounds,
});

interface ReadText {
  readonly document: YamlFile;
  readonly data: SettingsFile;
  readonly settings: Settings;
}

function readText(shown: string, source: string, dir: string): ReadText {
  const file = parseYaml(shown, source);
  const parsed = settingsSchema.safeParse(file.data);
  if (!parsed.success) throw firstIssue(file, parsed.error.issues, settingsSchema);
  const settings = settingsOf(parsed.data, dir, {
    place: (path) => ({ path: shown, line: file.lineOf(path) }),
    at: file.placeOf,
    all: placesOf(file),
  });
  refuseTwins(settings.roots, file);
  refuseStrays(settings, file);
  return { document: file, data: parsed.data, settings };
}

function settingsOf(file: SettingsFile, dir: string, { place, at, all }: Places): Settings {
  const from = (path: string): string => resolve(dir, path);
  const { owners = [] } = file;
  return {
    roots: (file.roots ?? []).map((root, index) => ({
      dir: from(root.path),
      workspace: root.workspace,
      states: root.state === undefined ? undefined : wheresOf(root.state, dir),
      varFiles: root['var-files']?.map(from),
      accounts: root.accounts,
      regions: root.regions,
      plan: root.plan === undefined ? undefined : from(root.plan),
      at: `${at(['roots', index, 'path'])}: roots.${index}`,
    })),
    states: file.state === undefined ? [] : wheresOf(file.state, dir),
    regions: file.regions ?? [],
    estate: file.estate,
    ownership: {
      deployers: file.ownership?.deployers ?? [],
      owners: owners.filter(isOwner),
      ignoreTags: file['ignore-tags'] ?? [],
      owned: ownedOf(file),
    },
    pulumi: owners.flatMap((owner) =>
      'pulumi' in owner ? [{ name: owner.name, file: from(owner.pulumi), from: 'repository' as const }] : [],
    ),
    configDirs: (file['config-dirs'] ?? []).map(from),
    plans: (file.plans ?? []).map(from),
    events: file.events,
    since: file.since === undefined ? undefined : parseDuration(file.since),
    grace: file.grace === undefined ? undefined : parseDuration(file.grace),
    failOn: file['fail-on'],
    allowPartial: file['allow-partial'],
    gaps: (file['accepted-gaps'] ?? []).map(({ reason, owner, expires, ...gap }, index) => ({
      ...gap,
      acceptance: { by: 'settings', reason, owner, expires, place: place(['accepted-gaps', index]) },
    })),
    suppressions: (file.suppressions ?? []).map(({ rule, match, reason, owner, expires }, index) => ({
      rule,
      match,
      acceptance: { by: 'settings', reason, owner, expires, place: place(['suppressions', index]) },
      ruleAt: at(['suppressions', index, 'rule']),
    })),
    ruleDirectories: (file.rules?.directories ?? []).map(from),
    rules: {
      severity: file.rules?.severity ?? {},
      on: file.rules?.on ?? [],
      off: file.rules?.off ?? [],
      parameters: file.rules?.parameters ?? {},
      at: (path) => all.get(['rules', ...path].join('.')) ?? at(['rules']),
    },
    baseline: file.baseline === undefined ? undefined : from(file.baseline),
    places: all,
    within: undefined,
  };
}

const ownedOf = ({ ownership }: SettingsFile): Owned => ({
  accounts: ownership?.accounts ?? [],
  regions: ownership?.regions ?? [],
  aliases: ownership?.aliases ?? [],
  tags: ownership?.tags ?? [],
  creators: ownership?.creators ?? [],
});

function isOwner(owner: NonNullable<SettingsFile['owners']>[number]): owner is OwnerEntry {
  return !('pulumi' in owner);
}

const wheresOf = (given: string | readonly string[], dir: string): readonly string[] =>
  (typeof given === 'string' ? [given] : given).map((where) => whereFrom(where, dir));

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

/** Where directories are looked through, a root elsewhere would not be read. */
function refuseStrays({ roots, configDirs }: Settings, file: YamlFile): void {
  const stray = roots.findIndex(({ dir }) => !configDirs.some((base) => `${dir}${sep}`.startsWith(`${base}${sep}`)));
  if (configDirs.length === 0 || stray === -1) return;
  const at = file.placeOf(['roots', stray, 'path']);
  throw new UserError(`${at}: roots.${stray}: this root is below none of config-dirs: add its directory there`);
}

/** What holds where there is no settings file. */
export const NO_SETTINGS: Settings = settingsOf({}, '/', {
  place: () => ({ path: SETTINGS_NAME, line: 1 }),
  at: () => `${SETTINGS_NAME}:1:1`,
  all: new Map(),
});
