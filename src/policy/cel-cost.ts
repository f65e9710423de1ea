import {
  type CelNode,
  type CelParser,
  celParser,
  childrenOf,
  EvaluationFault,
  isProblem,
  methodName,
  type Parsed,
  type Scope,
  type Variables,
} from './cel.ts';

/**
 * Parses expressions over these variables, whose work is bounded: one that takes more raises an `EvaluationFault`. A rule
 * of a repository may be written to take all the time and memory there is.
 */
export function boundedParser(variables: Variables): CelParser {
  const parse = celParser(variables);
  return (source) => {
    const parsed = parse(source);
    return isProblem(parsed) ? parsed : bounded(parsed);
  };
}

function bounded(parsed: Parsed): Parsed {
  const work = meter(parsed.root);
  const evaluate = (scope: Scope): unknown => {
    try {
      return parsed.evaluate(scope);
    } catch (error) {
      // The engine goes as deep as an expression is long; a text longer than 2^29 is another such error.
      if (error instanceof RangeError) throw tooMuch(0);
      throw error;
    }
  };
  if (work === undefined) return { ...parsed, evaluate };
  return {
    ...parsed,
    evaluate: (scope) => {
      work.begin();
      try {
        return evaluate(scope);
      } finally {
        work.assertDone();
      }
    },
  };
}

const tooMuch = (offset: number): EvaluationFault =>
  new EvaluationFault(
    { message: 'takes more work or memory than an expression may', offset },
    'have it go through less',
  );

/** What is left for an expression: what it reads may be long, and lists of lists longer than any machine holds. */
class Work {
  /** Where it ran out: an offset into the expression. */
  #ranOutAt: number | undefined;
  #ofThis = 0;
  #ofAll = START;

  /** Begins another evaluation of the same expression. */
  begin(): void {
    this.#ranOutAt = undefined;
    this.#ofAll += OF_EACH;
    this.#ofThis = Math.min(MOST, this.#ofAll);
  }

  /** Throws an EvaluationFault where it ran out on the way, whatever came of that. */
  assertDone(): void {
    if (this.#ranOutAt !== undefined) throw tooMuch(this.#ranOutAt);
  }

  /** Throws where so much is not left: what absorbs that, as `||` does, comes to an end without work. */
  spend(units: number, offset: number): void {
    if (this.#ranOutAt !== undefined) throw OUT_OF_WORK;
    this.#ofThis -= units;
    this.#ofAll -= units;
    if (this.#ofThis >= 0) return;
    this.#ranOutAt = offset;
    throw OUT_OF_WORK;
  }
}

/** Elements and turns for one evaluation: a fraction of a second. */
const MOST = 1_000_000;

/** The same for all evaluations of an expression, some seconds; each adds what expressions take of a key by far. */
const START = 5_000_000;
const OF_EACH = 5_000;

/** Characters of a text that cost as much as an element. */
const CHARACTERS = 8;

/** One for all: loops that absorb it do so millions of times. */
const OUT_OF_WORK = new Error('out of work');

const BINDING = new Set(['all', 'exists', 'exists_one', 'filter', 'map', 'bind']);
/** What goes through its operands, or makes a value of them. */
const CONSUMING = new Set<CelNode['op']>(['+', '==', '!=', 'in', 'call', 'rcall']);

/**
 * Has an expression spend for each turn of its loops and for what it makes and compares; undefined of one without two
 * loops in each other or a bound name, whose work is that of going through what it reads.
 */
function meter(root: CelNode): Work | undefined {
  if (!isWorth(root, false)) return undefined;
  const work = new Work();
  watchAll(root, work);
  return work;
}

const bindsIn = (node: CelNode): boolean =>
  node.op === 'rcall' && BINDING.has(methodName(node.args[0])) && node.args[2].length > 1;

function isWorth(node: CelNode, isInside: boolean): boolean {
  const isBinding = bindsIn(node);
  if (isBinding && (isInside || (node.op === 'rcall' && node.args[0] === 'bind'))) return true;
  return childrenOf(node).some((child) => isWorth(child, isInside || isBinding));
}

function watchAll(node: CelNode, work: Work): void {
  for (const child of childrenOf(node)) watchAll(child, work);
  if (node.op === '+') watch(node, work);
  if (bindsIn(node) || CONSUMING.has(node.op)) for (const child of childrenOf(node)) watch(child, work);
}

const watched = new WeakSet<CelNode>();

/**
 * The engine sets a node's `evaluate` when it is first used; whatever it sets, what comes of it is weighed. Its own limits
 * are of the text alone (cel-js, lib/parser.js and lib/options.js).
 */
function watch(node: CelNode, work: Work): void {
  if (watched.has(node)) return;
  watched.add(node);
  let evaluate: unknown = Reflect.get(node, 'evaluate');
  const weighed = (...given: readonly unknown[]): unknown => {
    work.spend(1, node.start);
    if (typeof evaluate !== 'function') throw new TypeError(`a node "${node.op}" that cannot be evaluated`);
    const value: unknown = Reflect.apply(evaluate, node, given);
    spendOn(value, work, node.start);
    return value;
  };
  Object.defineProperty(node, 'evaluate', {
    get: () => weighed,
    set: (given: unknown) => {
      evaluate = given;
    },
  });
}

/** Values are spent on as they are gone through, so that parts which they share cannot make that endless. */
function spendOn(value: unknown, work: Work, offset: number): void {
  if (typeof value === 'string') {
    if (value.length > CHARACTERS) work.spend(value.length / CHARACTERS, offset);
  } else if (Array.isArray(value) || value instanceof Set) {
    work.spend(Array.isArray(value) ? value.length : value.size, offset);
    for (const part of value) spendOn(part, work, offset);
  } else if (value instanceof Uint8Array) {
    work.spend(value.length / CHARACTERS, offset);
  } else if (isMap(value)) {
    const parts = value instanceof Map ? [...value.values()] : Object.values(value);
    work.spend(parts.length, offset);
    for (const part of parts) spendOn(part, work, offset);
  }
}

/** What an expression made of entries. What it was given to read is of classes, whose parts are read one by one. */
const isMap = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (value instanceof Map || Object.getPrototypeOf(value) === Object.prototype);
