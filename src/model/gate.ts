import { SEVERITIES } from './rule.ts';

/** Findings at or above this severity fail the gate. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];
