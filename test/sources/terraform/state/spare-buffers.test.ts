import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../../src/sources/terraform/state/digest.ts';
import { localSource } from '../../../../src/sources/terraform/state/local-source.ts';
import { SpareBuffers } from '../../../../src/sources/terraform/state/spare-buffers.ts';
import { type Directory, newDirectory } from './directory.ts';

const SIGNAL = new AbortController().signal;

describe('spare buffers', () => {
  it('are those that were given, if they are large enough', () => {
    const spare = new SpareBuffers(2);
    const [small, large] = [spare.take(10), spare.take(100)];
    spare.give(large);
    spare.give(small);
    expect(spare.take(50)).toBe(large);
    expect(spare.take(50)).not.toBe(large);
    expect(spare.take(10)).toBe(small);
  });

  it('are each taken by one', () => {
    const spare = new SpareBuffers(2);
    spare.give(new Uint8Array(10));
    expect(spare.take(1)).not.toBe(spare.take(1));
  });

  it('are no more than was said, and none of them is large', () => {
    const spare = new SpareBuffers(2);
    const given: Uint8Array[] = [3, 1, 2, 2 ** 25 + 1].map((size) => new Uint8Array(size));
    given.forEach((buffer) => void spare.give(buffer));
    const taken = [1, 1, 1, 2 ** 25 + 1].map((size) => spare.take(size));
    expect(taken.map((buffer) => given.indexOf(buffer))).toEqual([2, 0, -1, -1]);
  });
});

describe('files that are read one after another into the same buffer', () => {
  let directory: Directory;
  beforeEach(async () => {
    directory = await newDirectory();
  });
  afterEach(() => directory.remove());

  const sourceOf = async (name: string, content: string, spare: SpareBuffers) => {
    const path = join(directory.path, name);
    await writeFile(path, content);
    return localSource({ path, locator: name, named: true }, (async function* () {})(), spare);
  };
  const contentOf = async (source: Awaited<ReturnType<typeof sourceOf>>) => {
    const outcome = await source.read(SIGNAL);
    if (outcome.kind !== 'content') throw new Error(outcome.reason);
    return outcome;
  };

  it('have no more in it than they have', async () => {
    const spare = new SpareBuffers(1);
    for (const content of ['x'.repeat(1000), 'y', '', 'z'.repeat(999)]) {
      const outcome = await contentOf(await sourceOf('a', content, spare));
      expect(Buffer.from(outcome.bytes).toString()).toBe(content);
      outcome.letGo?.();
      outcome.letGo?.();
    }
  });

  it('are hashed on the way if they are large, as a whole otherwise', async () => {
    const spare = new SpareBuffers(1);
    const large = randomBytes(2 ** 25 + 2 ** 20).toString('latin1');
    const { bytes, digest } = await contentOf(await sourceOf('large', `${large}{}\n`, spare));
    expect(digest).toBe(digestOf(bytes));
    expect(await contentOf(await sourceOf('small', '{}', spare))).not.toHaveProperty('digest');
  });

  it('stand in buffers of their own until each is let go', async () => {
    const spare = new SpareBuffers(2);
    const first = await contentOf(await sourceOf('a', 'first', spare));
    const second = await contentOf(await sourceOf('b', 'other', spare));
    expect(Buffer.from(first.bytes).toString()).toBe('first');
    first.letGo?.();
    await contentOf(await sourceOf('c', 'third', spare));
    expect(Buffer.from(second.bytes).toString()).toBe('other');
  });
});
