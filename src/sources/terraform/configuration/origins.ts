import { indexed } from '../state/address.ts';
import type { Argument } from './blocks.ts';
import type { Repetition } from './expansion.ts';
import { parseExpression } from './language/parse.ts';
import type { Node } from './language/syntax.ts';
import type { Value } from './language/value.ts';
import { unknownIn } from './language/values.ts';
import type { PlacedArgument } from './merged-block.ts';
import { localsOf, mergedBlock } from './module.ts';
import type { ModuleInstance } from './module-instance.ts';
import { isRead } from './module-tree.ts';
import {
  type Effort,
  elementsOf,
  from,
  gatheredOrigins,
  NOWHERE,
  type Origin,
  type Origins,
  type Step,
  type Wanted,
} from './origin.ts';

/** For one expression. */
const MOST_STEPS = 5_000;
/** Named values that lead to each other. */
const DEEPEST = 32;

/** Where an expression stands. */
interface Place {
  readonly module: ModuleInstance;
  readonly repetition: Repetition;
  readonly forEach: PlacedArgument | undefined;
  readonly text: string;
  /** Names of the `for` expressions around it. */
  readonly bound: ReadonlySet<string>;
}

type Standing = Pick<Place, 'module' | 'repetition' | 'forEach'>;

/** The origins of an argument of one instance of a block; too many where nothing tells which, never too few. */
export function originsOf(argument: Argument, at: Standing, wanted: Wanted, effort: Effort): Origins {
  return gatheredOrigins(new Tracing(wanted, effort).follow(argument, at, []));
}

const parsed = new WeakMap<Argument, ReturnType<typeof parseExpression>>();

class Tracing {
  readonly #wanted: Wanted;
  readonly #effort: Effort;
  #left = MOST_STEPS;
  #depth = 0;

  constructor(wanted: Wanted, effort: Effort) {
    this.#wanted = wanted;
    this.#effort = effort;
  }

