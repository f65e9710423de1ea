import type { Call, Expression, Item, Node } from './syntax.ts';

/** What an expression refers to: `aws_kms_key.x["a"].key_id` is root `aws_kms_key` and name `x`. */
export interface Reference {
  readonly root: string;
  /** The name after the root; undefined where none follows. */
  readonly name: string | undefined;
  /** What follows that name: the names of attributes, null for an index or a splat, whatever it says. */
  readonly steps: readonly (string | null)[];
}

/** Every reference of an expression in the order of its text, without the variables of its `for` expressions. */
export function references(expression: Expression): readonly Reference[] {
  const found: Reference[] = [];
  walk(expression.root, new Set(), found);
  return found;
}

/** Every call of a function in an expression, in the order of its text. */
export const calls = (expression: Expression): readonly Call[] => callsIn(expression.root);

/** The variables of its `for` expressions, which hide what is called so elsewhere. */
export const boundNames = (expression: Expression): ReadonlySet<string> => new Set(boundIn(expression.root));

const boundIn = (node: Node): readonly string[] => [
  ...(node.kind === 'for' ? [node.valueName, ...(node.keyName === undefined ? [] : [node.keyName])] : []),
  ...childrenOf(node).flatMap(boundIn),
];

const callsIn = (node: Node): readonly (Node & Call)[] => [
  ...(node.kind === 'call' ? [node] : []),
  ...childrenOf(node).flatMap(callsIn),
];

/** What a chain of steps starts from, and the steps; undefined when something else than a name stands there. */
function referenceOf(node: Node): Reference | undefined {
  switch (node.kind) {
    case 'name':
      return { root: node.name, name: undefined, steps: [] };
    case 'attribute':
      return node.object.kind === 'name'
        ? { root: node.object.name, name: node.name, steps: [] }
        : further(referenceOf(node.object), [node.name]);
    case 'index':
      return further(referenceOf(node.collection), [null]);
    case 'splat':
      return further(referenceOf(node.source), [null, ...stepsOf(node.each)]);
    default:
      return undefined;
  }
}

const further = (reference: Reference | undefined, steps: Reference['steps']): Reference | undefined =>
  reference && { ...reference, steps: [...reference.steps, ...steps] };

/** What a splat does with each element. */
function stepsOf(node: Node): Reference['steps'] {
  switch (node.kind) {
    case 'attribute':
      return [...stepsOf(node.object), node.name];
    case 'index':
      return [...stepsOf(node.collection), null];
    case 'splat':
      return [...stepsOf(node.source), null, ...stepsOf(node.each)];
    default:
      return [];
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
