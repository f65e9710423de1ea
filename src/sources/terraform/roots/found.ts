import type { Coverage, Diagnostic } from '../../../model/coverage.ts';
import type { GivenWhere } from '../state/where.ts';
import type { Root } from './root.ts';

/** A root with what is known of where its states are. With neither states nor gaps nothing is. */
export interface FoundRoot {
  readonly root: Root;
  readonly states: readonly GivenWhere[];
  /** Why states that there may be are not read. */
  readonly gaps: readonly string[];
  /** Nothing says that those are elsewhere: gaps also where only files here are asked for. */
  readonly mayBeHere?: true;
  /** States that it has, or may have, are elsewhere, and nobody is asked for those. */
  readonly isElsewhere?: boolean;
  /** The settings say where its states are, not its backend. */
  readonly isSaid: boolean;
  /** The settings name it. */
  readonly isNamed: boolean;
  /** Absolute path of its plan, where the settings name one. */
  readonly plan: string | undefined;
}

/** A root that the settings name and that nobody asked for; its states hold keys all the same. */
export type LeftRoot = Pick<Root, 'root' | 'reach'> & { readonly states: readonly string[] };

/** All roots of a scan, sorted by name, and what of the directories could not be looked through. */
export interface FoundRoots {
  readonly roots: readonly FoundRoot[];
  /** Those of the settings that no given directory holds, sorted by name. */
  readonly left: readonly LeftRoot[];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
}
