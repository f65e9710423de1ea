import { posix } from 'node:path';
import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { Look } from '../../../model/inventory.ts';
import type { Looking } from '../../source.ts';
import { digestOf, readInput, readState } from './content.ts';
import { type HiddenPlace, locateStates, type StatePlace } from './locate.ts';
import { type ParsedState, parseState } from './parse.ts';
import { appeared, type FirstReading, moved } from './recheck.ts';
import type { Refusal } from './refusal.ts';
import { unreadBelow } from './unread.ts';

/** What the states say, and a second look at them when everything else has been asked. */
export interface StateLook extends Look {
  /**
   * One `partial` coverage entry for each state file whose content is no longer what was read, and a `failed` one for
   * each that was not there then.
   */
  recheck(): Promise<readonly Coverage[]>;
}

interface Ask {
  /** The `--state` arguments as given. */
  readonly where: readonly string[];
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
}

interface StateRead {
  readonly facts: ParsedState['facts'];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
  /** Nothing where the state could not be read: there is nothing that could have moved. */
  readonly first?: FirstReading;
}

/**
 * Reads all states that `where` names, one after another, so that one at a time is in memory. A UserError when an
 * argument means nothing; a state that cannot be read is failed coverage, one with damaged entries partial, and so is a
 * directory below which other state files lie.
 */
export async function lookAtStates({ where, cwd, stdin }: Ask, looking: Looking): Promise<StateLook> {
  const located = await locateStates({ where, cwd }, looking.signal);
  const { places, hidden } = located;
  const unread = await unreadBelow(located, cwd, looking.signal);
  const read: StateRead[] = [];
  for (const place of places) {
    looking.onProgress({ source: 'state', text: `${read.length + 1} of ${places.length}: ${place.locator}` });
    read.push(await readPlace(place, stdin, looking));
  }
  const someRead = read.some(({ first }) => first !== undefined);
  return {
    facts: read.flatMap(({ facts }) => facts),
    coverage: [
      ...hidden.map((each) => notRead('failed', each, looking)),
      ...unread.map((each) => notRead(someRead ? 'partial' : 'failed', each, looking)),
      ...withStrays(read.flatMap(({ coverage }) => coverage)),
    ],
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
    recheck: async () => [
      ...(await moved(
        read.flatMap(({ first }) => first ?? []),
        looking,
      )),
      ...(await appeared({ where, cwd }, places, looking)),
    ],
  };
}

/**
 * A crashed apply leaves its whole state in `errored.tfstate`, keys that the backend holds too among them (Terraform
 * CLI documentation, "State: Recovery"). Without the backend's state beside it a state is known that was not read.
 */
const withStrays = (coverage: readonly Coverage[]): readonly Coverage[] => {
  const lineages = new Set(coverage.flatMap(({ state }) => (state?.errored === false ? [state.lineage] : [])));
  return coverage.map((entry) =>
    entry.state?.errored !== true || entry.status !== 'complete' || lineages.has(entry.state.lineage)
      ? entry
      : {
          ...entry,
          status: 'partial',
          reason: `left by a crashed apply, and the state it belongs to was not given (lineage ${entry.state.lineage})`,
        },
  );
};

const notRead = (status: 'partial' | 'failed', { locator, reason }: HiddenPlace, { now }: Looking): Coverage => ({
  source: 'state',
  locator,
  status,
  reason,
  readAt: now(),
});

async function readPlace(place: StatePlace, stdin: AsyncIterable<Uint8Array>, looking: Looking): Promise<StateRead> {
  const { path, locator } = place;
  // Before the first byte: what is younger than this cannot be in the state.
  const readAt = looking.now();
  const bytes = path === null ? await readInput(stdin, looking.signal) : await readState(path, looking.signal);
  if ('kind' in bytes) return refused(place, bytes, looking);
  const digest = digestOf(bytes);
  const errored = posix.basename(locator) === 'errored.tfstate';
  const parsed = parseState({ bytes, digest, source: locator, errored, readAt });
  if (parsed.kind !== 'state') return refused(place, parsed, looking);
  const { lineage, serial, terraformVersion, facts, gaps, diagnostics } = parsed;
  const state = { lineage, serial, digest, errored, terraformVersion };
  const coverage: Coverage = {
    source: 'state',
    locator,
    ...(gaps.length === 0 ? { status: 'complete' } : { status: 'partial', reason: damaged(gaps) }),
    state,
    readAt,
  };
  return { facts, coverage: [coverage], diagnostics, first: { place, state } };
}

const damaged = ([first, ...rest]: readonly string[]): string =>
  `damaged: ${first}${rest.length === 0 ? '' : `, and ${rest.length} more`}`;

function refused(place: StatePlace, { kind, reason }: Refusal, looking: Looking): StateRead {
  const { locator, named } = place;
  if (kind === 'lock' && !named) {
    const passedOver: Diagnostic = { level: 'info', source: 'state', message: `${locator} passed over: ${reason}` };
    return { facts: [], coverage: [], diagnostics: [passedOver] };
  }
  return { facts: [], coverage: [notRead('failed', { locator, reason }, looking)], diagnostics: [] };
}
