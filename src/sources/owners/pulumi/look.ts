import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { whyUnreadable } from '../../../errors.ts';
import type { Coverage } from '../../../model/coverage.ts';
import { joinLooks, type Look } from '../../../model/inventory.ts';
import type { NamedBy } from '../../../model/named.ts';
import { plural } from '../../../model/plural.ts';
import { inputStream } from '../../input.ts';
import type { Looking } from '../../source.ts';
import { leavesRepository } from '../../terraform/configuration/bounds.ts';
import { contentOf } from './content.ts';
import { type PulumiReading, readPulumi } from './resources.ts';

/** Files to read, each a `pulumi stack export` or a checkpoint, gzip or not; paths start from `cwd`. */
export interface PulumiAsk {
  readonly where: readonly string[];
  /** Who names them: pipes and devices are opened for flags alone. */
  readonly from: NamedBy;
  readonly cwd: string;
}

/**
 * The keys of Pulumi stacks, one coverage entry for each file. A file that cannot be read, or a key whose ARN it does
 * not tell, is no answer: any key may be in it. Throws the signal's reason when interrupted.
 */
export async function lookAtPulumi({ where, from, cwd }: PulumiAsk, looking: Looking): Promise<Look> {
  const looks: Look[] = [];
  for (const locator of [...new Set(where)]) {
    looking.onProgress({ source: 'owners', text: `pulumi ${locator}` });
    looks.push(await lookAtFile({ locator, path: resolve(cwd, locator), from }, cwd, looking));
  }
  return joinLooks(looks);
}

interface Place {
  readonly locator: string;
  readonly path: string;
  readonly from: NamedBy;
}

async function lookAtFile({ locator, ...place }: Place, cwd: string, looking: Looking): Promise<Look> {
  const readAt = looking.now();
  const reading =
    (await leavesRepository(place.path, cwd)) ??
    (await readFile(place, (document) => readPulumi(document, locator, readAt), looking.signal));
  const base = { source: 'owners', operation: 'pulumi', locator, readAt } as const;
  if (typeof reading === 'string') return lookOf([], { ...base, status: 'failed', reason: reading });
  const [first, ...more] = reading.unread;
  if (first === undefined) return lookOf(reading.facts, { ...base, status: 'complete' });
  const others = more.length === 0 ? '' : `, and ${plural(more.length, 'other')}`;
  return lookOf(reading.facts, { ...base, status: 'partial', reason: `which key is not told: ${first}${others}` });
}

const lookOf = (facts: PulumiReading['facts'], coverage: Coverage): Look => ({
  facts,
  coverage: [coverage],
  diagnostics: [],
});

/** What was read, or why it could not be. */
async function readFile(
  { path, from }: Omit<Place, 'locator'>,
  read: (document: unknown) => PulumiReading | string,
  signal: AbortSignal,
): Promise<PulumiReading | string> {
  try {
    if (from === 'repository' && !(await stat(path)).isFile()) return 'it is no regular file';
    const text = await contentOf(await inputStream(path, signal));
    if (text === undefined) return 'it is damaged: it does not decompress';
    const document = parsed(text);
    return document === undefined ? 'it is no JSON' : read(document);
  } catch (error) {
    signal.throwIfAborted();
    return whyUnreadable(error);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
