import { expect, it } from '@jest/globals';
import { wholeBody } from '../../../../src/sources/terraform/backends/body.ts';

const LIMIT = 10;
let ended = false;
async function* chunks(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  ended = false;
  try {
    for (const [at, size] of sizes.entries()) yield new Uint8Array(size).fill(at);
  } finally {
    ended = true;
  }
}
const read = (...sizes: readonly number[]) => wholeBody(chunks(...sizes), undefined, LIMIT);

it.each([[[]], [[10]], [[3, 0, 7]]])('pieces of %j bytes are one body', async (sizes) => {
  const bytes = sizes.flatMap((size, at) => Array<number>(size).fill(at));
  expect(Array.from((await read(...sizes)) as Uint8Array)).toEqual(bytes);
});

it.each([[[11]], [[10, 1, 99]]])('pieces of %j bytes are too many, and no more are asked for', async (sizes) => {
  expect(await read(...sizes)).toMatchObject({
    kind: 'unreadable',
    reason: expect.stringMatching(/^larger than 512 MiB/),
  });
  expect(ended).toBe(true);
});
