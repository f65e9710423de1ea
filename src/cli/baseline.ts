import { baselineLines, readBaseline } from '../config/baseline.ts';
import { UserError } from '../errors.ts';
import type { HeldBaseline } from '../model/acceptance.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import { didYouMean } from '../model/nearest.ts';
import { plural } from '../model/plural.ts';
import type { Report } from '../model/report.ts';
import { SEVERITIES } from '../model/rule.ts';
import { type BaselineChange, pruned, taken } from '../policy/acceptance/baseline-changes.ts';
import { checkBaseline } from '../policy/acceptance/checked.ts';
import { plainText } from '../reporters/plain-text.ts';
import { acceptancesOf, type BaselineFile, baselineFile } from './acceptances.ts';
import type { Host } from './host.ts';
import { reportIn, type SavedFlags } from './report.ts';
import { type HeldRules, heldRules } from './rule-set.ts';
import { heldSettings } from './settings.ts';

/** Flags of `keydrift baseline create` and `update`; `prune` has those of SavedFlags alone. */
export interface TakingFlags extends SavedFlags {
  readonly rule: readonly string[];
  readonly reason?: string;
}

/** `keydrift baseline create FILE`: every finding of FILE that nobody suppresses. Refuses to write over one. */
export async function createBaseline(file: string, flags: TakingFlags, host: Host): Promise<number> {
  const { place, before, report } = await opened(file, flags, host);
  if (before !== undefined) {
    throw new UserError(`${place.shown} is there already: keydrift baseline update adds to it`);
  }
  return write(place, taken([], report, takenBy(flags)), report, host);
}

/** `keydrift baseline update FILE`: adds what is open in FILE, and renews severities. */
export async function updateBaseline(file: string, flags: TakingFlags, host: Host): Promise<number> {
  const { place, before, report } = await opened(file, flags, host);
  return write(place, taken(entriesIn(before, place), report, takenBy(flags)), report, host);
}

/** `keydrift baseline prune FILE`: takes out what FILE proves to be gone, and nothing else. */
export async function pruneBaseline(file: string, flags: SavedFlags, host: Host): Promise<number> {
  const { place, before, report } = await opened(file, flags, host);
  const entries = entriesIn(before, place);
  if (report.baseline === undefined) {
    throw new UserError(
      `${file} was judged without a baseline, so it does not say what is gone of one: give the saved inventory, or a report of a scan with ${place.shown}`,
    );
  }
  const change = pruned(entries, report.baseline);
  const code = await write(place, change, report, host);
  await host.stdout.write(unproved(change, report));
  return code;
}

interface Opened {
  readonly place: BaselineFile;
  /** undefined where there is none yet. */
  readonly before: HeldBaseline | undefined;
  readonly report: Report;
}

async function opened(file: string, flags: SavedFlags & Partial<TakingFlags>, host: Host): Promise<Opened> {
  const held = await heldSettings(flags, host);
  const rules = await heldRules(held, host);
  checkRules(flags.rule ?? [], rules);
  const place = await baselineFile(flags, held, host);
  const before = await readBaseline(place.file, place.shown);
  if (before !== undefined) checkBaseline(before);
  const report = await reportIn(file, flags, host, held, async () => ({
    rules,
    acceptances: acceptancesOf(held, before ?? null, rules),
  }));
  return { place, before, report };
}

function checkRules(ids: readonly string[], { known }: HeldRules): void {
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new UserError(`--rule: no rule is named ${unknown}${didYouMean(unknown, known)}: see keydrift rules list`);
}

function entriesIn(before: HeldBaseline | undefined, { shown }: BaselineFile): readonly BaselineEntry[] {
  if (before === undefined) throw new UserError(`${shown}: there is no baseline; keydrift baseline create makes one`);
  return before.entries.map(({ line: _, ...entry }) => entry);
}

const takenBy = ({ rule, reason }: TakingFlags) => ({ rules: rule, reason });

async function write(place: BaselineFile, change: BaselineChange, report: Report, host: Host): Promise<number> {
  const { writeAtomically } = await import('../sources/atomic-file.ts');
  host.signal.throwIfAborted();
  const lines = Array.from(baselineLines(change.entries), (line) => `${plainText(line)}\n`);
  await writeAtomically(place.file, lines, { mode: 0o666, signal: host.signal });
  await host.stdout.write(told(place, change, report));
  return 0;
}

/** What came and what went, line by line, then the counts. */
function* told({ shown }: BaselineFile, change: BaselineChange, report: Report): Generator<string, void> {
  const { entries, added, removed, renewed } = change;
  yield* linesOf('+', added);
  yield* linesOf('-', removed);
  yield* linesOf('~', renewed);
  const parts = [counted(added, 'added'), counted(removed, 'removed'), counted(renewed, 'renewed')].filter(
    (part) => part !== '',
  );
  const what = parts.length === 0 ? 'nothing to change' : parts.join(', ');
  yield `${plainText(shown)}: ${what}; ${plural(entries.length, 'known finding')}\n`;
  if (!report.scan.complete)
    yield 'The scan is incomplete: what it did not see is not taken out, and may not all be in.\n';
}

/** What was not found, and stays: that nothing was to change would read as if it were all found. */
function* unproved({ entries }: BaselineChange, { findings, scan }: Report): Generator<string, void> {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const left = entries.filter(({ fingerprint }) => !found.has(fingerprint)).length;
  if (left === 0) return;
  const why = scan.requested.includes('kms')
    ? 'nothing here proves that they are gone'
    : 'AWS was not asked, so that only what rules find in code is proved to be gone, of keys in states that are here; a scan proves the rest';
  yield `${plural(left, 'known finding')} ${left === 1 ? 'was' : 'were'} not found and ${left === 1 ? 'stays' : 'stay'}: ${why}.\n`;
}

function* linesOf(sign: string, entries: readonly BaselineEntry[]): Generator<string, void> {
  for (const { severity, rule, key, attribute } of entries) {
    yield `${plainText([sign, severity, rule, key, attribute ?? ''].join(' ').trimEnd())}\n`;
  }
}

/** `3 added (1 critical, 2 high)`; empty for none. */
function counted(entries: readonly BaselineEntry[], what: string): string {
  if (entries.length === 0) return '';
  const severities = SEVERITIES.flatMap((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${entries.length} ${what} (${severities.join(', ')})`;
}
