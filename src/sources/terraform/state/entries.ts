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

/** The entries of the list that the walk stands at. Most of a state is of other types; no values are made of that but modules, if they are wanted. */
export function entriesIn(walk: JsonWalk, withModules: boolean): Entries {
  const ours: Entry[] = [];
  const modules = new ModuleNames(walk);
  const members = withModules ? TYPE_AND_MODULE : TYPE;
  let hasOthers = false;
  walk.elements((at) => {
    const { hasType, isOurs, module, read } = resourceIn(walk, members);
    if (isOurs || !hasType) {
      ours.push({ at, hasType, read });
      return;
    }
    hasOthers = true;
    if (module !== undefined) modules.add(module);
  });
  return { ours, modules: modules.all, hasOthers };
}

interface Resource extends Omit<Entry, 'at'> {
  readonly isOurs: boolean;
  /** Where it says its module. */
  readonly module: Span | undefined;
}

const TYPE = new Words(['type']);
const TYPE_AND_MODULE = new Words(['type', 'module']);

/** Steps over a resource; of duplicate members the last counts, as for JSON.parse. */
export function resourceIn(walk: JsonWalk, members: Words<'type' | 'module'> = TYPE): Resource {
  let type: string | undefined;
  let module: Span | undefined;
  const span = walk.members(() => {
    const name = walk.name(members);
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

/** Names that many resources repeat: each is made a text once. */
class ModuleNames {
  readonly #walk: JsonWalk;
  readonly #met = new Map<number, Span>();
  readonly #names = new Set<string>();

  constructor(walk: JsonWalk) {
    this.#walk = walk;
  }

  get all(): readonly string[] {
    return [...this.#names];
  }

  add(module: Span): void {
    const hash = this.#walk.hash(module);
    const same = this.#met.get(hash);
    if (same !== undefined && this.#walk.isSame(same, module)) return;
    this.#met.set(hash, module);
    const name = this.#walk.parse(module);
    if (typeof name === 'string') this.#names.add(name);
  }
}
