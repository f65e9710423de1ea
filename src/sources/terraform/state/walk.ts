import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, whyUnreadable } from '../../../errors.ts';
import { ANY_DEPTH, type Step } from './pattern.ts';

/** What a pattern led to; `unreadable` is a directory that could not be looked into, or a link that leads nowhere. */
export type Found =
  | { readonly kind: 'file' | 'directory'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

const LEADS_NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/**
 * Everything under `directory` that the steps describe. `**` does not follow links to directories, so a loop of links
 * ends; the other steps do. What is neither file nor directory (a pipe, a socket) is left out: reading it might never end.
 */
export async function* walk(directory: string, steps: readonly Step[], signal: AbortSignal): AsyncGenerator<Found> {
  signal.throwIfAborted();
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (typeof step === 'string') yield* follow(join(directory, step), rest, false, signal);
  else if (step === ANY_DEPTH) yield* descend(directory, rest, signal);
  else yield* choose(directory, step, rest, signal);
}

async function* choose(
  directory: string,
  form: RegExp,
  rest: readonly Step[],
  signal: AbortSignal,
): AsyncGenerator<Found> {
  const { entries, failure } = await list(directory);
  if (failure !== undefined) yield failure;
  for (const { name } of entries) if (form.test(name)) yield* follow(join(directory, name), rest, true, signal);
}

async function* descend(directory: string, rest: readonly Step[], signal: AbortSignal): AsyncGenerator<Found> {
  signal.throwIfAborted();
  yield* walk(directory, rest, signal);
  const { entries, failure } = await list(directory);
  // A pattern step that follows lists the same directory and has said so already.
  if (failure !== undefined && typeof rest[0] === 'string') yield failure;
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* descend(join(directory, entry.name), rest, signal);
  }
}

async function* follow(
  path: string,
  rest: readonly Step[],
  listed: boolean,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  const found = await at(path, listed && rest.length === 0);
  if (found === undefined) return;
  if (rest.length === 0 || found.kind === 'unreadable') yield found;
  else if (found.kind === 'directory') yield* walk(path, rest, signal);
}

/** What a path leads to; of what leads nowhere nothing, unless its name was `promised` by a listing. */
export async function at(path: string, promised: boolean): Promise<Found | undefined> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) return { kind: 'directory', path };
    return status.isFile() ? { kind: 'file', path } : undefined;
  } catch (error) {
    if (!promised && LEADS_NOWHERE.has(errorCode(error) ?? '')) return undefined;
    return { kind: 'unreadable', path, reason: whyUnreadable(error) };
  }
}

/** A directory's entries; none of one that is gone. */
export async function list(directory: string): Promise<{ entries: readonly Dirent[]; failure?: Found }> {
  try {
    return { entries: await readdir(directory, { withFileTypes: true }) };
  } catch (error) {
    if (LEADS_NOWHERE.has(errorCode(error) ?? '')) return { entries: [] };
    return { entries: [], failure: { kind: 'unreadable', path: directory, reason: whyUnreadable(error) } };
  }
}
