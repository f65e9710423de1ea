import type { Env } from '../../aws/profile.ts';
import type { AwsSession } from '../../aws/session.ts';
import type { StateHeader } from './http/headers.ts';

/** With what states elsewhere may be asked for; none of it comes from a file of the repository. */
export interface StateAccess {
  readonly env: Env;
  /** Whose credentials S3 is asked with; null: nobody's, so that states there are not covered. */
  readonly session: AwsSession | null;
  /** From flags and environment. */
  readonly headers: readonly StateHeader[];
}
