import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { assertSystemError, errorCode, whyUnreadable } from '../../../errors.ts';
import { realPathOf } from '../../real-path.ts';
import { leadsOutside } from '../configuration/bounds.ts';
import { ERRORED_STATE_FILE, STATE_FILE, WORKSPACES_DIR } from '../file-names.ts';
import { fromRepository, type HomeAsk, isExpression, type StateHome, unplaced } from './home.ts';

const DEFAULT = 'default';

/** The states in a root's own directory: those files that are there. None is no gap yet: it may never have been applied. */
export async function localHome({ dir, backend, only, selected, within }: HomeAsk): Promise<StateHome> {
  const path = settingIn(backend.settings, 'path', STATE_FILE);
  const workspaces = settingIn(backend.settings, 'workspace_dir', WORKSPACES_DIR);
  if (path === undefined) return unplaced(isExpression('local', 'path'));
  if (workspaces === undefined) return unplaced(isExpression('local', 'workspace_dir'));
  const others = await namesIn(resolve(dir, workspaces), only, within);
  if (!Array.isArray(others)) return unplaced(`its workspaces (${workspaces}) cannot be listed: ${others.unreadable}`);
  const files = new Map(others.map((name): [string, string] => [name, resolve(dir, workspaces, name, STATE_FILE)]));
  if (only === undefined || only === DEFAULT) files.set(DEFAULT, resolve(dir, path));
  const there = new Map<string, string>();
  for (const [name, file] of files) if (await mayBeThere(file)) there.set(name, file);
  const stray = join(dir, ERRORED_STATE_FILE);
  const states = [...there.values(), ...((await mayBeThere(stray)) ? [stray] : [])];
  return { states: states.map(fromRepository), gaps: [], workspace: only ?? workspaceOf([...there.keys()], selected) };
}

/** undefined: it would have to be evaluated. */
function settingIn(settings: HomeAsk['backend']['settings'], name: string, otherwise: string): string | undefined {
  const setting = settings.get(name);
  if (setting === undefined) return otherwise;
  if (setting.kind !== 'text') return undefined;
  return setting.text === '' ? otherwise : setting.text;
}

/** With several states the configuration means another thing for each. */
function workspaceOf(names: readonly string[], selected: string | null): string | null {
  const [only, ...more] = names;
  if (more.length > 0) return null;
  return selected ?? only ?? DEFAULT;
}

async function namesIn(
  dir: string,
  only: string | undefined,
  within: readonly string[],
): Promise<string[] | { readonly unreadable: string }> {
  if (only !== undefined) return only === DEFAULT ? [] : [only];
  const outside = leadsOutside(await realPathOf(dir), within);
  if (outside !== undefined) return { unreadable: outside };
  try {
    return (await readdir(dir)).sort();
  } catch (error) {
    if (isNothing(error)) return [];
    return { unreadable: whyUnreadable(error) };
  }
}

/** What cannot be looked at is told by whoever reads it. */
async function mayBeThere(file: string): Promise<boolean> {
  try {
    return !(await stat(file)).isDirectory();
  } catch (error) {
    if (isNothing(error)) return false;
    assertSystemError(error);
    return true;
  }
}

const isNothing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