  /** Of the value of an argument, what these steps lead to. */
  follow(argument: Argument, at: Standing, path: readonly Step[]): readonly Origin[] {
    const expression = parsed.get(argument) ?? parseExpression(argument.text, argument);
    parsed.set(argument, expression);
    if (!expression.ok) return from(`${argument.name}, which cannot be read`);
    if (this.#depth >= DEEPEST) return from('more values in a row than are followed');
    this.#depth += 1;
    const { module, repetition, forEach } = at;
    const { root, text } = expression.value;
    const found = this.#visit(root, { module, repetition, forEach, text, bound: new Set<string>() }, path);
    this.#depth -= 1;
    return found;
  }

  #all(nodes: readonly Node[], place: Place, path: readonly Step[]): readonly Origin[] {
    return nodes.flatMap((node) => this.#visit(node, place, path));
  }

  #visit(node: Node, place: Place, path: readonly Step[]): readonly Origin[] {
    this.#left -= 1;
    this.#effort.left -= 1;
    if (this.#left < 0 || this.#effort.left < 0) return from('more than is followed');
    switch (node.kind) {
      case 'literal':
        return this.#value(node.value, 'what it names itself');
      case 'parentheses':
        return this.#visit(node.inner, place, path);
      case 'template':
        return this.#all(node.parts, place, node.parts.length === 1 ? path : []);
      case 'conditional':
        return this.#all(this.#arms(node, place), place, path);
      case 'object':
      case 'tuple':
        return this.#all(this.#members(node, place, path[0]), place, path.slice(1));
      case 'call':
        return this.#call(node, place, path);
      case 'for': {
        const bound = new Set([...place.bound, node.valueName, ...(node.keyName === undefined ? [] : [node.keyName])]);
        return [...this.#visit(node.collection, place, []), ...this.#visit(node.value, { ...place, bound }, [])];
      }
      case 'splat':
        return this.#visit(node.source, place, []);
      case 'join':
        return this.#visit(node.parts, place, []);
      case 'name':
      case 'attribute':
      case 'index':
        return this.#chain(node, place, path);
      default:
        // What an operator gives is a number or a bool, and an element of a splat stands in what was visited.
        return NOWHERE;
    }
  }

  #call({ name, arguments: given }: Node & { kind: 'call' }, place: Place, path: readonly Step[]): readonly Origin[] {
    const [map, key, ...otherwise] = given;
    if (name !== 'lookup' || map === undefined || key === undefined) {
      return this.#all(given, place, PASSING.has(name) ? path : []);
    }
    const step = { key: indexIn(this.#evaluated(key, place)), isIndex: true };
    return [...this.#visit(map, place, [step, ...path]), ...this.#all(otherwise, place, path)];
  }

  /** The arm that counts, or both. */
  #arms({ condition, yes, no }: Node & { kind: 'conditional' }, place: Place): readonly Node[] {
    const value = this.#evaluated(condition, place);
    if (value?.kind !== 'bool') return [yes, no];
    return [value.value ? yes : no];
  }

  /** The member that a step leads to, or all that it may lead to. */
  #members(node: Node & { kind: 'object' | 'tuple' }, place: Place, step: Step | undefined): readonly Node[] {
    const key = step?.key ?? null;
    if (node.kind === 'tuple') {
      const element = typeof key === 'number' ? node.elements[key] : undefined;
      return element === undefined ? node.elements : [element];
    }
    const keys = key === null ? [] : node.items.map((item) => this.#keyOf(item.key, place));
    if (key === null || keys.includes(null)) return node.items.map(({ value }) => value);
    return node.items.filter((_, at) => keys[at] === String(key)).map(({ value }) => value);
  }

  #keyOf(node: Node, place: Place): string | null {
    const value = node.kind === 'literal' ? node.value : this.#evaluated(node, place);
    return value?.kind === 'string' || value?.kind === 'number' ? String(value.value) : null;
  }

  /** undefined within a `for`: its names mean something else in each round. */
  #evaluated({ start, end }: Node, { module, repetition, text, bound }: Place): Value | undefined {
    return bound.size > 0 ? undefined : module.indexOf(text.slice(start, end), repetition);
  }

  /** `a.b["c"].d`: a name and what follows it. */
  #chain(node: Node, place: Place, path: readonly Step[]): readonly Origin[] {
    const steps: Step[] = [];
    let base = node;
    while (base.kind === 'attribute' || base.kind === 'index') {
      if (base.kind === 'attribute') steps.push({ key: base.name, isIndex: false });
      else steps.push({ key: indexIn(this.#evaluated(base.key, place)), isIndex: true });
      base = base.kind === 'attribute' ? base.object : base.collection;
    }
    const whole = [...steps.reverse(), ...path];
    if (base.kind !== 'name') return this.#visit(base, place, whole);
    return place.bound.has(base.name) ? NOWHERE : this.#named(base.name, whole, place);
  }

  #named(root: string, path: readonly Step[], { module, repetition, forEach }: Place): readonly Origin[] {
    const [first, ...rest] = path;
    const name = typeof first?.key === 'string' ? first.key : undefined;
    const what = name === undefined ? root : `${root}.${name}`;
    if (root === 'count' || root === 'path' || root === 'terraform') return NOWHERE;
    if (name === undefined) return from(what);
    if (root === 'each') {
      if (name === 'key' || forEach === undefined) return this.#value(module.scope(repetition)(root, name), what);
      const key = { key: indexIn(repetition.each?.key), isIndex: true };
      return this.follow(forEach, inModule(module), [key, ...rest]);
    }
    if (root === 'local') {
      const local = localsOf(module.module).get(name);
      if (local === undefined || local === 'refused') return from(what);
      return this.follow(local, inModule(module), rest);
    }
    if (root === 'var') return this.#variable(name, rest, module);
    if (root === 'module') return this.#output(name, rest, module);
    if (!this.#wanted.isType(root)) return from(what);
    return this.#resource(`${root}.${name}`, rest, module);
  }

  /** What the caller gives, which stands where it calls. */
  #variable(name: string, path: readonly Step[], module: ModuleInstance): readonly Origin[] {
    const { parent, call, repetition } = module;
    const given = call?.block?.arguments.get(name);
    const value = module.scope()('var', name);
    if (parent === undefined || given === undefined || unknownIn(value) === undefined) {
      return this.#value(value, `var.${name}`);
    }
    return this.follow(given, { module: parent, repetition, forEach: call?.block?.arguments.get('for_each') }, path);
  }

  #output(name: string, path: readonly Step[], module: ModuleInstance): readonly Origin[] {
    const call = module.node.calls.get(name);
    if (call === undefined || !isRead(call.target)) return from(`module.${name}`);
    const index = path[0]?.isIndex === true ? path[0].key : null;
    const [output, ...rest] = path[0]?.isIndex === true ? path.slice(1) : path;
    if (typeof output?.key !== 'string') return from(`module.${name}`);
    const key = output.key;
    const meant = module
      .called(call)
      .instances.filter(({ instance }) => index === null || instance.key === null || instance.key === index);
    return meant.flatMap(({ module: child }) => {
      const declared = child?.module.named('output').get(key);
      const block = declared === undefined ? undefined : mergedBlock(declared);
      const value = block?.ok === true ? block.value.arguments.get('value') : undefined;
      return child === undefined || value === undefined
        ? from(`module.${name}.${key}`)
        : this.follow(value, inModule(child), rest);
    });
  }

  #resource(name: string, path: readonly Step[], { address }: ModuleInstance): readonly Origin[] {
    const block = address === '' ? name : `${address}.${name}`;
    const index = path[0]?.isIndex === true ? path[0].key : undefined;
    const attribute = path.find(({ isIndex }) => !isIndex)?.key;
    if (typeof attribute === 'string' && !this.#wanted.attributes.has(attribute)) return NOWHERE;
    return [{ address: index == null ? block : indexed(block, index), block }];
  }

  #value(value: Value, what: string): readonly Origin[] {
    if (value.kind === 'unknown') return from(what);
    const elements = elementsOf(value);
    if (elements !== undefined) return elements.flatMap((element) => this.#value(element, what));
    return this.#wanted.isName(value) ? from(what) : NOWHERE;
  }
}

/** Outside of any block. */
const inModule = (module: ModuleInstance): Standing => ({ module, repetition: {}, forEach: undefined });

/** Functions that give one of their arguments, or of its members under the same keys. */
const PASSING: ReadonlySet<string> = new Set([
  'merge',
  'try',
  'coalesce',
  'tomap',
  'tolist',
  'nonsensitive',
  'sensitive',
]);

const indexIn = (value: Value | undefined): string | number | null =>
  value?.kind === 'string' || value?.kind === 'number' ? value.value : null;
