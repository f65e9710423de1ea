import { readFileSync } from 'node:fs';

/** One CloudTrail record of a shape that AWS writes; the file's name says which. */
export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(`${import.meta.dirname}/../../fixtures/cloudtrail/${name}.json`, 'utf8'));
