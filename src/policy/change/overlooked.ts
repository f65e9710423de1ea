import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';

/** Roots that a change touches and that nobody looks at: a check that says nothing of them has not seen them. */
export function overlookedNotes(
  { overlooked = [] }: Pick<Change, 'overlooked'>,
  facts: readonly Fact[],
): readonly Diagnostic[] {
  const read = new Set(facts.flatMap((fact) => (fact.kind === 'root' ? [fact.root, ...(fact.places ?? [])] : [])));
  return overlooked
    .filter(({ dir }) => !read.has(dir))
    .map(({ dir, isCertain }) => ({
      level: 'warning',
      source: 'change',
      message: `the change touches ${dir}, a root that keydrift.yaml does not lead to, and ${isCertain ? 'its keys were' : 'whether it has keys was'} not looked at: name it (roots), or have it found (config-dirs)`,
    }));
}
