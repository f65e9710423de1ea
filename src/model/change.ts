import type { SuppressionComment } from './facts/configuration.ts';

/** The change that a gate is about: what differs between a commit and the work tree. */
export interface Change {
  /** As it was asked for. */
  readonly since: string;
  /** The commit that the change starts from. */
  readonly base: string;
  /** How many files differ. */
  readonly count: number;
  /** Those that may touch a root, as facts name them: from the working directory, with slashes. */
  readonly files: readonly string[];
  /** Directories of roots, named likewise, of which the settings say something else than before; `all`: of any. */
  readonly resettled: readonly string[] | 'all';
  /** What it alters of what it is judged by, file by file; left out where there is nothing. */
  readonly alters?: readonly { readonly path: string; readonly what: readonly string[] }[];
  /** What comments for keydrift said before, of the files with such comments that it alters; left out where there are none. */
  readonly comments?: readonly FormerComments[];
  /** What it takes away that nobody can look at any more; left out where there is none. */
  readonly removed?: Removed;
  /** What was looked at before it; left out where it changes nothing of that. */
  readonly former?: Former;
  /** Roots with keys that it touches and that settings do not lead to; left out where there is none. */
  readonly overlooked?: readonly Overlooked[];
  /** States that it leads away from or alters, by what they held; left out where nobody looked. */
  readonly states?: readonly FormerState[];
  /** What it has that nobody can tell, and could before; left out where it was not compared. */
  readonly unjudged?: readonly Unjudged[];
}

/** A root that nobody named, as facts would name it; whether it has keys is certain, or not known. */
export interface Overlooked {
  readonly dir: string;
  readonly isCertain: boolean;
}

/** The comments for keydrift that stood in a file before a change; `above` names their blocks as the module does. */
export interface FormerComments {
  /** As facts name it. */
  readonly path: string;
  readonly said: readonly SuppressionComment[];
}

/** A key that a state holds, and what the change does to it could be anything. */
export interface Unjudged {
  /** Its id. */
  readonly key: string;
  /** The root that has its state; the state itself where none is known to. */
  readonly root: string;
  readonly address: string;
  /** Why a rule that guards keys against changes cannot judge it; of what the change alters, what that decides. */
  readonly reason: string;
  /** It could not be told before either, and the change alters what decides it. */
  readonly isAltered?: true;
  /** A plan says that a refresh no longer finds it, and nobody in which Region: what the change alters decides that. */
  readonly isLost?: true;
  /** Several roots share the state, and by the change an apply of this one ends the key. */
  readonly isEnded?: true;
}

/** A state that is a file here, or was, as far as it may not be read any more, or hold less. */
export interface FormerState {
  /** As coverage calls it. */
  readonly path: string;
  /** The root that led to it before the change; null where none is known to have. */
  readonly root: string | null;
  /** Which state, and how far it had come; null where that cannot be told. */
  readonly is: { readonly lineage: string; readonly serial: number } | null;
  /** The keys that it held before the change, or holds still: its ARN, or its address where it names none. */
  readonly keys: readonly { readonly id: string; readonly address: string }[];
  /** Why it may hold more. */
  readonly unreadable?: string;
}

/** What was looked at before a change, named as files are. */
export interface Former {
  readonly roots: readonly FormerRoot[];
  /** Workspaces of roots that settings named, and that they no longer do. */
  readonly workspaces: readonly { readonly dir: string; readonly workspace: string }[];
  /** States that settings gave for all roots, as far as the change may have it otherwise. */
  readonly given: FormerRoot['states'];
}

/** A directory that was a root module. */
export interface FormerRoot {
  readonly dir: string;
  /** Its settings, its backend or a state beside it said so, so that it is none of those who call it. */
  readonly isCertain: boolean;
  /** Files of configuration that the change alters or removes there. */
  readonly files: readonly string[];
  /** Directories that say now, and did not before, that they have the state that it had; none while it says one itself. */
  readonly movedTo: readonly string[];
  /** Where its states were, as far as the change may have it elsewhere: as `--state` takes it, within these directories. */
  readonly states: readonly { readonly where: string; readonly within?: readonly string[] }[];
  /** Its own files declared keys. */
  readonly hasKeys?: true;
  /**
   * Where its backend leads now, if that is certain to be another state, and no local one before: which settings differ, the
   * type, and the places, as `--state` takes them.
   */
  readonly ledTo?: { readonly what: readonly string[]; readonly type: string; readonly places: readonly string[] };
}

/** What a change removes, named as files are. */
export interface Removed {
  /** States that held something, or of which that cannot be told; with the lineage where it can. */
  readonly states: readonly { readonly path: string; readonly lineage: string | null }[];
  /** Directories whose configuration was deleted, all of it. */
  readonly dirs: readonly string[];
}
