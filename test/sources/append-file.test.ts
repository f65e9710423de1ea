import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendToFile } from '../../src/sources/append-file.ts';

let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'keydrift-append-'));
});
afterEach(() => rm(path, { recursive: true }));

describe('adding to a file', () => {
  it('tells how much is there, and adds to it', async () => {
    const file = join(path, 'a');
    const { signal } = new AbortController();
    const sizes: number[] = [];
    const chunks = (size: number): string[] => {
      sizes.push(size);
      return ['ü', 'b\n'];
    };
    await appendToFile(file, chunks, signal);
    await appendToFile(file, chunks, signal);
    expect(await readFile(file, 'utf8')).toBe('üb\nüb\n');
    expect(sizes).toEqual([0, 4]);
  });

  it('stops with the reason of an interruption', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    controller.abort(reason);
    await expect(appendToFile(join(path, 'a'), () => ['a'], controller.signal)).rejects.toBe(reason);
  });

  it('says what cannot be written', async () => {
    const { signal } = new AbortController();
    await expect(appendToFile(join(path, 'no', 'a'), () => ['a'], signal)).rejects.toThrow(
      `cannot add to ${join(path, 'no', 'a')}: no such file or directory`,
    );
  });
});
