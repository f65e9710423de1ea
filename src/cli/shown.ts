import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../model/time.ts';
import { shownPath } from '../sources/shown-path.ts';
import { httpLocator } from '../sources/terraform/backends/http/source.ts';
import { parseWhere, type Where } from '../sources/terraform/state/where.ts';
import type { Host } from './host.ts';

/** A path as reports name it. */
export const shownFrom = (path: string, { cwd }: Pick<Host, 'cwd'>): string => shownPath(resolve(cwd, path), cwd);

/** A WHERE as reports name it: of an address no query, and of what is no place nothing but its kind. */
export function shownWhere(where: string, host: Pick<Host, 'cwd'>): string {
  const meant = meaningOf(where);
  if (meant === undefined) return `${/^[\w+.-]+:/.exec(where)?.[0] ?? ''}…`;
  if (meant.kind === 'http') return httpLocator(meant.url);
  return meant.kind === 'path' ? shownFrom(meant.path, host) : where;
}

function meaningOf(where: string): Where | undefined {
  try {
    return parseWhere(where);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
] as const;

/** Milliseconds as a duration is written, in the largest unit that says it whole. */
export function durationText(ms: number): string {
  const [unit, length] = UNITS.find(([, size]) => ms % size === 0 && ms > 0) ?? ['s', SECOND];
  return `${ms / length}${unit}`;
}
