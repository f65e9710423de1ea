/**
 * Calls side by side for one account and Region. At 25 ms a call that is 2,000 a second, the shared quota of
 * DescribeKey (AWS KMS developer guide, "Request quotas").
 */
export const CONCURRENCY = 50;

/** Pause before asking once more what may pass by itself: an eventually consistent NotFound, a throttled call. */
export const ASK_AGAIN_AFTER_MS = 1_000;

/** Beyond so many keys with the same trouble, coverage counts them instead of naming each. */
export const NAMED_TROUBLES = 20;
