import process from 'node:process';
import fc from 'fast-check';

/**
 * fast-check with one seed, so that the same cases are drawn each time and a suite judges the change, not the draw.
 * `KEYDRIFT_TEST_SEED=$RANDOM npm test` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.KEYDRIFT_TEST_SEED ?? 20261123) });

export { default } from 'fast-check';
