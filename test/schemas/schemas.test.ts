import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { created, held, keyArn, live } from '../support/facts.ts';
import { schemaFiles } from '../support/generate/schemas.ts';

const committed = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('published JSON Schemas', () => {
  it.each(schemaFiles().map(({ path, text }) => [path, text]))('%s is what npm run generate writes', (path, text) => {
    expect(committed(path)).toBe(text);
  });

  const line = z.fromJSONSchema(JSON.parse(committed('src/schemas/inventory-line.schema.json')));

  it.each([live(keyArn(1)), held(keyArn(1)), created(keyArn(1))])('take a $kind fact as an inventory line', (fact) => {
    expect(line.safeParse(fact).error).toBeUndefined();
  });

  it('take no fact with a field of another tool', () => {
    expect(line.safeParse({ ...live(keyArn(1)), severity: 'high' }).success).toBe(false);
  });
});
