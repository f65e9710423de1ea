import { execFileSync } from 'node:child_process';

/** Node.js has no call for it (POSIX utilities, mkfifo). */
const MAKE_PIPE = 'mkfifo';

/** Makes a named pipe, with nobody at either end. */
export function makePipe(path: string): void {
  execFileSync(MAKE_PIPE, [path]);
}
