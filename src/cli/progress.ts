import type { Source } from '../model/coverage.ts';
import { type Instant, toEpochMs } from '../model/time.ts';
import { cut } from '../reporters/cells.ts';
import { plainText } from '../reporters/plain-text.ts';
import type { Progress } from '../sources/source.ts';
import type { Host } from './host.ts';

/** Often enough to see that something moves, seldom enough for a slow terminal. */
const EVERY_MS = 100;

/** Back to the first column, and erase to the end of the line (ECMA-48, CR and EL). */
const FRESH_LINE = '\r\u001b[K';

const ASSUMED_COLUMNS = 80;

/** One line on stderr that says how far each source is; silent where stderr is no terminal. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away, before anything else is written. */
  readonly clear: () => void;
}

/** Draws at most every EVERY_MS, by this clock. */
export function progressLine(stderr: Host['stderr'], now: () => Instant): ProgressLine {
  const latest = new Map<Source, string>();
  let drawnAt = Number.NEGATIVE_INFINITY;
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  return {
    show: ({ source, text }) => {
      latest.set(source, plainText(text));
      const time = toEpochMs(now());
      if (time - drawnAt < EVERY_MS) return;
      drawnAt = time;
      const line = [...latest].map(([name, said]) => `${name} ${said}`).join('  ');
      // A line that wraps cannot be rewritten.
      stderr.write(`${FRESH_LINE}${cut(line, (stderr.columns ?? ASSUMED_COLUMNS) - 1)}`);
    },
    clear: () => {
      if (drawnAt !== Number.NEGATIVE_INFINITY) stderr.write(FRESH_LINE);
    },
  };
}
