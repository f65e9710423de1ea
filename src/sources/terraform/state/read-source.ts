import { posix } from 'node:path';
import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { Looking } from '../../source.ts';
import type { Content, NoContent, StateSource } from '../backends/source.ts';
import { ERRORED_STATE_FILE } from '../file-names.ts';
import { LARGE } from './content.ts';
import { digestAside, digestOf } from './digest.ts';
import { type ParsedState, parseState, type StateContent } from './parse.ts';

type StateOf = NonNullable<Coverage['state']>;

/** A state as it was read first; `state` is undefined where there was none yet. */
export interface FirstReading {
  readonly source: StateSource;
  readonly state: StateOf | undefined;
  readonly mark?: string;
}

/** What one source gave. */
export interface StateRead {
  readonly locator: string;
  readonly facts: ParsedState['facts'];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
  /** Nothing where the state could not be read: there is nothing that could have moved. */
  readonly first?: FirstReading;
}

/** Reads and parses one state; its bytes are let go before this returns. */
export async function readSource(source: StateSource, withModules: boolean, looking: Looking): Promise<StateRead> {
  // Before the first byte: what is younger than this cannot be in the state.
  const readAt = looking.now();
  looking.signal.throwIfAborted();
  const outcome = await source.read(looking.signal);
  return outcome.kind === 'content'
    ? parsed(source, outcome, { readAt, withModules })
    : withoutContent(source, outcome, readAt);
}

async function parsed(
  source: StateSource,
  { bytes, digest: made, versionId, mark, letGo }: Content,
  { readAt, withModules }: Pick<StateContent, 'readAt' | 'withModules'>,
): Promise<StateRead> {
  const { locator, named } = source;
  const errored = posix.basename(locator) === ERRORED_STATE_FILE;
  const digesting = made ?? (bytes.length > LARGE ? digestOf(bytes) : digestAside(bytes));
  const read = parseState({ bytes, digest: () => digestOf(bytes), source: locator, errored, readAt, withModules });
  const digest = await digesting;
  letGo?.();
  if (read.kind === 'lock' && !named) return passedOver(locator, read.reason);
  if (read.kind !== 'state') return withoutContent(source, { kind: 'unreadable', reason: read.reason }, readAt);
  const { lineage, serial, terraformVersion, facts, gaps, diagnostics } = read;
  const state = {
    lineage,
    serial,
    digest,
    errored,
    terraformVersion,
    ...(versionId === undefined ? {} : { versionId }),
  };
  const coverage: Coverage = {
    source: 'state',
    locator,
    ...(gaps.length === 0 ? { status: 'complete' } : { status: 'partial', reason: damaged(gaps) }),
    state,
    readAt,
  };
  const first = { source, state, ...(mark === undefined ? {} : { mark }) };
  return { locator, facts, coverage: [coverage], diagnostics, first };
}

const damaged = ([first, ...rest]: readonly string[]): string =>
  `damaged: ${first}${rest.length === 0 ? '' : `, and ${rest.length} more`}`;

function withoutContent(source: StateSource, outcome: NoContent, readAt: Coverage['readAt'] & string): StateRead {
  const { locator } = source;
  const entry = { source: 'state', locator, readAt } as const;
  switch (outcome.kind) {
    case 'foreign':
      return passedOver(locator, outcome.reason);
    case 'absent':
      return { ...passedOver(locator, outcome.reason), first: { source, state: undefined } };
    case 'none':
      return {
        locator,
        facts: [],
        coverage: [{ ...entry, status: 'complete' }],
        diagnostics: [note(`${locator}: ${outcome.reason}`)],
        first: { source, state: undefined },
      };
    case 'unreadable': {
      const { reason, permission } = outcome;
      const why = permission === undefined ? { reason } : { reason, permission };
      return { locator, facts: [], coverage: [{ ...entry, status: 'failed', ...why }], diagnostics: [] };
    }
  }
}

/** Worth saying of a state, and no gap. */
export const note = (message: string): Diagnostic => ({ level: 'info', source: 'state', message });

const passedOver = (locator: string, reason: string): StateRead => ({
  locator,
  facts: [],
  coverage: [],
  diagnostics: [note(`${locator} passed over: ${reason}`)],
});
