import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { generatedFiles } from './support/generate.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

it.each(await generatedFiles(ROOT))('$path is what npm run generate writes', ({ path, text }) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
});
