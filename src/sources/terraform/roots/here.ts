import { dirname, resolve } from 'node:path';
import { UserError } from '../../../errors.ts';
import { type GivenWhere, parseWhere } from '../state/where.ts';
import type { FoundRoot, FoundRoots } from './found.ts';

/** Whether nobody has to be asked for a state: it is a path, or standard input. */
export function isHere({ where }: Pick<GivenWhere, 'where'>): boolean {
  try {
    const { kind } = parseWhere(where);
    return kind === 'path' || kind === 'stdin';
  } catch (error) {
    // What is misspelt leads nowhere, and is told by whoever reads it.
    if (error instanceof UserError) return true;
    throw error;
  }
}

/**
 * Roots with those of their states that are files here. Others, and what hides them, are no gap, for nobody asks for them;
 * what may hide one that is here still is.
 */
export const hereAlone = (found: FoundRoots): FoundRoots => ({ ...found, roots: found.roots.map(rootHere) });

function rootHere(root: FoundRoot): FoundRoot {
  if (root.mayBeHere) return root;
  const states = root.states.filter(isHere);
  const isElsewhere = states.length < root.states.length || root.gaps.length > 0 || states.length === 0;
  return { ...root, states, gaps: [], isElsewhere };
}

/** States given as files that stand in the directory of a root: somebody saved them where they belong. */
export const snapshotsIn = (dir: string, locators: readonly string[], cwd: string): readonly string[] =>
  locators.filter((locator) => locator !== '-' && dirname(resolve(cwd, locator)) === dir);
