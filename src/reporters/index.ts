import type { Reporter } from './reporter.ts';

/** Every format that `-o` knows, each loaded when it is asked for. A new reporter is one file and one line here. */
const REPORTERS = {
  table: async () => (await import('./table.ts')).table,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  codequality: async () => (await import('./codequality.ts')).codequality,
  junit: async () => (await import('./junit.ts')).junit,
  github: async () => (await import('./github.ts')).github,
  markdown: async () => (await import('./markdown.ts')).markdown,
  csv: async () => (await import('./csv.ts')).csv,
  metrics: async () => (await import('./metrics.ts')).metrics,
  asff: async () => (await import('./asff.ts')).asff,
  ocsf: async () => (await import('./ocsf.ts')).ocsf,
  html: async () => (await import('./html.ts')).html,
} as const satisfies Record<string, () => Promise<Reporter>>;

/** A format by the name that `-o` takes. */
export type Format = keyof typeof REPORTERS;

/** All of them, as help and errors list them. */
export const FORMATS = Object.keys(REPORTERS) as readonly Format[];

/** Whether `-o` takes this name. */
export const isFormat = (name: string): name is Format => Object.hasOwn(REPORTERS, name);

/** Loads one reporter alone: no run needs them all. */
export const loadReporter = (format: Format): Promise<Reporter> => REPORTERS[format]();
