import { createHash } from 'node:crypto';

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A version 4 UUID that depends on the text alone, so that a world gives the same ids each time. */
export function uuidOf(text: string): string {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Key ids of multi-Region keys are `mrk-` and 32 hex digits (AWS KMS developer guide, "Key identifiers"). */
export const multiRegionIdOf = (uuid: string): string => `mrk-${uuid.replaceAll('-', '')}`;

/** Ids one after the other, the same sequence for the same seed. */
export function idSequence(seed: string): () => string {
  let count = 0;
  return () => uuidOf(`${seed}#${++count}`);
}
