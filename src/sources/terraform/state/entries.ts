import type { JsonWalk } from './json-walk.ts';
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

const TYPE = new Words(['type']);

/** The entries of the list that the walk stands at. Most of a state is of other types; no values are made of that. */
export function entriesIn(walk: JsonWalk): readonly Entry[] {
  const entries: Entry[] = [];
  walk.elements((at) => {
    const { hasType, isOurs, read } = typeIn(walk);
    if (isOurs || !hasType) entries.push({ at, hasType, read });
  });
  return entries;
}

/** Steps over a resource; of duplicate types the last counts, as for JSON.parse. */
export function typeIn(walk: JsonWalk): Omit<Entry, 'at'> & { readonly isOurs: boolean } {
  let type: string | undefined;
  const span = walk.members(() => {
    if (walk.name(TYPE) === 'type') type = walk.word(OUR_WORDS);
  });
  return {
    hasType: type !== undefined,
    isOurs: type !== undefined && type !== 'other text',
    read: () => walk.parse(span),
  };
}
