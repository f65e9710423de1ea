import { UserError } from '../errors.ts';
import { workTree } from '../files/work-tree.ts';
import type { HeldBaseline } from '../model/acceptance.ts';
import type { Change } from '../model/change.ts';
import { shownPath } from '../sources/shown-path.ts';
import { isReadByTerraform } from '../sources/terraform/file-names.ts';
import { removedBy } from '../sources/terraform/removed.ts';
import type { Sight } from './former.ts';
import type { Host } from './host.ts';
import type { HeldSettings } from './settings.ts';

/** The change that a gate is to be about. */
export interface ChangeFlags {
  /** A commit, as git takes it. */
  readonly changedSince?: string;
  readonly config?: string;
}

/** What else a change is laid beside. */
export interface ChangePlaces {
  /** Where known findings are, or would be, and what is there. */
  readonly baseline: string;
  readonly known: HeldBaseline | null;
  /** Where roots are looked for; undefined where none are. */
  readonly sight: Sight | undefined;
}

/**
 * What changed since the merge base with a commit, uncommitted work included; undefined where nobody asks. Throws
 * UserError where git cannot tell. A settings file counts by what it says of roots, not as a file of the root that it
 * stands in.
 */
export async function changeOf(
  { changedSince: since, config }: ChangeFlags,
  held: HeldSettings,
  places: ChangePlaces,
  host: Host,
): Promise<Change | undefined> {
  if (since === undefined) return undefined;
  return namedBy(since, host.env, async () => changeSince(since, config, held, places, host));
}

/** What cannot be done with a variable's value is told of the variable: nobody gave a flag then. */
async function namedBy<T>(since: string, env: Host['env'], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UserError) || env[VARIABLE]?.trim() !== since) throw error;
    throw new UserError(error.message.replace(/^--changed-since\b/, VARIABLE), { cause: error });
  }
}

const VARIABLE = 'KEYDRIFT_CHANGED_SINCE';

async function changeSince(
  since: string,
  config: string | undefined,
  held: HeldSettings,
  { baseline, known, sight }: ChangePlaces,
  host: Host,
): Promise<Change> {
  const { changedSince } = await import('../sources/git/changed.ts');
  const { addedTo, baselineWords } = await import('../config/added-baseline.ts');
  const { alteredIn } = await import('../config/altered.ts');
  const { resettledIn } = await import('../config/resettled.ts');
  const { cwd, env, signal } = host;
  const top = await workTree(cwd);
  if (top === undefined) {
    throw new UserError('--changed-since: no git work tree here: run keydrift in a clone, or leave it out');
  }
  const { formerOf, formerSettings } = await import('./former.ts');
  const changed = await changedSince({ ref: since, top, cwd, env }, signal);
  const { base, files, deleted, untracked, before } = changed;
  const was = await formerSettings(changed, held, config !== undefined, cwd);
  const settings = [was.file, held.file].flatMap((file) => (file === undefined ? [] : [shownPath(file, cwd)]));
  // Settings from outside of the repository, which nothing bounds, are no part of any change.
  const isForeign = held.file !== undefined && held.settings.within === undefined;
  const isOneFile = was.file === held.file || was.file === undefined;
  const resettled = isForeign ? [] : isOneFile ? await resettledIn(held.file, before) : 'all';
  const altered = isForeign ? [] : await alteredIn(was.file ?? held.file, held.file, before);
  const knownAt = shownPath(baseline, cwd);
  const alters = [
    ...(altered.length === 0 ? [] : [{ path: settings.at(-1) ?? '', what: altered }]),
    ...(files.includes(knownAt)
      ? [{ path: knownAt, what: [baselineWords(addedTo(known, await before(baseline)))] }]
      : []),
  ];
  const isTouching = (file: string): boolean =>
    !settings.includes(file) && (!untracked.has(file) || isReadByTerraform(file));
  const looked = sight && (await formerOf(changed, { was, is: held, sight }, { cwd, signal }));
  const { overlookedOf } = await import('./overlooked.ts');
  const overlooked = sight === undefined ? [] : await overlookedOf(changed, held, sight, host);
  const removed = deleted.length === 0 ? undefined : await removedBy(deleted, before, cwd);
  return {
    since,
    base,
    count: files.length,
    files: files.filter(isTouching),
    resettled: resettled === 'all' ? 'all' : resettled.map((dir) => shownPath(dir, cwd)),
    ...(alters.length === 0 ? {} : { alters }),
    ...(removed === undefined
      ? {}
      : { removed: { ...removed, dirs: removed.dirs.filter(looked?.isSeenAlone ?? isAny) } }),
    ...(looked === undefined ? {} : { former: looked.former }),
    ...(overlooked.length === 0 ? {} : { overlooked }),
  };
}

const isAny = (): boolean => true;
