import type { Diagnostic } from '../model/coverage.ts';
import type { Ownership } from '../model/ownership.ts';
import { plural } from '../model/plural.ts';
import { nearestRegion } from '../model/regions.ts';
import type { ReportKey } from '../model/report.ts';

/** Where what `ownership` says is hardly what was meant: a Region that is nearly one, and nothing left to judge. */
export function ownershipNotes({ owned }: Ownership, keys: readonly ReportKey[]): readonly Diagnostic[] {
  const judged = keys.filter(({ standing }) => standing !== 'aws-managed');
  const isAll = judged.length > 0 && judged.every(({ notOurs }) => notOurs !== undefined);
  const which = judged.length === 1 ? 'the one key' : `all ${plural(judged.length, 'key')}`;
  return [
    ...owned.regions
      .filter((name) => nearestRegion(name) !== '')
      .map((name) => `regions: ${name} is no Region that is known here${nearestRegion(name)}`),
    ...(isAll ? [`leaves out ${which}: nothing here is judged`] : []),
  ].map((words) => ({ level: 'warning', source: 'ownership', message: `ownership ${words}` }));
}
