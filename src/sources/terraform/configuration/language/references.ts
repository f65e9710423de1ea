import type { Call, Expression, Item, Node } from './syntax.ts';

/** What an expression refers to: `aws_kms_key.x["a"].key_id` is root `aws_kms_key` and name `x`. */
export interface Reference {
  readonly root: string;
  /** The name after the root; undefined where none follows. */
  readonly name: string | undefined;
}

/** Every reference of an expression in the order of its text, without the variables of its `for` expressions. */
export function references(expression: Expression): readonly Reference[] {
  const found: Reference[] = [];
  walk(expression.root, new Set(), found);
  return found;
}

/** Every call of a function in an expression, in the order of its text. */
export const calls = (expression: Expression): readonly Call[] => callsIn(expression.root);

const callsIn = (node: Node): readonly (Node & Call)[] => [
  ...(node.kind === 'call' ? [node] : []),
  ...childrenOf(node).flatMap(callsIn),
];

/** What a chain of steps starts from; undefined when something else than a name stands there. */
function referenceOf(node: Node): Reference | undefined {
  switch (node.kind) {
    case 'name':
      return { root: node.name, name: undefined };
    case 'attribute':
      return node.object.kind === 'name' ? { root: node.object.name, name: node.name } : referenceOf(node.object);
    case 'index':
      return referenceOf(node.collection);
    case 'splat':
      return referenceOf(node.source);
    default:
      return undefined;
  }
}

function walk(node: Node, bound: ReadonlySet<string>, found: Reference[]): void {
  const reference = referenceOf(node);
  if (reference !== undefined && !bound.has(reference.root)) found.push(reference);
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
      return belowStep(node.object);
    case 'index':
      return [...belowStep(node.collection), node.key];
    case 'splat':
      return [...belowStep(node.source), node.each];
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
const belowStep = (node: Node): readonly Node[] => (referenceOf(node) === undefined ? [node] : childrenOf(node));
