import type { KeyRecord } from '../model/key-record.ts';
import type { Finding } from '../model/report.ts';

/** Where findings stand that nothing in the repository declares. */
const SETTINGS = 'keydrift.yaml';

/**
 * A file for every finding, since SARIF and code hosts drop those without one: the block that declares the key, else
 * the provider or backend block that covers it, else its state file, else keydrift.yaml.
 */
export function locationOf({ configuration, anchor, state, errored }: KeyRecord): Finding['location'] {
  const block = configuration[0] ?? anchor;
  if (block != null) return { path: block.path, line: block.line };
  const stateFile = [...state, ...errored].map(({ source }) => source).find(isFile);
  return { path: stateFile ?? SETTINGS, line: 1 };
}

/** A locator that is a path: no URL, and not standard input. */
const isFile = (locator: string): boolean => locator !== '-' && !locator.includes('://');
