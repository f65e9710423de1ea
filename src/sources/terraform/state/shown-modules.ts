import { type Entries, entriesIn, NO_ENTRIES } from './entries.ts';
import type { JsonWalk } from './json-walk.ts';
import { Words } from './words.ts';

/** A module in what `terraform show -json` prints (Terraform documentation, "JSON Output Format": values representation). */
export interface ShownModule {
  /** The root module has none. */
  readonly address: unknown;
  readonly resources: Entries;
  readonly children: readonly ShownModule[];
  /** Its lists that are none, and modules in it that are nested too deep to be read. */
  readonly damage: readonly string[];
}

const VALUES = new Words(['root_module']);
const MEMBERS = new Words(['address', 'resources', 'child_modules']);

/** Modules within modules that are followed: each takes a few frames of the stack, and a stranger may nest them. */
const DEEPEST = 100;

/** The root module in the `values` that the walk stands at; undefined when there is none. */
export function shownRootIn(walk: JsonWalk): ShownModule | undefined {
  let root: ShownModule | undefined;
  walk.members(() => {
    if (walk.name(VALUES) === 'root_module') root = walk.kind() === 'object' ? moduleIn(walk, 0) : undefined;
  });
  return root;
}

function moduleIn(walk: JsonWalk, depth: number): ShownModule {
  let address: unknown;
  let resources: Listed<Entries> = { found: NO_ENTRIES, damage: [] };
  let children: Listed<readonly ShownModule[]> = NO_CHILDREN;
  walk.members(() => {
    const name = walk.name(MEMBERS);
    if (name === 'address') address = walk.parse(walk.take());
    if (name === 'resources') resources = listed(walk, name, NO_ENTRIES, () => entriesIn(walk, false));
    if (name === 'child_modules') children = childrenIn(walk, depth + 1);
  });
  return {
    address,
    resources: resources.found,
    children: children.found,
    damage: [...resources.damage, ...children.damage],
  };
}

interface Listed<T> {
  readonly found: T;
  readonly damage: readonly string[];
}

const NO_CHILDREN = { found: [], damage: [] };

function childrenIn(walk: JsonWalk, depth: number): Listed<readonly ShownModule[]> {
  if (depth > DEEPEST) {
    walk.take();
    return { found: [], damage: [`child_modules are nested deeper than ${DEEPEST} levels`] };
  }
  return listed(walk, 'child_modules', NO_CHILDREN.found, () => {
    const modules: ShownModule[] = [];
    walk.elements(() => void modules.push(moduleIn(walk, depth)));
    return modules;
  });
}

/** Null is what some programs write for a list without elements. */
function listed<T>(walk: JsonWalk, name: string, none: T, read: () => T): Listed<T> {
  if (walk.kind() === 'array') return { found: read(), damage: [] };
  const span = walk.take();
  return span.end - span.start === 4 && walk.parse(span) === null
    ? { found: none, damage: [] }
    : { found: none, damage: [`${name} is not what \`terraform show -json\` has there`] };
}
