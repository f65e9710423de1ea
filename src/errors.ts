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
