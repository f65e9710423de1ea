import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { boundedText } from '../../src/files/bounded.ts';
import { scratch } from '../cli/scratch.ts';
import { makePipe } from '../support/pipe.ts';

const here = scratch();

describe('the text of a file', () => {
  it('is read up to its bound, links followed', async () => {
    writeFileSync(here.file('a'), 'four');
    symlinkSync(here.file('a'), here.file('link'));
    expect(await boundedText(here.file('link'), 4)).toEqual({ text: 'four' });
    expect(await boundedText(here.file('link'), 3)).toEqual({ refused: 'too-large' });
  });

  it('is not read of more than memory holds', async () => {
    writeFileSync(here.file('large'), '');
    truncateSync(here.file('large'), 3_000_000_000);
    expect(await boundedText(here.file('large'), 4_000_000)).toEqual({ refused: 'too-large' });
  });

  it.each(['/dev/zero', '/dev'])('is none of %s', async (path) => {
    expect(await boundedText(path, 10)).toEqual({ refused: 'no-file' });
  });

  it('is none of a pipe that nobody writes to', async () => {
    const pipe = here.file('pipe');
    makePipe(pipe);
    expect(await boundedText(pipe, 10)).toEqual({ refused: 'no-file' });
  });
});
