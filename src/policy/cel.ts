import {
  type ASTNode,
  TypeError as CelTypeError,
  Environment,
  EvaluationError,
  ParseError,
} from '@marcbachmann/cel-js';
import { RE2JS, RE2JSException } from 're2js';
import { plural } from '../model/plural.ts';
import { daysBetween, parseInstant } from '../model/time.ts';
import { celType, type Shape } from './view.ts';
import { shellWord } from './words.ts';

/** A node of a parsed expression. */
export type CelNode = ASTNode;

/** Names an expression may use and what they hold. */
export type Variables = Readonly<Record<string, Shape>>;

/** Values for those names. */
export type Scope = Readonly<Record<string, unknown>>;

/** What is wrong with an expression, and where in its text: `offset` in UTF-16 units. */
export interface Problem {
  readonly message: string;
  readonly offset: number;
}

/** An expression that was parsed; `type` is checked on demand, after the nodes were looked at. */
export interface Parsed {
  readonly root: CelNode;
  readonly type: () => { readonly name: string } | Problem;
  /** Raises UnknownValue, or an `EvaluationFault` when the expression cannot be evaluated. */
  readonly evaluate: (scope: Scope) => unknown;
}

/** Evaluation of an expression went wrong: a fault of the expression. It never leaves src/policy. */
export class EvaluationFault extends Error {
  readonly offset: number;
  /** What to do about it. */
  readonly advice: string;
  constructor(problem: Problem, advice = 'guard what may be left out with has()') {
    super(problem.message);
    this.offset = problem.offset;
    this.advice = advice;
  }
}

/** Functions beyond CEL's own, for the reference in rules/README.md. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  'daysBetween(string, string): int': 'whole days from one time to a later one',
  'plural(int, string): string': '`plural(7, "day")` is `7 days`',
  'shell(string): string': 'the text as one word of a shell command',
};

const MATCHES = 'matches';
const RE2_MATCHES = 'matchesRe2';

// Rules are small; these stop a hostile rule file from exhausting the stack.
const LIMITS = { maxAstNodes: 5000, maxDepth: 60, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

/** Parses expressions over these variables. */
export type CelParser = (source: string) => Parsed | Problem;

/** An environment for expressions over these variables: made once, used for every expression and every key. */
export function celParser(variables: Variables): CelParser {
  const environment = new Environment({ enableOptionalTypes: true, limits: LIMITS });
  const known = new Set<string>();
  for (const shape of Object.values(variables)) registerViews(environment, shape, known);
  for (const [name, shape] of Object.entries(variables)) environment.registerVariable(name, celType(shape));
  registerFunctions(environment);
  return (source) => parse(environment, source);
}

/** Is it a problem rather than a result? */
export const isProblem = (value: object): value is Problem => 'offset' in value && 'message' in value;

/** Why RE2 does not take this pattern; undefined when it does. */
export function patternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message;
    throw error;
  }
}

function registerViews(environment: Environment, shape: Shape, known: Set<string>): void {
  if (shape.kind === 'list') registerViews(environment, shape.of, known);
  if (shape.kind !== 'view' || known.has(shape.view.name)) return;
  known.add(shape.view.name);
  const { name, ctor, fields } = shape.view;
  for (const field of Object.values(fields)) registerViews(environment, field.shape, known);
  environment.registerType(name, {
    ctor,
    fields: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, celType(type.shape)])),
  });
}

function registerFunctions(environment: Environment): void {
  const patterns = new Map<string, RE2JS>();
  environment
    .registerFunction(`string.${RE2_MATCHES}(string): bool`, (value: string, pattern: string) => {
      const compiled = patterns.get(pattern) ?? RE2JS.compile(pattern);
      patterns.set(pattern, compiled);
      return compiled.matcher(value).find();
    })
    .registerFunction('daysBetween(string, string): int', (from: string, to: string) => {
      const [start, end] = [parseInstant(from), parseInstant(to)];
      if (start === undefined || end === undefined)
        throw new EvaluationError(`no time: ${start === undefined ? from : to}`);
      return BigInt(daysBetween(start, end));
    })
    .registerFunction('plural(int, string): string', (count: bigint, noun: string) => plural(count, noun))
    .registerFunction('shell(string): string', (value: string) => shellWord(value));
}

function parse(environment: Environment, source: string): Parsed | Problem {
  try {
    const program = environment.parse(source);
    return (
      useRe2(program.ast) ?? {
        root: program.ast,
        type: () => {
          const { type, error } = program.check();
          return error === undefined ? { name: type ?? 'dyn' } : problemOf(error);
        },
        evaluate: (scope) => {
          try {
            return program(scope);
          } catch (error) {
            if (isCelError(error)) throw new EvaluationFault(problemOf(error));
            throw error;
          }
        },
      }
    );
  } catch (error) {
    if (isCelError(error)) return problemOf(error);
    throw error;
  }
}

type CelError = EvaluationError | ParseError | CelTypeError;

const isCelError = (error: unknown): error is CelError =>
  error instanceof EvaluationError || error instanceof ParseError || error instanceof CelTypeError;

const problemOf = (error: CelError): Problem => ({
  message: error.summary.replaceAll(RE2_MATCHES, MATCHES),
  offset: error.range?.start ?? 0,
});

/** Nodes below each other: a sum of thousands is one, and whoever goes through it needs as much stack. */
const DEEPEST = 500;

/**
 * The engine's own `matches` is JavaScript's, which can take exponential time, and cannot be overridden: calls are renamed
 * to ours. Gives what is wrong with an expression that is too deep to be gone through.
 */
function useRe2(root: CelNode): Problem | undefined {
  let level: readonly CelNode[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return { message: `an expression of more than ${DEEPEST} parts in a row`, offset: 0 };
    for (const node of level) if (node.op === 'rcall' && node.args[0] === MATCHES) node.args[0] = RE2_MATCHES;
    level = level.flatMap(childrenOf);
  }
  return undefined;
}

/** The expressions directly inside a node. */
export function childrenOf(node: CelNode): readonly CelNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** The name under which a method was called in the source. */
export const methodName = (name: string): string => (name === RE2_MATCHES ? MATCHES : name);
