import pLimit from 'p-limit';
import type { Coverage } from '../../../model/coverage.ts';
import type { Looking } from '../../source.ts';
import { digestOf } from './digest.ts';
import { parseState } from './parse.ts';
import type { FirstReading } from './read-source.ts';

/**
 * The states that are no longer what was read, as partial coverage with what was read first; and failed coverage for those
 * that came where there was none. Content decides. What can be read once cannot be asked again.
 */
export async function moved(
  readings: readonly FirstReading[],
  atOnce: number,
  looking: Looking,
): Promise<readonly Coverage[]> {
  const limit = pLimit(atOnce);
  const entries = await Promise.all(readings.map((reading) => limit(() => movedSince(reading, looking))));
  return entries.flatMap((entry) => entry ?? []);
}

async function movedSince({ source, state, mark }: FirstReading, looking: Looking): Promise<Coverage | undefined> {
  const { signal } = looking;
  signal.throwIfAborted();
  const readAt = looking.now();
  if (state === undefined) {
    const { kind } = await source.read(signal);
    return kind === 'none' || kind === 'absent' ? undefined : appearedAt(source.locator, looking);
  }
  const first = { digest: state.digest, ...(mark === undefined ? {} : { mark }) };
  if ((await source.isStill(first, signal)) !== false) return undefined;
  const change = await changeOf({ source, state }, looking);
  if (change === undefined) return undefined;
  return {
    source: 'state',
    locator: source.locator,
    status: 'partial',
    reason: `changed during the scan: ${change}`,
    state: { ...state, inDoubt: true },
    readAt,
  };
}

/** A place that was not there before: it may hold what no state that was read does. */
export const appearedAt = (locator: string, { now }: Looking): Coverage => ({
  source: 'state',
  locator,
  status: 'failed',
  reason: 'appeared during the scan and was not read',
  readAt: now(),
});

interface Stated extends FirstReading {
  readonly state: NonNullable<FirstReading['state']>;
}

async function changeOf({ source, state: before }: Stated, { signal, now }: Looking): Promise<string | undefined> {
  const was = `serial ${before.serial}, then`;
  const outcome = await source.read(signal);
  if (outcome.kind !== 'content') return `${was} ${outcome.reason}`;
  const { bytes } = outcome;
  const digest = digestOf(bytes);
  if (digest === before.digest) return undefined;
  const after = parseState({
    bytes,
    digest: () => digest,
    source: source.locator,
    errored: false,
    readAt: now(),
    withModules: false,
  });
  if (after.kind !== 'state') return `${was} ${after.reason}`;
  if (after.lineage !== before.lineage) return `${was} another lineage`;
  return after.serial === before.serial ? `serial ${before.serial} with other content` : `${was} ${after.serial}`;
}
