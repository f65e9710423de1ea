import type { Expression, Item, Node } from './syntax.ts';

/** One step of a reference: the name after a dot, or a key or index in brackets that is a literal. */
type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: string | number };

/** What an expression refers to: `aws_kms_key.x.key_id` is root `aws_kms_key`, name `x` and one step. */
export interface Traversal {
  readonly root: string;
  /** The name after the root; undefined where none follows. */
  readonly name: string | undefined;
  /** The steps after the name, up to the first that is no literal. */
  readonly steps: readonly Step[];
  /** Steps follow that are no literals, or a splat. */
  readonly isOpen: boolean;
}

/** Every reference of an expression in the order of its text, without the variables of its `for` expressions. */
export function traversals(expression: Expression): readonly Traversal[] {
  const found: Traversal[] = [];
  walk(expression.root, new Set(), found);
  return found;
}

/** The reference that an expression is, when it is nothing else; parentheses and a lone `"${…}"` do not count. */
export function asTraversal(expression: Expression): Traversal | undefined {
  const root = unwrap(expression.root);
  const chain = chainOf(root);
  return chain === undefined || chain.isOpen ? undefined : traversalOf(chain);
}

const unwrap = (node: Node): Node => (node.kind === 'parentheses' ? unwrap(node.inner) : node);

interface Chain {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly isOpen: boolean;
}

/** The name at the bottom of a chain of steps; undefined when something else stands there. */
function chainOf(node: Node): Chain | undefined {
  if (node.kind === 'name') return { root: node.name, steps: [], isOpen: false };
  if (node.kind === 'attribute') return extend(chainOf(node.object), { kind: 'attribute', name: node.name });
  if (node.kind === 'index') return extend(chainOf(node.collection), literalStep(node.key));
  return node.kind === 'splat' ? extend(chainOf(node.source), undefined) : undefined;
}

function extend(chain: Chain | undefined, step: Step | undefined): Chain | undefined {
  if (chain === undefined || chain.isOpen) return chain;
  return step === undefined ? { ...chain, isOpen: true } : { ...chain, steps: [...chain.steps, step] };
}

function literalStep(key: Node): Step | undefined {
  if (key.kind !== 'literal') return undefined;
  return key.value.kind === 'string' || key.value.kind === 'number'
    ? { kind: 'index', key: key.value.value }
    : undefined;
}

function traversalOf({ root, steps, isOpen }: Chain): Traversal {
  const [first, ...rest] = steps;
  return first?.kind === 'attribute'
    ? { root, name: first.name, steps: rest, isOpen }
    : { root, name: undefined, steps, isOpen };
}

function walk(node: Node, bound: ReadonlySet<string>, found: Traversal[]): void {
  const chain = chainOf(node);
  if (chain !== undefined && !bound.has(chain.root)) found.push(traversalOf(chain));
  const inner =
    node.kind === 'for'
      ? new Set([...bound, node.valueName, ...(node.keyName === undefined ? [] : [node.keyName])])
      : bound;
  for (const child of childrenOf(node))
    walk(child, child === (node.kind === 'for' ? node.collection : undefined) ? bound : inner, found);
}

/** The nodes in which more references may stand; those of a chain itself are not among them. */
function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'item':
      return [];
    case 'attribute':
      return chainRest(node.object);
    case 'index':
      return [...chainRest(node.collection), node.key];
    case 'splat':
      return [...chainRest(node.source), node.each];
    case 'template':
      return node.parts;
    case 'join':
      return [node.parts];
    case 'parentheses':
      return [node.inner];
    case 'tuple':
      return node.elements;
    case 'object':
      return node.items.flatMap(({ key, value }: Item) => [key, value]);
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'conditional':
      return [node.condition, node.yes, node.no];
    case 'call':
      return node.arguments;
    case 'for':
      return [node.collection, node.key, node.value, node.condition].filter((child) => child !== undefined);
  }
}

/** What stands below a step: nothing but its keys where it belongs to the chain of a name. */
const chainRest = (node: Node): readonly Node[] => (chainOf(node) === undefined ? [node] : childrenOf(node));
