import { dirname, posix, resolve } from 'node:path';
import { directoriesUp, SETTINGS_NAME } from '../config/find-settings.ts';
import { NO_SETTINGS, parseSettings, type Settings } from '../config/settings.ts';
import { UserError } from '../errors.ts';
import type { Former } from '../model/change.ts';
import { grouped } from '../model/grouped.ts';
import type { Changed } from '../sources/git/changed.ts';
import { shownPath } from '../sources/shown-path.ts';
import { createModuleReader } from '../sources/terraform/configuration/module-reader.ts';
import { isConfiguration, isReadByTerraform } from '../sources/terraform/file-names.ts';
import { type FormerRoots, formerRoots } from '../sources/terraform/roots/former.ts';
import { formerlyLed, ledWithin } from '../sources/terraform/roots/formerly-led.ts';
import { ledElsewhere } from '../sources/terraform/roots/led-elsewhere.ts';
import { heirs } from '../sources/terraform/roots/moved.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

/** Where a command looks for roots, as far as the repository does not say it. */
export interface Sight {
  /** Of flags, which come before what settings say. */
  readonly configDirs: readonly string[];
  /** Where neither flags nor settings say anything. */
  readonly assumed: readonly string[];
}

/** The settings that held before a change. */
export interface FormerSettings {
  /** Absolute; undefined where there were none. */
  readonly file: string | undefined;
  /** undefined where they cannot be read: nothing was looked at by them. */
  readonly settings: Settings | undefined;
}

/** Those of the file that holds now where it was named, and as they are where it is new or elsewhere; else of the nearest. */
export async function formerSettings(
  { before }: Pick<Changed, 'before'>,
  { file, settings }: HeldSettings,
  isNamed: boolean,
  cwd: string,
): Promise<FormerSettings> {
  const near = (await directoriesUp(cwd)).map((dir) => resolve(dir, SETTINGS_NAME));
  for (const candidate of isNamed && file !== undefined ? [file] : near) {
    const bytes = await before(candidate);
    if (bytes === undefined) continue;
    return { file: candidate, settings: settingsIn(Buffer.from(bytes).toString('utf8'), candidate) };
  }
  return isNamed ? { file, settings } : { file: undefined, settings: NO_SETTINGS };
}

function settingsIn(text: string, file: string): Settings | undefined {
  try {
    return parseSettings(SETTINGS_NAME, text, dirname(file));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What was looked at before, and of a directory whether it was, for itself. */
export interface FormerLook extends Pick<FormerRoots, 'isSeenAlone'> {
  readonly former: Former;
}

/** What was looked at before, where the change may have it out of sight; undefined where it cannot. */
export async function formerOf(
  changed: Changed,
  { was, is, sight }: { readonly was: FormerSettings; readonly is: HeldSettings; readonly sight: Sight },
  { cwd, signal }: Pick<Host, 'cwd' | 'signal'>,
): Promise<FormerLook | undefined> {
  if (!mayHide(changed, was, cwd)) return undefined;
  const before = was.settings ?? is.settings;
  const named = before.roots.map(({ dir }) => dir);
  const dirs = [sight.configDirs, before.configDirs].find((each) => each.length > 0) ?? [];
  const assumed = dirs.length > 0 || named.length > 0 ? dirs : sight.assumed;
  const tree = await changed.tree();
  const looked = { dirs: assumed.map((dir) => resolve(cwd, dir)), named };
  const { roots, isSeenAlone } = await formerRoots(tree, looked, cwd);
  const byDir = grouped(
    changed.files.filter((file) => isConfiguration(posix.basename(file))),
    posix.dirname,
  );
  const there = [...byDir.keys()].map((dir) => resolve(cwd, dir));
  const reader = createModuleReader(cwd, signal);
  const heirsOf = await heirs(there, reader);
  // A link, or a submodule, where the directory was: what an apply finds there is not looked at.
  const replaced = new Set(changed.files);
  const isResettled = mayResettle(changed, { was, is }, cwd);
  const within = is.settings.within === undefined ? undefined : [is.settings.within];
  const led = { areGiven: before.states.length > 0, within, cwd };
  const saidOf = grouped(before.roots, (root) => root.dir);
  const told = roots.map(async ({ source, ...root }) => {
    const { dir } = root;
    const files = byDir.get(dir) ?? [];
    const states =
      isResettled || files.length > 0 ? await formerlyLed(source, { ...led, named: saidOf.get(source.dir) ?? [] }) : [];
    const movedTo = replaced.has(dir) ? [] : await heirsOf(source);
    const ledTo = files.length > 0 ? await ledElsewhere(source, await reader.read(source.dir), cwd) : undefined;
    return { ...root, files, movedTo, states, ...(ledTo === undefined ? {} : { ledTo }) };
  });
  const workspaces = unnamed(before, is.settings).map((root) => ({ ...root, dir: shownPath(root.dir, cwd) }));
  const given = isResettled ? ledWithin(before.states, within) : [];
  return { former: { roots: await Promise.all(told), workspaces, given }, isSeenAlone };
}

/** Whether settings may say something else than before of where states are. */
function mayResettle(
  { files }: Changed,
  { was, is }: { readonly was: FormerSettings; readonly is: HeldSettings },
  cwd: string,
): boolean {
  return was.file !== is.file || (is.file !== undefined && files.includes(shownPath(is.file, cwd)));
}

/** Settings that are new hide what nobody named before: where nothing else of Terraform changes, that is how they begin. */
const mayHide = ({ files }: Changed, { file }: FormerSettings, cwd: string): boolean =>
  files.some(isReadByTerraform) || (file !== undefined && files.includes(shownPath(file, cwd)));

function unnamed(before: Settings, now: Settings): readonly { readonly dir: string; readonly workspace: string }[] {
  const isNamed = (dir: string, workspace: string): boolean =>
    now.roots.some((root) => root.dir === dir && root.workspace === workspace);
  return before.roots.flatMap(({ dir, workspace }) =>
    workspace === undefined || isNamed(dir, workspace) ? [] : [{ dir, workspace }],
  );
}
