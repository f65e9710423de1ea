import type { JsonWalk, Span } from './json-walk.ts';
import { OUR_WORDS } from './our-types.ts';
import { Words } from './words.ts';

/** A resource that has to be read: of a type of ours, or one that does not say its type. */
export interface Entry {
  /** Where it stands in its list, from 0. */
  readonly at: number;
  readonly hasType: boolean;
  /** Its value; undefined when its text is longer than a string can be. */
  readonly read: () => unknown;
}

/** What a list of resources holds. */
export interface Entries {
  readonly ours: readonly Entry[];
  /** Modules that resources of other types say they are in; one that says it of none is in the root's own. */
  readonly modules: readonly string[];
  /** It holds any of other types. */
  readonly hasOthers: boolean;
}

/** A list without elements. */
export const NO_ENTRIES: Entries = { ours: [], modules: [], hasOthers: false };

const MEMBERS = new Words(['type', 'module']);

/** The entries of the list that the walk stands at. Most of a state is of other types; no values are made of that. */
export function entriesIn(walk: JsonWalk): Entries {
  const ours: Entry[] = [];
  const modules = new Set<string>();
  let hasOthers = false;
  let last: Span | undefined;
  walk.elements((at) => {
    const { hasType, isOurs, module, read } = resourceIn(walk);
    if (isOurs || !hasType) {
      ours.push({ at, hasType, read });
      return;
    }
    hasOthers = true;
    // Terraform writes them module by module.
    if (module === undefined || (last !== undefined && walk.isSame(last, module))) return;
    last = module;
    const name = walk.parse(module);
    if (typeof name === 'string') modules.add(name);
  });
  return { ours, modules: [...modules], hasOthers };
}

interface Resource extends Omit<Entry, 'at'> {
  readonly isOurs: boolean;
  readonly module: Span | undefined;
}

/** Steps over a resource; of duplicate members the last counts, as for JSON.parse. */
export function resourceIn(walk: JsonWalk): Resource {
  let type: string | undefined;
  let module: Span | undefined;
  const span = walk.members(() => {
    const name = walk.name(MEMBERS);
    if (name === 'type') type = walk.word(OUR_WORDS);
    else if (name === 'module') module = walk.take();
  });
  return {
    hasType: type !== undefined,
    isOurs: type !== undefined && type !== 'other text',
    module,
    read: () => walk.parse(span),
  };
}
