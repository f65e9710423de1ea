import type { Source } from '../model/coverage.ts';
import type { Instant } from '../model/time.ts';

/** How far a source has come; for a progress line, never for a decision. */
export interface Progress {
  readonly source: Source;
  readonly text: string;
}

/** How pauses between calls are made, and the monotonic clock in milliseconds that they are reckoned by. */
export interface Timer {
  readonly now: () => number;
  /** Ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** What every source is given beside its own question. */
export interface Looking {
  /** Aborted on Ctrl-C: a source stops asking and throws the signal's reason. */
  readonly signal: AbortSignal;
  /** The clock: frozen by --as-of only where the caller says so; provenance uses this one. */
  readonly now: () => Instant;
  readonly onProgress: (progress: Progress) => void;
  /** The process's own when absent. */
  readonly timer?: Timer;
}
