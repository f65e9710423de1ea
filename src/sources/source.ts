import type { Source } from '../model/coverage.ts';
import type { Instant } from '../model/time.ts';

/** How far a source has come; for a progress line, never for a decision. */
export interface Progress {
  readonly source: Source;
  readonly text: string;
}

/** What every source is given beside its own question. */
export interface Looking {
  /** Aborted on Ctrl-C: a source stops asking and throws the signal's reason. */
  readonly signal: AbortSignal;
  /** The clock: frozen by --as-of only where the caller says so; provenance uses this one. */
  readonly now: () => Instant;
  readonly onProgress: (progress: Progress) => void;
}
