import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '../../src/errors.ts';
import { writeAtomically } from '../../src/sources/atomic-file.ts';

const options = { mode: 0o600, signal: new AbortController().signal };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keydrift-atomic-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('a file written in full or not at all', () => {
  it('appears with its mode and replaces what was there', async () => {
    const path = join(directory, 'report.json');
    await writeFile(path, 'a much longer text from before');
    await writeAtomically(path, ['one ', Buffer.from('two')], options);
    expect(await readFile(path, 'utf8')).toBe('one two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['report.json']);
  });

  it('keeps a symbolic link a link', async () => {
    await mkdir(join(directory, 'reports'));
    await writeFile(join(directory, 'reports', 'today.json'), 'before');
    await symlink(join('reports', 'today.json'), join(directory, 'latest.json'));
    await writeAtomically(join(directory, 'latest.json'), ['after'], options);
    expect((await lstat(join(directory, 'latest.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(directory, 'reports', 'today.json'), 'utf8')).toBe('after');
  });

  it('writes straight to a device', async () => {
    await writeAtomically('/dev/null', ['gone'], options);
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('leaves nothing when its text fails half-way', async () => {
    function* failing() {
      yield 'half';
      throw new RangeError('no more');
    }
    await expect(writeAtomically(join(directory, 'report.json'), failing(), options)).rejects.toThrow(RangeError);
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['a directory that is not there', (at: string) => join(at, 'none', 'report.json'), /no such file or directory$/],
    ['a directory', (at: string) => at, /it is a directory; name a file in it$/],
  ])('names the place: %s', async (_, place, message) => {
    const error = await writeAtomically(place(directory), ['text'], options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`cannot write ${place(directory)}`);
    expect(String(error)).toMatch(message);
  });
});
