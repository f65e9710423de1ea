import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { whyUnreadable } from '../../../errors.ts';
import type { Coverage } from '../../../model/coverage.ts';
import { joinLooks, type Look } from '../../../model/inventory.ts';
import { plural } from '../../../model/plural.ts';
import type { Looking } from '../../source.ts';
import { leavesRepository } from '../../terraform/configuration/bounds.ts';
import { contentOf } from './content.ts';
import { type PulumiReading, readPulumi } from './resources.ts';

/** Files to read, each a `pulumi stack export` or a checkpoint, gzip or not; paths start from `cwd`. */
export interface PulumiAsk {
  readonly where: readonly string[];
  readonly cwd: string;
}

/**
 * The keys of Pulumi stacks, one coverage entry for each file. A file that cannot be read, or a key whose ARN it does
 * not tell, is no answer: any key may be in it. Throws the signal's reason when interrupted.
 */
export async function lookAtPulumi({ where, cwd }: PulumiAsk, looking: Looking): Promise<Look> {
  const looks: Look[] = [];
  for (const locator of [...new Set(where)]) {
    looking.onProgress({ source: 'owners', text: `pulumi ${locator}` });
    looks.push(await lookAtFile(locator, cwd, looking));
  }
  return joinLooks(looks);
}

async function lookAtFile(locator: string, cwd: string, looking: Looking): Promise<Look> {
  const readAt = looking.now();
  const path = resolve(cwd, locator);
  const reading =
    (await leavesRepository(path, cwd)) ??
    (await readFile(path, (document) => readPulumi(document, locator, readAt), looking.signal));
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
  path: string,
  read: (document: unknown) => PulumiReading | string,
  signal: AbortSignal,
): Promise<PulumiReading | string> {
  try {
    const text = await contentOf(createReadStream(path, { signal }));
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
