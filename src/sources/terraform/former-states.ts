import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, fileError } from '../../errors.ts';
import type { Former, FormerRoot, FormerState } from '../../model/change.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';
import type { Looking } from '../source.ts';
import { isState } from './file-names.ts';
import { digestOf } from './state/digest.ts';
import { locateStates } from './state/locate.ts';
import { lookAtStates } from './state/look.ts';
import { parseState } from './state/parse.ts';

/** What is known of states before a change, and now. */
export interface FormerStatesAsk {
  /** undefined where nothing of what it says decides over the states that are read. */
  readonly former: Former | undefined;
  /** All files that the change alters, adds or removes. */
  readonly changed: readonly string[];
  /** The bytes of a file, by its absolute path, before the change. */
  readonly before: (file: string) => Promise<Uint8Array | undefined>;
  /** What states are called that are read, or that nobody could read. */
  readonly asked: ReadonlySet<string>;
  readonly cwd: string;
}

/**
 * The states that were led to before a change and are not now, and those that it changes, by the keys that they held then
 * or hold still. What holds no key is left out, unless it tells how far a state had come that is changed, and so is what is
 * not there any more and was in no commit.
 */
export async function formerStates(ask: FormerStatesAsk, looking: Looking): Promise<readonly FormerState[]> {
  const { changed, asked, cwd } = ask;
  const astray = (await ledTo(ask, looking.signal)).filter(({ path }) => !asked.has(path));
  const led = new Set(astray.map(({ path }) => path));
  const altered = new Set(changed);
  const others = changed.filter((path) => isState(path) && !led.has(path)).map((path) => ({ path, root: null }));
  const states: FormerState[] = [];
  for (const { path, root, ...bounds } of [...astray, ...others]) {
    const was = altered.has(path) ? heldBefore(path, await ask.before(resolve(cwd, path))) : NOTHING;
    const is = root === null ? NOTHING : await heldNow({ where: resolve(cwd, path), ...bounds }, cwd, looking);
    const keys = new Map([...was.keys, ...is.keys].map((key) => [key.id, key]));
    const unreadable = root === null ? undefined : (was.unreadable ?? is.unreadable);
    const isTold = root === null && was.is !== null;
    if (keys.size === 0 && unreadable === undefined && !isTold) continue;
    const why = unreadable === undefined ? {} : { unreadable };
    states.push({ path, root, is: was.is ?? is.is, keys: [...keys.values()], ...why });
  }
  return states;
}

type Led = FormerRoot['states'][number];

/** A state that is a file, and what led to it. */
interface LedState extends Pick<Led, 'within'> {
  readonly path: string;
  readonly root: string;
}

/** Who gave states for all roots. */
const SETTINGS = 'keydrift.yaml';

async function ledTo({ former, cwd }: FormerStatesAsk, signal: AbortSignal): Promise<readonly LedState[]> {
  if (former === undefined) return [];
  const found = new Map<string, LedState>();
  const leading = [
    ...former.roots.map(({ dir, states }) => ({ root: dir, states })),
    { root: SETTINGS, states: former.given },
  ];
  for (const { root, states } of leading) {
    for (const { where, within } of states) {
      const bounds = within === undefined ? {} : { within };
      const { places, hidden } = await locateStates({ where: [{ where, from: 'repository', ...bounds }], cwd }, signal);
      const there = await Promise.all(
        hidden.map(async (each) => ((await isThere(resolve(cwd, each.locator))) ? [each] : [])),
      );
      for (const { locator } of [...places, ...there.flat()]) {
        if (!found.has(locator)) found.set(locator, { path: locator, root, ...bounds });
      }
    }
  }
  return [...found.values()];
}

/** A link that leads nowhere is there, too. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileError(`--changed-since: cannot look at ${path}`, error);
  }
}

/** What one state holds. */
interface HeldKeys extends Pick<FormerState, 'is' | 'keys' | 'unreadable'> {}

const NOTHING: HeldKeys = { is: null, keys: [] };

function heldBefore(path: string, bytes: Uint8Array | undefined): HeldKeys {
  if (bytes === undefined || bytes.length === 0) return NOTHING;
  const origin = { source: path, errored: false, readAt: AT_NO_TIME, withModules: false };
  const read = parseState({ bytes, digest: () => digestOf(bytes), ...origin });
  if (read.kind !== 'state') return { ...NOTHING, unreadable: read.reason };
  const { lineage, serial, facts, gaps } = read;
  return { is: { lineage, serial }, keys: keysIn(facts), ...(gaps[0] === undefined ? {} : { unreadable: gaps[0] }) };
}

/** Facts of what is not there any more go no further. */
const AT_NO_TIME = '1970-01-01T00:00:00Z';

/** Terraform empties a local state that it moved to a backend: without a byte it holds nothing. */
async function heldNow({ where, within }: Led, cwd: string, looking: Looking): Promise<HeldKeys> {
  if ((await lstat(where)).size === 0) return NOTHING;
  const given = { where, from: 'repository', ...(within === undefined ? {} : { within }) } as const;
  const access = { env: {}, session: null, headers: [] };
  const { facts, coverage } = await lookAtStates(
    { where: [given], cwd, stdin: NO_INPUT, access, withModules: false },
    looking,
  );
  const [entry] = coverage;
  const unreadable = entry === undefined || entry.status === 'complete' ? {} : { unreadable: because(entry) };
  return { is: entry?.state ?? null, keys: keysIn(facts), ...unreadable };
}

const NO_INPUT: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} };

const because = ({ reason, status }: Coverage): string => reason ?? status;

const keysIn = (facts: readonly Fact[]): FormerState['keys'] =>
  facts.flatMap((fact) =>
    fact.kind === 'state' && fact.mode === 'managed' ? [{ id: fact.arn ?? fact.address, address: fact.address }] : [],
  );
