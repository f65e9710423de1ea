import { relative, sep } from 'node:path';

/** A path as coverage, facts and messages name it: from `cwd`, with `/` on every system; `.` for `cwd` itself. */
export const shownPath = (path: string, cwd: string): string => relative(cwd, path).split(sep).join('/') || '.';
