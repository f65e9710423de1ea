import type { Diagnostic } from '../model/coverage.ts';
import type { KeyRecord } from '../model/key-record.ts';
import { plural } from '../model/plural.ts';

/** Counts what plans that the repository carries say otherwise than its configuration and states. */
export interface Disagreements {
  readonly add: (record: Pick<KeyRecord, 'planned'>) => void;
  /** One note for each plan. */
  readonly notes: () => readonly Diagnostic[];
}

/** Without any yet. */
export function disagreements(): Disagreements {
  const counts = new Map<string, number>();
  return {
    add: ({ planned }) => {
      for (const plan of new Set(planned.flatMap(({ despite = [] }) => despite))) {
        counts.set(plan, (counts.get(plan) ?? 0) + 1);
      }
    },
    notes: () =>
      [...counts].map(([plan, count]) => ({
        level: 'warning',
        source: 'plan',
        message: `${plan}: of ${plural(count, 'key')} it says something else than configuration and states, which count: git tracks it, so that whoever makes the change may have written it; make the plan in the pipeline, in a file that is not committed`,
      })),
  };
}
