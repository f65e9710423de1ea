import { realPathOf } from '../../real-path.ts';
import { shownPath } from '../../shown-path.ts';
import { createWayfinder } from './link-way.ts';
import type { ConfigurationLook } from './look.ts';

/**
 * What each root was read from, as facts name it: by the path that was taken and, where links are on it, by each of them
 * and by what they lead to, for git names files by that. All are known before the first is asked for.
 */
export async function placesTold(
  { placesOf, roots }: Pick<ConfigurationLook, 'placesOf' | 'roots'>,
  cwd: string,
): Promise<(root: string) => readonly string[]> {
  const entered = await realPathOf(cwd);
  const wayTo = createWayfinder();
  const told = new Map<string, readonly string[]>();
  for (const root of roots) {
    const paths = [...new Set(placesOf(root))];
    const ways = await Promise.all(paths.map(wayTo));
    const real = ways.flatMap(({ links, end }) => [...links, end]);
    const names = [...paths.map((path) => shownPath(path, cwd)), ...real.map((path) => shownPath(path, entered))];
    told.set(root, [...new Set(names)].sort());
  }
  return (root) => told.get(root) ?? [];
}
