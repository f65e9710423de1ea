import type { Looking } from '../../src/sources/source.ts';
import { T } from '../support/facts.ts';

/** A look that nobody interrupts or watches, at a frozen time. */
export const LOOKING: Looking = {
  signal: new AbortController().signal,
  now: () => T.states,
  onProgress: () => {},
};
