import { randomBytes } from 'node:crypto';
import { appendFileSync, truncateSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOfFile, readState } from '../../../../src/sources/terraform/state/content.ts';
import { digestAside, digestOf } from '../../../../src/sources/terraform/state/digest.ts';
import { makePipe } from '../../../support/pipe.ts';
import { type Directory, newDirectory } from './directory.ts';

const SIGNAL = new AbortController().signal;

let directory: Directory;
let path: string;
beforeEach(async () => {
  directory = await newDirectory();
  path = join(directory.path, 'terraform.tfstate');
});
afterEach(() => directory.remove());

/** A signal that does something whenever it is asked, as every piece of a file is read. */
function signalThat(act: () => void): AbortSignal {
  const { signal } = new AbortController();
  return Object.assign(signal, { throwIfAborted: act });
}

describe('the bytes of a file', () => {
  it.each([1, 2 ** 20, 2 ** 23, 2 ** 23 + 1, 2 ** 24 + 77])('are all there: %i', async (size) => {
    const bytes = randomBytes(size);
    await writeFile(path, bytes);
    expect(Buffer.compare(bytes, Buffer.from((await readState(path, SIGNAL)) as Uint8Array))).toBe(0);
  });

  it('are none of an empty file', async () => {
    await writeFile(path, '');
    expect(await readState(path, SIGNAL)).toHaveLength(0);
  });

  it('come from a pipe too, which has no size', async () => {
    makePipe(path);
    const text = 'x'.repeat(200_000);
    const [bytes] = await Promise.all([readState(path, SIGNAL), writeFile(path, text)]);
    expect(Buffer.from(bytes as Uint8Array).toString()).toBe(text);
  });

  it.each([
    ['grows', () => appendFileSync(path, ' ')],
    ['shrinks', () => truncateSync(path, 3)],
  ])('are not believed of a file that %s meanwhile', async (_, change) => {
    await writeFile(path, 'x'.repeat(2 ** 23 + 1));
    let asked = 0;
    const signal = signalThat(() => {
      asked += 1;
      if (asked > 1) change();
    });
    expect(await readState(path, signal)).toEqual({ kind: 'unreadable', reason: 'written to while it was read' });
  });

  it.each([
    ['a directory', () => directory.path, 'it is a directory'],
    ['nothing', () => join(directory.path, 'none'), 'no such file or directory'],
  ])('are not to be had of %s', async (_, where, why) => {
    expect(await readState(where(), SIGNAL)).toEqual({ kind: 'unreadable', reason: `cannot be read: ${why}` });
  });

  it('are waited for no longer than wanted where nobody writes to a pipe', async () => {
    makePipe(path);
    const controller = new AbortController();
    const reading = readState(path, controller.signal);
    controller.abort(new Error('stop'));
    await expect(reading).rejects.toThrow('stop');
  });

  it('are not read when told to stop', async () => {
    await writeFile(path, 'x');
    await expect(readState(path, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('the digest of a state', () => {
  const STATE = '{"version": 4}';
  const wide = `{${' '.repeat(200_000)}}`;

  it.each([STATE, `${STATE}\n`, `${STATE}\n\n`, `${STATE} \t\r\n`])(
    'is the same whatever white space it ends in: state pull adds a line break (%j)',
    async (text) => {
      await writeFile(path, text);
      const bytes = new TextEncoder().encode(text);
      const digests = [digestOf(bytes), await digestAside(bytes), await digestOfFile(path, SIGNAL)];
      expect(digests).toEqual(Array(3).fill(digestOf(new TextEncoder().encode(STATE))));
    },
  );

  it.each([
    [STATE, `${STATE}.`],
    ['{ }', '{}'],
    [' {}', '{}'],
    [wide, wide.replace(' ', '')],
  ])('tells apart what differs otherwise', async (one, other) => {
    await writeFile(path, other);
    expect(await digestOfFile(path, SIGNAL)).not.toBe(digestOf(new TextEncoder().encode(one)));
  });

  it('is that of a file which is read in pieces', async () => {
    const text = `${wide}${' '.repeat(100_000)}x${'\n'.repeat(100_000)}`;
    await writeFile(path, text);
    expect(await digestOfFile(path, SIGNAL)).toBe(digestOf(new TextEncoder().encode(text.trimEnd())));
  });
});
