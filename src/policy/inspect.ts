import { didYouMean } from '../model/nearest.ts';
import type { Need } from '../model/rule.ts';
import { type CelNode, childrenOf, methodName, type Problem, patternProblem, type Variables } from './cel.ts';
import type { Shape } from './view.ts';

/** What an expression reads that its rule must list in `needs`. */
interface NeedUse {
  readonly need: Need;
  /** The field or word that needs it. */
  readonly because: string;
  readonly offset: number;
}

/** What is wrong with an expression beyond its types, and what its rule must list. */
export interface Inspection {
  readonly problems: readonly Problem[];
  readonly needs: readonly NeedUse[];
  /** What the fields that it reads go by where that is listed. */
  readonly uses: ReadonlySet<Need>;
}

type Names = Readonly<Record<string, Shape | undefined>>;

interface Findings {
  readonly problems: Problem[];
  readonly needs: NeedUse[];
  readonly uses: Set<Need>;
  /** Comprehensions around what is looked at. */
  nesting: number;
}

/** `list.all(x, …)` and its kin bind their first argument to each element. */
const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** Each of these goes through a list for each element of the one around it: more of them could keep a scan for hours. */
const DEEPEST = 3;
/** What holds for an optional or a list holds for what these return. */
const SAME_SHAPE = new Set(['orValue', 'or', 'value', 'filter']);
const COMPARISONS = new Set(['==', '!=']);
const BUILT_IN_NAMES = new Set(['cel', 'optional']);

/**
 * Looks over a parsed expression for what the engine's checker lets pass: fields under `has()` and `.?`, words that a
 * closed enum does not have, patterns that RE2 does not take; and collects what the expression needs.
 */
export function inspect(root: CelNode, variables: Variables): Inspection {
  const found: Findings = { problems: [], needs: [], uses: new Set(), nesting: 0 };
  shapeOf(root, variables, found);
  return found;
}

/** The fields of a named variable that an expression reads. */
export function* fieldsOf(node: CelNode, name: string): Generator<string, void> {
  if (node.op === '.' || node.op === '.?') {
    const [owner, field] = node.args;
    if (owner.op === 'id' && owner.args === name) yield field;
  } else if (node.op === '[]' || node.op === '[?]') {
    const [owner, index] = node.args;
    if (owner.op === 'id' && owner.args === name && index.op === 'value') yield String(index.args);
  }
  for (const child of childrenOf(node)) yield* fieldsOf(child, name);
}

/** The shape of a node's value, where it is one that matters; inspects the node and all below it. */
function shapeOf(node: CelNode, names: Names, found: Findings): Shape | undefined {
  switch (node.op) {
    case 'id':
      return nameShape(node.args, node, names, found);
    case '.':
    case '.?':
      return fieldShape(shapeOf(node.args[0], names, found), node.args[1], node, found);
    case '[]':
    case '[?]':
      return indexShape(node, node.args, names, found);
    case 'rcall':
      return methodShape(node, node.args, names, found);
    case 'call':
      return callShape(node.args, names, found);
    case 'list': {
      const [first] = node.args.map((element) => shapeOf(element, names, found));
      return first === undefined ? undefined : { kind: 'list', of: first };
    }
    case '?:': {
      const [, yes, no] = node.args.map((branch) => shapeOf(branch, names, found));
      return yes ?? no;
    }
    default: {
      const shapes = childrenOf(node).map((child) => shapeOf(child, names, found));
      if (COMPARISONS.has(node.op) || node.op === 'in') checkWords(childrenOf(node), shapes, found);
      return undefined;
    }
  }
}

function nameShape(name: string, node: CelNode, names: Names, found: Findings): Shape | undefined {
  if (!(name in names) && !BUILT_IN_NAMES.has(name)) {
    found.problems.push({ message: `no "${name}" here${hint(name, names)}`, offset: node.start });
  }
  return names[name];
}

const hint = (name: string, names: Names): string =>
  name === 'parameters' ? ': this rule declares none' : didYouMean(name, Object.keys(names));

function fieldShape(owner: Shape | undefined, field: string, node: CelNode, found: Findings): Shape | undefined {
  if (owner?.kind !== 'view') return undefined;
  const { name, fields } = owner.view;
  const type = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (type === undefined) {
    const guess = didYouMean(field, Object.keys(fields));
    found.problems.push({ message: `${name} has no field "${field}"${guess}`, offset: node.pos });
    return undefined;
  }
  addNeeds(type.needs, `${name}.${field}`, node.pos, found);
  for (const need of type.uses ?? []) found.uses.add(need);
  return type.shape;
}

