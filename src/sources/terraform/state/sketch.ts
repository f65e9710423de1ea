import { type Entries, entriesIn, NO_ENTRIES } from './entries.ts';
import type { JsonWalk } from './json-walk.ts';
import { type LegacyModule, legacyModulesIn } from './legacy-modules.ts';
import { type ShownModule, shownRootIn } from './shown-modules.ts';
import { Words } from './words.ts';

/** What is taken of a document before it is known what it is: its members come in any order. */
export interface Sketch {
  /** It is an object, not a value of another kind. */
  readonly isObject: boolean;
  /** Members of known names as values, lists and objects without what is in them. Of duplicates the last, as for JSON.parse. */
  readonly header: Header;
  /** It has members of other names. */
  readonly hasOthers: boolean;
  readonly content: SketchContent;
}
interface SketchContent {
  /** Of version 4. */
  readonly resources: Entries;
  /** Of version 3. */
  readonly modules: readonly LegacyModule[];
  /** Of `terraform show -json`; undefined when it holds no root module. */
  readonly shown: ShownModule | undefined;
}
/** A document's own members. */
export type Header = { readonly [Name in HeaderName]?: unknown };

const NAMES = [
  ...(['version', 'lineage', 'serial', 'terraform_version', 'resources', 'modules', 'backend'] as const),
  ...(['encryption_version', 'encrypted_data', 'sops'] as const),
  ...(['format_version', 'values', 'checks', 'planned_values', 'resource_changes'] as const),
  ...(['ID', 'Operation', 'Who'] as const),
  ...(['deployment', 'checkpoint', 'stack', 'latest'] as const),
];
type HeaderName = (typeof NAMES)[number];
const WORDS = new Words(NAMES);

/** What is known of a document before its first byte. */
export const NOTHING_YET: Sketch = {
  isObject: false,
  header: {},
  hasOthers: false,
  content: { resources: NO_ENTRIES, modules: [], shown: undefined },
};

/** Goes through the document that the walk stands at. */
export function sketchOf(walk: JsonWalk, withModules: boolean): Sketch {
  const isObject = walk.kind() === 'object';
  const header: { [Name in HeaderName]?: unknown } = {};
  let { content, hasOthers } = NOTHING_YET;
  walk.members(() => {
    const name = walk.name(WORDS);
    if (name === undefined) hasOthers = true;
    else {
      const kind = walk.kind();
      if (kind !== 'scalar') header[name] = kind === 'object' ? {} : [];
      else header[name] = walk.parse(walk.take());
      content = { ...content, ...(kind === 'scalar' ? withoutContent(name) : contentOf(name, walk, withModules)) };
    }
  });
  return { isObject, header, hasOthers, content };
}

function contentOf(name: HeaderName, walk: JsonWalk, withModules: boolean): Partial<SketchContent> {
  if (name === 'resources') return { resources: entriesIn(walk, withModules) };
  if (name === 'modules') return { modules: legacyModulesIn(walk) };
  return name === 'values' ? { shown: shownRootIn(walk) } : {};
}

/** What an earlier duplicate held does not count beside a value without content; a state of any version with such is refused. */
const withoutContent = (name: HeaderName): Partial<SketchContent> => (name === 'values' ? { shown: undefined } : {});
