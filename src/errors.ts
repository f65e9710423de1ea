/**
 * Something the user can mend: one line with what, where and what to do. Shown without a stack; exit code 2.
 * Anything that is not a UserError is a bug and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The user or the system asked us to stop. `signal` decides the exit code: SIGINT 130, SIGTERM 143. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signal: 'SIGINT' | 'SIGTERM';
  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}

/** What the system's error codes mean to someone who named a file (errno(3), Node.js "Common system errors"). */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EEXIST: 'it exists already',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is no directory',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/** The code of a system or zlib error, such as ENOENT; undefined for errors that carry none. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The error to throw instead of a system error: one line, `what: why`. Errors of another kind come back unchanged. */
export function fileError(what: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new UserError(`${what}: ${MEANINGS[code] ?? code}`, { cause: error });
}

/** Why the system would not let something be read, for its coverage. Anything but a system error is thrown on. */
export function whyUnreadable(error: unknown): string {
  const failure = fileError('cannot be read', error);
  if (!(failure instanceof UserError)) throw failure;
  return failure.message;
}

/** For a catch whose answer is the same whatever the system said: anything but a system error is a bug, and thrown on. */
export function assertSystemError(error: unknown): void {
  whyUnreadable(error);
}