function indexShape(
  node: CelNode,
  [owner, index]: readonly [CelNode, CelNode],
  names: Names,
  found: Findings,
): Shape | undefined {
  const shape = shapeOf(owner, names, found);
  shapeOf(index, names, found);
  if (shape?.kind === 'list') return shape.of;
  if (shape?.kind !== 'view') return undefined;
  if (index.op === 'value' && typeof index.args === 'string') return fieldShape(shape, index.args, index, found);
  found.problems.push({ message: `fields of ${shape.view.name} are named literally`, offset: node.start });
  return undefined;
}

function methodShape(
  node: CelNode,
  [renamed, receiver, args]: readonly [string, CelNode, readonly CelNode[]],
  names: Names,
  found: Findings,
): Shape | undefined {
  const name = methodName(renamed);
  const shape = shapeOf(receiver, names, found);
  const [first, ...others] = args;
  if (COMPREHENSIONS.has(name) && first?.op === 'id' && others.length > 0) {
    const element = shape?.kind === 'list' ? shape.of : undefined;
    found.nesting += 1;
    if (found.nesting > DEEPEST) {
      found.problems.push({ message: `${name}() is nested in more than ${DEEPEST - 1} others`, offset: node.start });
    }
    const shapes = others.map((body) => shapeOf(body, { ...names, [first.args]: element }, found));
    found.nesting -= 1;
    const mapped = shapes.at(-1);
    if (name === 'map') return mapped === undefined ? undefined : { kind: 'list', of: mapped };
  } else if (name === 'bind' && first?.op === 'id' && others.length === 2) {
    const [value, body] = others as [CelNode, CelNode];
    return shapeOf(body, { ...names, [first.args]: shapeOf(value, names, found) }, found);
  } else {
    const shapes = args.map((arg) => shapeOf(arg, names, found));
    if (name === 'orValue') checkWords([receiver, ...args], [shape, ...shapes], found);
    if (name === 'matches') checkPattern(node, first, found);
  }
  return SAME_SHAPE.has(name) ? shape : undefined;
}

function callShape(
  [name, args]: readonly [string, readonly CelNode[]],
  names: Names,
  found: Findings,
): Shape | undefined {
  const [first] = args.map((arg) => shapeOf(arg, names, found));
  return name === 'dyn' ? first : undefined;
}

/** Where one side is a closed enum, the literals on the other must be words of it. */
function checkWords(sides: readonly CelNode[], shapes: readonly (Shape | undefined)[], found: Findings): void {
  const word = shapes.find((shape) => shape !== undefined && enumOf(shape) !== undefined);
  const allowed = word && enumOf(word);
  if (allowed === undefined) return;
  for (const literal of sides.flatMap(literalsOf)) {
    if (!allowed.values.includes(literal.text)) {
      const guess = didYouMean(literal.text, allowed.values) || `; there are ${allowed.values.join(', ')}`;
      found.problems.push({ message: `"${literal.text}" is never the value here${guess}`, offset: literal.offset });
    } else addNeeds(allowed.needsOf?.(literal.text), `"${literal.text}"`, literal.offset, found);
  }
}

const enumOf = (shape: Shape): Extract<Shape, { kind: 'enum' }> | undefined => {
  if (shape.kind === 'list') return enumOf(shape.of);
  return shape.kind === 'enum' ? shape : undefined;
};

function literalsOf(node: CelNode): readonly { readonly text: string; readonly offset: number }[] {
  if (node.op === 'value' && typeof node.args === 'string') return [{ text: node.args, offset: node.start }];
  if (node.op === '?:') return node.args.slice(1).flatMap(literalsOf);
  return node.op === 'list' ? node.args.flatMap(literalsOf) : [];
}

function checkPattern(node: CelNode, pattern: CelNode | undefined, found: Findings): void {
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
    found.problems.push({ message: 'the pattern of matches() must be a literal', offset: node.start });
    return;
  }
  const problem = patternProblem(pattern.args);
  if (problem !== undefined) found.problems.push({ message: `no RE2 pattern: ${problem}`, offset: pattern.start });
}

function addNeeds(needs: readonly Need[] | undefined, because: string, offset: number, found: Findings): void {
  for (const need of needs ?? []) found.needs.push({ need, because, offset });
}
