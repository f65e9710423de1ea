import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Compares text with the committed file `test/golden/<name>`; see expectFile. */
export const expectGolden = (name: string, actual: string): void => expectFile(join(ROOT, 'test/golden', name), actual);

/**
 * Compares text with a committed file, or writes that file when UPDATE_GOLDEN=1.
 * Fails when the file is not there: an expected output is reviewed before it counts.
 */
export function expectFile(path: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path)) {
    throw new Error(`${relative(ROOT, path)} does not exist: run the test with UPDATE_GOLDEN=1`);
  }
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
