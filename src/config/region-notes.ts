import type { Diagnostic } from '../model/coverage.ts';
import { nearestRegion } from '../model/regions.ts';
import type { Settings } from './settings.ts';

/**
 * A warning for each Region of `regions` and of a root that is none of those known here and nearly one of them. New Regions
 * there will be, so that it is no mistake: a scan asks AWS, and what asks nobody can only say so.
 */
export function regionNotes({ regions, roots, places }: Pick<Settings, 'regions' | 'roots' | 'places'>): Diagnostic[] {
  const named = [
    ...regions.map((region, index) => ({ region, at: `regions.${index}` })),
    ...roots.flatMap((root, at) =>
      (root.regions ?? []).map((region, index) => ({ region, at: `roots.${at}.regions.${index}` })),
    ),
  ];
  return named.flatMap(({ region, at }) => {
    const near = nearestRegion(region);
    const message = `${places.get(at) ?? at}: ${region} is no Region that is known here${near}`;
    return near === '' ? [] : [{ level: 'warning', source: 'settings', message }];
  });
}
