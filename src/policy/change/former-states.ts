import type { Change, FormerState } from '../../model/change.ts';
import type { Coverage, Diagnostic } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import { plural } from '../../model/plural.ts';

/** What was read, and of which change. */
export interface ReadStates extends Pick<Change, 'base' | 'states'> {
  readonly facts: readonly Fact[];
  readonly coverage: readonly Coverage[];
  /** Directories that are gaps themselves: what their states held goes without saying. */
  readonly gone: ReadonlySet<string>;
}

/** What became of states that were read before a change. */
export interface FormerStatesTold {
  /** Gaps for states that a root led to, that nothing reads now, and that hold keys which no other state does. */
  readonly coverage: readonly Coverage[];
  /** What the change takes out of states that are read: also what an apply did that destroyed a key. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A change does not choose which of the keys that there are it is judged by. */
export function formerStatesTold({ base, states = [], facts, coverage, gone }: ReadStates): FormerStatesTold {
  const held = new Set(facts.flatMap((fact) => (fact.kind === 'state' ? [fact.arn ?? fact.address] : [])));
  const entries = coverage.filter(({ source }) => source === 'state');
  const asked = new Map(entries.map((entry) => [entry.locator ?? '', entry]));
  const serials = newest(entries);
  const gaps: Coverage[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const state of states) {
    const missing = state.keys.filter(({ id }) => !held.has(id));
    const entry = asked.get(state.path);
    const isAnotherRead = state.is !== null && (serials.get(state.is.lineage) ?? -1) >= state.is.serial;
    const isRead = entry === undefined ? isAnotherRead : entry.status === 'complete';
    if (isRead && missing.length > 0) diagnostics.push(taken(state.path, missing));
    if (entry !== undefined || isAnotherRead || state.root === null || gone.has(state.root)) continue;
    if (missing.length > 0 || state.unreadable !== undefined) gaps.push(ledAway(state, missing.length, base));
  }
  return { coverage: gaps, diagnostics };
}

/** How far each lineage had come where it was read. */
function newest(entries: readonly Coverage[]): ReadonlyMap<string, number> {
  const serials = new Map<string, number>();
  for (const { status, state } of entries) {
    if (status === 'failed' || state === undefined || state.errored) continue;
    serials.set(state.lineage, Math.max(state.serial, serials.get(state.lineage) ?? -1));
  }
  return serials;
}

function ledAway({ path, root, unreadable }: FormerState, keys: number, base: string): Coverage {
  const holds = keys > 0 ? `it holds ${plural(keys, 'key')}` : `what it holds is not known (${unreadable})`;
  return {
    source: 'state',
    locator: path,
    status: 'failed',
    reason: `the change leads away from it: ${root} led to it at ${base.slice(0, 12)}, ${holds}, and nothing reads it now; give it, or the state that has its keys now, with --state`,
  };
}

const NAMED = 5;

function taken(path: string, missing: FormerState['keys']): Diagnostic {
  const named = missing.slice(0, NAMED).map(({ id, address }) => (id === address ? id : `${address} (${keyIdOf(id)})`));
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  const what = missing.length === 1 ? 'a key' : `${missing.length} keys`;
  return {
    level: 'warning',
    source: 'change',
    message: `${path}: the change takes ${what} out of it, as an apply that destroyed ${missing.length === 1 ? 'it' : 'them'} would: ${named.join(', ')}${more}; no other state that was read holds ${missing.length === 1 ? 'it' : 'them'}`,
  };
}

const keyIdOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
