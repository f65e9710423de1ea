import type { Change, Former, FormerRoot } from '../../model/change.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Fact } from '../../model/facts.ts';

/** What was looked at before, and what of it is accounted for otherwise. */
export interface Lost extends Pick<Change, 'base'> {
  readonly former: Former;
  /** Directories that have no configuration left. */
  readonly emptied: ReadonlySet<string>;
  /** Directories whose states are given elsewhere: these tell what was left behind. */
  readonly told: ReadonlySet<string>;
}

/**
 * Gaps for what was looked at before a change and is not now. A directory is a root by what stands in it, so that a change
 * decides over that; whoever made it says with its settings, or with an accepted gap, that this is meant.
 */
export function lostCoverage({ base, former, emptied, told }: Lost, facts: readonly Fact[]): readonly Coverage[] {
  const read = facts.flatMap((fact) => (fact.kind === 'root' && fact.places !== undefined ? [fact] : []));
  const places = new Set(read.flatMap((root) => root.places ?? []));
  const names = new Set(read.flatMap(({ root }) => [root, root.replace(/@[^@/]*$/, '')]));
  const isAccounted = ({ dir, isCertain, movedTo }: FormerRoot): boolean =>
    names.has(dir) || told.has(dir) || movedTo.some((heir) => names.has(heir)) || (!isCertain && places.has(dir));
  return [
    ...former.roots
      .filter((root) => !isAccounted(root))
      .map((root) => (emptied.has(root.dir) ? emptiedCoverage(root.dir) : lostRoot(root, base))),
    ...former.workspaces.filter(({ dir }) => names.has(dir)).map(lostWorkspace),
  ];
}

/** The gap that a directory is from which a change removes all configuration. */
export const emptiedCoverage = (dir: string): Coverage => ({
  source: 'configuration',
  locator: dir,
  status: 'partial',
  reason: `the change removes every file of ${dir}: what its state holds nobody declares any more`,
});

const lostRoot = ({ dir, files }: FormerRoot, base: string): Coverage => ({
  source: 'configuration',
  locator: dir,
  status: 'partial',
  reason: `the change has it out of sight: ${dir} was a root at ${base.slice(0, 12)}, and no root that is looked at is there now${files.length === 0 ? '' : ` (it changes ${shown(files)})`}; name it in keydrift.yaml (roots) or with --config-dir`,
});

const lostWorkspace = ({ dir, workspace }: Former['workspaces'][number]): Coverage => ({
  source: 'configuration',
  locator: `${dir}@${workspace}`,
  status: 'partial',
  reason: `the change has it out of sight: keydrift.yaml named the workspace ${workspace} of ${dir}, and does not any more`,
});

const NAMED = 3;

const shown = (files: readonly string[]): string =>
  files.length > NAMED ? `${files.slice(0, NAMED).join(', ')} and ${files.length - NAMED} more` : files.join(', ');
