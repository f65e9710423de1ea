import picocolors from 'picocolors';
import type { Severity } from '../../model/rule.ts';
import type { ReporterOptions } from '../reporter.ts';

type Style = (text: string) => string;

/** What the table looks like: each style is identity without colour, and no meaning rests on colour alone. */
export interface Page {
  /** Terminal cells a line may take, at least MINIMUM_WIDTH. */
  readonly width: number;
  /** Infinity for all. */
  readonly limit: number;
  /** Findings that somebody answers for are listed. */
  readonly showSuppressed: boolean;
  readonly strong: Style;
  readonly quiet: Style;
  readonly loud: Style;
  readonly good: Style;
  readonly severity: Readonly<Record<Severity, Style>>;
}

const MINIMUM_WIDTH = 60;

/** Narrower pages than MINIMUM_WIDTH are not laid out: their lines wrap. */
export function pageFor({ width, color, limit, showSuppressed = false }: ReporterOptions): Page {
  const { bold, dim, red, green, yellow, cyan, blue, inverse } = picocolors.createColors(color);
  return {
    width: Math.max(MINIMUM_WIDTH, width),
    limit: limit ?? Number.POSITIVE_INFINITY,
    showSuppressed,
    strong: bold,
    quiet: dim,
    loud: (text) => bold(red(text)),
    good: green,
    severity: {
      critical: (text) => bold(red(inverse(text))),
      high: (text) => bold(red(text)),
      medium: (text) => bold(yellow(text)),
      low: cyan,
      info: blue,
    },
  };
}
