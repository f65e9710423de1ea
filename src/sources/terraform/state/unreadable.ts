import { UserError } from '../../../errors.ts';
import { fileError } from '../../file-error.ts';

/** Why the system would not let a state be read, for its coverage. Anything but a system error is thrown on. */
export function whyUnreadable(error: unknown): string {
  const failure = fileError('cannot be read', error);
  if (!(failure instanceof UserError)) throw failure;
  return failure.message;
}
