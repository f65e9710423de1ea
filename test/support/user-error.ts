import { UserError } from '../../src/errors.ts';

/** What the act throws; undefined when it throws nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The line that the user is shown for the act; `no error` when there is none. Anything but a UserError passes through. */
export function userErrorOf(act: () => unknown): string {
  const error = thrownBy(act);
  if (error === undefined) return 'no error';
  if (error instanceof UserError) return error.message;
  throw error;
}
