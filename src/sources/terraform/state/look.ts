import pLimit from 'p-limit';
import { UserError } from '../../../errors.ts';
import type { Coverage } from '../../../model/coverage.ts';
import { grouped } from '../../../model/grouped.ts';
import type { Look } from '../../../model/inventory.ts';
import { by } from '../../../model/order.ts';
import type { Looking } from '../../source.ts';
import type { StateAccess } from '../backends/access.ts';
import { openStores } from '../backends/resolve.ts';
import type { Gap, StateSource } from '../backends/source.ts';
import { isLarge } from './content.ts';
import { AT_ONCE, resolveAll } from './elsewhere.ts';
import { localSource } from './local-source.ts';
import { type LocateAsk, type Located, locateStates, locatorsBy } from './locate.ts';
import { note, readSource, type StateRead } from './read-source.ts';
import { appearedAt, moved } from './recheck.ts';
import { SpareBuffers } from './spare-buffers.ts';
import { unreadBelow } from './unread.ts';

/** What the states say, and a second look at them when everything else has been asked. */
export interface StateLook extends Look {
  /** The locators in coverage and facts that a WHERE led to, by its text as it was given. */
  readonly locatorsOf: (where: string) => readonly string[];
  /**
   * One `partial` coverage entry for each state whose content is no longer what was read, and a `failed` one for each
   * that was not there then.
   */
  recheck(): Promise<readonly Coverage[]>;
}

/** Which states, and with what they may be asked for. */
export interface StateAsk extends LocateAsk {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly access: StateAccess;
  /** The modules that resources of other types are in are wanted. */
  readonly withModules: boolean;
}

/** States of this machine: some are fetched while one is gone through, unless two of them would fill the memory. */
const SMALL_AT_ONCE = 3;
const LARGE_AT_ONCE = 1;

/**
 * Reads all states that `where` names. A UserError when a flag means nothing; a state that cannot be read is failed
 * coverage, one with damaged entries partial, and so is a directory below which other state files lie.
 */
export async function lookAtStates(
  { stdin, access, withModules, ...ask }: StateAsk,
  looking: Looking,
): Promise<StateLook> {
  const { signal } = looking;
  const located = await locateStates(ask, signal);
  const stores = openStores(access, located.elsewhere, ask.cwd);
  const unread = await unreadBelow(located, ask.cwd, signal);
  const elsewhere = await resolveAll(located.elsewhere, stores, signal);
  const spare = new SpareBuffers(SMALL_AT_ONCE);
  const here = located.places.map((place) => localSource(place, stdin, spare));
  const large = await largeAmong(located.places);
  const read = await readAll(
    [
      { sources: here.filter(({ locator }) => !large.has(locator)), atOnce: SMALL_AT_ONCE },
      { sources: here.filter(({ locator }) => large.has(locator)), atOnce: LARGE_AT_ONCE },
      { sources: elsewhere.sources, atOnce: AT_ONCE },
    ],
    withModules,
    looking,
  );
  const someRead = read.some(({ first }) => first !== undefined);
  const gaps: readonly Gap[] = [
    ...located.hidden.map((each) => ({ ...each, status: 'failed' as const })),
    ...unread.map((each) => ({ ...each, status: someRead ? ('partial' as const) : ('failed' as const) })),
    ...elsewhere.gaps,
  ];
  const known = new Set([...read, ...gaps].map(({ locator }) => locator));
  const coverage = [
    ...gaps.map((gap) => coverageOf(gap, looking)),
    ...withStrays(read.flatMap((each) => each.coverage)),
  ];
  const covered = new Set(coverage.map(({ locator }) => locator));
  const locators = locatorsBy([...pairsOf(located.locators), ...elsewhere.led]);
  return {
    facts: read.flatMap(({ facts }) => facts),
    coverage,
    diagnostics: [...elsewhere.notes.map(note), ...read.flatMap(({ diagnostics }) => diagnostics)],
    locatorsOf: (where) => (locators.get(where) ?? []).filter((locator) => covered.has(locator)),
    recheck: async () => {
      const ofThisMachine = new Set(here.map(({ locator }) => locator));
      const firsts = grouped(
        read.flatMap(({ first }) => first ?? []),
        ({ source }) => (ofThisMachine.has(source.locator) ? 'here' : 'elsewhere'),
      );
      try {
        const now = await resolveAll(located.elsewhere, stores, signal);
        const places = [...(await placesNow(ask, signal)), ...now.sources];
        return [
          ...(await moved(firsts.get('here') ?? [], LARGE_AT_ONCE, looking)),
          ...(await moved(firsts.get('elsewhere') ?? [], AT_ONCE, looking)),
          ...places.flatMap(({ locator }) => (known.has(locator) ? [] : [appearedAt(locator, looking)])),
          ...now.gaps.flatMap((gap) => (known.has(gap.locator) ? [] : [coverageOf(gap, looking)])),
        ];
      } finally {
        stores.close();
      }
    },
  };
}

const coverageOf = (gap: Gap, { now }: Looking): Coverage => ({ source: 'state', ...gap, readAt: now() });

function* pairsOf(locators: Located['locators']): Generator<readonly [where: string, locator: string]> {
  for (const [where, own] of locators) for (const locator of own) yield [where, locator];
}

async function largeAmong(places: Located['places']): Promise<ReadonlySet<string>> {
  const large = places.map(async ({ locator, path }) => (path !== null && (await isLarge(path)) ? [locator] : []));
  return new Set((await Promise.all(large)).flat());
}

/** Some sources, and how many of them may be in memory at once. */
interface Batch {
  readonly sources: readonly StateSource[];
  readonly atOnce: number;
}

/** Batch after batch; in the order of their locators, whatever came first. */
async function readAll(
  batches: readonly Batch[],
  withModules: boolean,
  looking: Looking,
): Promise<readonly StateRead[]> {
  const count = batches.reduce((sum, { sources }) => sum + sources.length, 0);
  let begun = 0;
  const readOne = (source: StateSource): Promise<StateRead> => {
    begun += 1;
    looking.onProgress({ source: 'state', text: `${begun} of ${count}: ${source.locator}` });
    return readSource(source, withModules, looking);
  };
  const read: StateRead[] = [];
  for (const { sources, atOnce } of batches) {
    const limit = pLimit(atOnce);
    read.push(...(await Promise.all(sources.map((source) => limit(() => readOne(source))))));
  }
  return read.sort(by(({ locator }) => locator));
}

/** None where an argument no longer means any: `moved` names each state that is gone. */
async function placesNow(ask: LocateAsk, signal: AbortSignal): Promise<Located['places']> {
  try {
    return (await locateStates(ask, signal)).places;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
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
