import { resolve } from 'node:path';
import type { Env } from '../../../aws/profile.ts';
import { shownPath } from '../../../shown-path.ts';
import { failedAt, foundAll, type Resolved, unreadableFor } from '../source.ts';
import { programFor } from './program.ts';
import { outputOf } from './run.ts';
import type { ExecWhere } from './where.ts';

/** What `state pull` prints in one directory. Only a flag leads here: a file that could would run commands. */
export function resolveExec({ program, dir }: ExecWhere, from: 'flag' | 'repository', cwd: string, env: Env): Resolved {
  const path = resolve(cwd, dir);
  const locator = `exec:${program === null ? '' : `${program}:`}${shownPath(path, cwd)}`;
  if (from === 'repository') return failedAt(locator, 'commands are run for --state on the command line only');
  return foundAll([
    {
      locator,
      named: true,
      read: async (signal) => {
        const found = await programFor(path, program, env);
        if (found.kind === 'none') return unreadableFor(found.reason);
        return outputOf({ path: found.path, args: ['state', 'pull'], dir: path, env }, signal);
      },
      // What it prints tells, and nothing else does.
      isStill: async () => false,
    },
  ]);
}
