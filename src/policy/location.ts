import type { KeyRecord } from '../model/key-record.ts';
import type { Finding } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';

/** Where findings stand that nothing in the repository declares. */
const SETTINGS = 'keydrift.yaml';

/**
 * A file for every finding, since SARIF and code hosts drop those without one: the block that declares the key, else
 * the provider or backend block that covers it, else its state file, else the plan that names it, else keydrift.yaml.
 * What is found of a change stands first of all where the change is made.
 */
export function locationOf(record: KeyRecord, about: Rule['about']): Finding['location'] {
  const { configuration, anchor, planned, state, errored } = record;
  const change = about === 'change' ? planned.find(({ location }) => location !== null)?.location : undefined;
  const block = change ?? configuration[0] ?? anchor;
  if (block != null) return { path: block.path, line: block.line };
  const files = [...[...state, ...errored].map(({ source }) => source), ...planned.flatMap(({ plan }) => plan ?? [])];
  return { path: files.find(isFile) ?? SETTINGS, line: 1 };
}

/** A locator that is a path: no URL, no `exec:DIR`, and not standard input. */
const isFile = (locator: string): boolean =>
  locator !== '-' && !locator.includes('://') && !locator.startsWith('exec:');
