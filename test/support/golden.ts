import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const GOLDEN_DIRECTORY = fileURLToPath(new URL('../golden/', import.meta.url));

/**
 * Compares text with the committed file `test/golden/<name>`, or writes that file when UPDATE_GOLDEN=1.
 * Fails when the file is not there: a golden file is reviewed before it counts.
 */
export function expectGolden(name: string, actual: string): void {
  const path = join(GOLDEN_DIRECTORY, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path)) throw new Error(`test/golden/${name} does not exist: run the test with UPDATE_GOLDEN=1`);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
