import { UserError } from '../../../errors.ts';
import type { Coverage } from '../../../model/coverage.ts';
import type { Looking } from '../../source.ts';
import { digestOf, digestOfFile, readState } from './content.ts';
import { type LocateAsk, locateStates, type StatePlace } from './locate.ts';
import { parseState } from './parse.ts';

/** A state as it was read first. */
export interface FirstReading {
  readonly place: StatePlace;
  readonly state: NonNullable<Coverage['state']>;
}

/**
 * The states that are no longer what was read, as partial coverage with what was read first. Content decides: a time
 * stamp that stands still proves nothing. Standard input and pipes cannot be asked again.
 */
export async function moved(readings: readonly FirstReading[], looking: Looking): Promise<readonly Coverage[]> {
  const entries: Coverage[] = [];
  for (const { place, state } of readings) {
    if (place.path === null) continue;
    const readAt = looking.now();
    const digest = await digestOfFile(place.path, looking.signal);
    if (digest === 'no file' || digest === state.digest) continue;
    const change = await changeOf(place.path, state, looking);
    const reason = `changed during the scan: ${change}`;
    entries.push({
      source: 'state',
      locator: place.locator,
      status: 'partial',
      reason,
      state: { ...state, inDoubt: true },
      readAt,
    });
  }
  return entries;
}

/** Places that the same arguments mean now and did not mean before: they may hold what no state that was read does. */
export async function appeared(
  ask: LocateAsk,
  before: readonly StatePlace[],
  looking: Looking,
): Promise<readonly Coverage[]> {
  const known = new Set(before.map(({ locator }) => locator));
  const places = await placesNow(ask, looking.signal);
  return places.flatMap(({ locator }): Coverage[] =>
    known.has(locator)
      ? []
      : [
          {
            source: 'state',
            locator,
            status: 'failed',
            reason: 'appeared during the scan and was not read',
            readAt: looking.now(),
          },
        ],
  );
}

/** None where an argument no longer means any: `moved` names each state that is gone. */
async function placesNow(ask: LocateAsk, signal: AbortSignal): Promise<readonly StatePlace[]> {
  try {
    return (await locateStates(ask, signal)).places;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

async function changeOf(path: string, before: FirstReading['state'], { signal, now }: Looking): Promise<string> {
  const was = `serial ${before.serial}, then`;
  const bytes = await readState(path, signal);
  if ('kind' in bytes) return `${was} ${bytes.reason}`;
  const after = parseState({ bytes, digest: digestOf(bytes), source: path, errored: false, readAt: now() });
  if (after.kind !== 'state') return `${was} ${after.reason}`;
  if (after.lineage !== before.lineage) return `${was} another lineage`;
  return after.serial === before.serial ? `serial ${before.serial} with other content` : `${was} ${after.serial}`;
}
